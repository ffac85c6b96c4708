import { describe, expect, test } from 'vitest';
import { parseCommands } from '../../../src/core/commands.ts';
import { parseWaiver } from '../../../src/core/readiness/parse-waiver.ts';

const ON = { owner: 'octo', repo: 'harbor', number: 7 };
const at = (number: number, repo = 'harbor') => ({ owner: 'octo', repo, number });
const UNTIL = '2026-05-04T23:59:59Z';

function parse(comment: string) {
  const [command] = parseCommands(comment);
  return command === undefined ? null : parseWaiver(command, ON);
}

describe('a waiver in a comment', () => {
  test.each([
    ['until 2026-05-04: the runner is new', [{ item: ON, criterion: null }], 'the runner is new', null],
    ['until 2026-05-04:on the old runner', [{ item: ON, criterion: null }], 'on the old runner', null],
    ['until 2026-05-04 : late', [{ item: ON, criterion: null }], 'late', null],
    ['#12 until 2026-05-04: late', [{ item: at(12), criterion: null }], 'late', null],
    ['base-ci until 2026-05-04 late', [{ item: null, criterion: 'base_ci' }], 'late', null],
    [
      '#12, octo/docks#3 completion until 2026-05-04 on 1A2B3C4: agreed until noon',
      [
        { item: at(12), criterion: 'completion' },
        { item: at(3, 'docks'), criterion: 'completion' },
      ],
      'agreed until noon',
      '1a2b3c4',
    ],
  ])('%s', (words, names, reason, sha) => {
    expect(parse(`Fine.\n\n/parasol waive ${words}`)).toEqual({
      waivers: names.map((name) => ({ ...name, until: UNTIL, reason, sha })),
    });
  });

  test.each([
    ['#12', 'it names no day: `until 2026-05-04`'],
    ['#12 until tomorrow', '`tomorrow` is no day: `until 2026-05-04`'],
    ['until 2026-02-30', '`2026-02-30` is no day: `until 2026-05-04`'],
    ['until', '`` is no day: `until 2026-05-04`'],
    ['everything until 2026-05-04', '`everything` is neither an item (`#12`) nor a criterion'],
    ['until 2026-05-04', 'it gives no reason: `until 2026-05-04: why`'],
    ['#12 until 2026-05-04 on 1a2b3c4:', 'it gives no reason'],
    ['until 2026-05-04 on main', '`main` is no commit: `on 1a2b3c4`'],
    [`${'#1 '.repeat(21)}until 2026-05-04`, 'it names more than 20 things'],
  ])('%s is refused with the reason', (words, problem) => {
    expect(parse(`/parasol waive ${words}`)).toEqual({ problem: expect.stringContaining(problem) });
  });

  test('is none in a quote or in code', () => {
    expect(parse('> /parasol waive until 2026-05-04')).toBeNull();
    expect(parse('```\n/parasol waive until 2026-05-04\n```')).toBeNull();
  });
});
