import { describe, expect, test } from 'vitest';
import { parseLaneTemplates } from '../../../../src/core/umbrella/scaffold/parse-lane-templates.ts';
import { resolveAfter } from '../../../../src/core/umbrella/scaffold/resolve-after.ts';
import { CONFIG, sources } from './scaffolding.ts';

const task = (key: string, ...after: string[]) => `{ key: ${key}, title: T, after: [${after.join(', ')}] }`;
const lane = (name: string, after: readonly string[], ...tasks: string[]) =>
  `  ${name}: { after: [${after.join(', ')}], tasks: [${tasks.join(', ')}] }`;

function resolve(...lanes: string[]) {
  const { edges, problems } = resolveAfter(parseLaneTemplates(sources(['lanes:', ...lanes].join('\n'))).lanes);
  return {
    edges: edges.map(({ on, blocker }) => `${on} after ${blocker}`),
    told: problems.map(({ path, line, message }) => `${path}:${line} ${message}`),
  };
}

describe('after', () => {
  test('between tasks of a lane names their keys', () => {
    expect(resolve(lane('api', [], task('a'), task('b', 'A')))).toEqual({ edges: ['api/b after api/a'], told: [] });
  });

  test('between lanes joins the first tasks of one with the last of the other', () => {
    const api = lane('api', [], task('a'), task('b', 'a'), task('c', 'a'));
    const docs = lane('docs', ['api'], task('x'), task('y', 'x'));
    expect(resolve(api, docs).edges).toEqual([
      'api/b after api/a',
      'api/c after api/a',
      'docs/y after docs/x',
      'docs/x after api/b',
      'docs/x after api/c',
    ]);
  });

  test('of a task may name a lane, or one task of a lane', () => {
    const api = lane('api', [], task('a'), task('b', 'a'));
    expect(resolve(api, lane('docs', [], task('x', 'api'), task('y', 'api/a'))).edges.slice(1)).toEqual([
      'docs/x after api/b',
      'docs/y after api/a',
    ]);
  });

  test('takes a key of its own lane before a lane of that name', () => {
    expect(resolve(lane('api', [], task('docs'), task('b', 'docs')), lane('docs', [], task('x'))).edges).toEqual([
      'api/b after api/docs',
    ]);
  });

  test('of a lane that has no tasks means nothing', () => {
    expect(resolve(lane('api', ['ops'], task('a')), '  ops: { labels: [x] }')).toEqual({ edges: [], told: [] });
  });

  test('says each pair once', () => {
    expect(resolve(lane('api', [], task('a')), lane('docs', ['api'], task('x', 'api', 'api/a'))).edges).toEqual([
      'docs/x after api/a',
    ]);
  });

  test.each([
    ['an unknown lane', [lane('api', ['dcos'], task('a'))], ['`after` names `dcos`, and there is no such lane']],
    ['an unknown task', [lane('api', [], task('a', 'b'))], ['`after` names `b`, and there is no such task or lane']],
    ['a task after itself', [lane('api', [], task('a', 'a'))], ['these tasks wait for each other: api/a → api/a']],
    [
      'a circle of tasks',
      [lane('api', [], task('a', 'c'), task('b', 'a'), task('c', 'b'))],
      ['these tasks wait for each other: api/a → api/c → api/b → api/a'],
    ],
    [
      'a circle of lanes',
      [lane('api', ['docs'], task('a')), lane('docs', ['api'], task('x'))],
      ['these tasks wait for each other: api/a → docs/x → api/a'],
    ],
  ])('%s is told with file and line', (_what, lanes, told) => {
    const { told: all } = resolve(...lanes);
    expect(all.map((one) => one.replace(/^\.github\/parasol\.yml:[23] /, ''))).toEqual(told);
  });

  test('of more tasks than GitHub takes is told', () => {
    const many = Array.from({ length: 51 }, (_, n) => task(`t${n}`));
    expect(resolve(lane('api', [], ...many), lane('docs', ['api'], task('x'))).told).toEqual([
      `${CONFIG}:3 \`docs/x\` would wait for 51 tasks, and GitHub takes 50`,
    ]);
  });
});
