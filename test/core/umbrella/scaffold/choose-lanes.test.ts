import { describe, expect, test } from 'vitest';
import { chooseLanes, type LaneWish, problemsOfTemplate } from '../../../../src/core/umbrella/scaffold/choose-lanes.ts';
import { parseLaneTemplates } from '../../../../src/core/umbrella/scaffold/parse-lane-templates.ts';
import { sources } from './scaffolding.ts';

const CONFIG = [
  'lanes:',
  '  api: { title: A }',
  '  docs: { title: D }',
  '  marked: { labels: [m] }',
  'templates:',
  '  Release: { lanes: [docs, API], variables: { quarter: Q3, team: pilots } }',
  '  wrong: { lanes: [api, ghost] }',
].join('\n');

function choose(wish: Partial<LaneWish>, config = CONFIG) {
  const from = sources(config);
  const { lanes } = parseLaneTemplates(from);
  const chosen = chooseLanes(lanes, from.config, { lanes: [], template: null, set: [], ...wish });
  return { ...chosen, lanes: chosen.lanes.map(({ name }) => name), variables: Object.fromEntries(chosen.variables) };
}

describe('the lanes that are meant', () => {
  test('are all that have tasks, where nobody says', () => {
    expect(choose({})).toEqual({ lanes: ['api', 'docs'], isNamed: false, variables: {}, set: [] });
  });

  test('are those that are named, in whatever case, in the order of the templates', () => {
    expect(choose({ lanes: ['Docs', 'api'] })).toEqual({
      lanes: ['api', 'docs'],
      isNamed: true,
      variables: {},
      set: [],
    });
  });

  test('are those of a template, with its variables, over which the given ones go', () => {
    expect(choose({ template: 'release', set: ['team = crew', 'x=1=2'] })).toEqual({
      lanes: ['api', 'docs'],
      isNamed: false,
      variables: { quarter: 'Q3', team: 'crew', x: '1=2' },
      set: ['team', 'x'],
    });
  });

  test.each([
    ['an unknown lane', { lanes: ['apii'] }, 'usage', 'There is no lane "apii"', 'api, docs, marked'],
    [
      'a lane outside the template',
      { template: 'release', lanes: ['marked'] },
      'usage',
      'no lane "marked"',
      'api, docs',
    ],
    ['an unknown template', { template: 'relaese' }, 'usage', 'There is no template "relaese"', 'Release, wrong'],
    [
      'a lane without tasks',
      { lanes: ['marked'] },
      'config_invalid',
      '.github/parasol.yml, line 4: the lane "marked"',
      '`title`, or `tasks`',
    ],
    ['a setting without a value', { set: ['team'] }, 'usage', '"team" sets no variable', 'name=value'],
    [
      'a setting of what Parasol fills in',
      { set: ['lane=x'] },
      'usage',
      '{lane} has a meaning of its own',
      'another name',
    ],
  ] as const)('%s is refused', (_what, wish, code, message, hint) => {
    expect(() => choose(wish)).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(message), hint: expect.stringContaining(hint) }),
    );
  });

  test('are none where no lane has a task: the error shows how to begin', () => {
    expect(() => choose({}, 'lanes: { api: { labels: [x] } }')).toThrow(
      expect.objectContaining({ code: 'config_invalid', hint: expect.stringContaining('.github/lanes/api.md') }),
    );
  });
});

test('a template that names a lane which is not there is told with file and line', () => {
  const from = sources(CONFIG);
  const told = (template: string) => problemsOfTemplate(parseLaneTemplates(from).lanes, from, template);
  expect(told('Wrong')).toEqual([
    {
      path: '.github/parasol.yml',
      line: 7,
      message: 'the template "wrong" names the lane "ghost", and there is none',
      fix: 'Lanes: api, docs, marked. Correct `templates.wrong.lanes`.',
    },
  ]);
  expect(told('release')).toEqual([]);
});
