import { beforeAll, describe, expect, test } from 'vitest';
import { ROLLUP_MARKER } from '../../src/core/marker.ts';
import { type CapturedRun, captureRun } from '../surfaces/cli/captured-run.ts';

/** What each step of the story has to do to the rollup of its umbrella, in order. */
const EFFECTS: readonly (readonly [string, RegExp, readonly RegExp[]])[] = [
  ['somebody takes a task', /^On GitHub: \w+ takes #13 /, [/^#13 is unblocked -> in progress$/]],
  [
    'a pull request opens',
    /^On GitHub: \w+ opens #\d+, which closes #13, and asks \w+$/,
    [/^#13 is in progress -> implemented$/, /^#13 misses nothing -> Evidence$/, /^#13 next: review #\d+ \(\w+\)$/],
  ],
  ['its check fails', /^On GitHub: the check "test" fails on #\d+$/, [/^#13 next: fix the checks of #\d+ \(\w+\)$/]],
  [
    'a fix is pushed',
    /^On GitHub: \w+ pushes a fix to #\d+, and "test" passes$/,
    [/checks failure.* -> .*checks success/],
  ],
  ['it is approved', /^On GitHub: \w+ approves #\d+$/, [/^#13 is implemented -> approved$/, /^#13 next: add Evidence/]],
  [
    'the task gets its evidence',
    /^On GitHub: \w+ adds the evidence to #13$/,
    [/^#13 misses Evidence -> nothing$/, /^#13 next: merge #\d+ \(\w+\)$/],
  ],
  ['it merges', /^On GitHub: \w+ merges #\d+, which closes #13$/, [/^#13 is approved -> done$/]],
  ['a blocker closes', /^On GitHub: \w+ closes #12 .* in the way of #11$/, [/^#11 is blocked -> unblocked$/]],
  ['a merged change is reverted', /^On GitHub: \w+ reverts #41 /, [/^#5 is done -> reverted$/]],
  ['a task is added', /^On GitHub: \w+ adds the task /, [/^#\d+ Write down what we learned: new, unblocked$/]],
];

/** What each step about the milestone has to take off its report, in order, and the verdict that is left. */
const MENDED: readonly (readonly [title: string, said: RegExp, decision: RegExp, gone: readonly RegExp[]])[] = [
  [
    'a skipped check is run',
    /^On GitHub: kim runs CI on main again, and test and sea-trial pass$/,
    /^✗ No-go: (?!.*Base CI)/,
    [/^gone sea-trial was skipped on main at [0-9a-f]{7}, which is no pass$/],
  ],
  [
    'a circle is broken',
    /^On GitHub: kim takes away that #4 waits for #5, and closes #4, #5$/,
    /^✗ No-go: (?!.*Dependencies)/,
    [/^gone #4: tasks wait for each other: #4 → #5 → #4 /],
  ],
  [
    'the present head is approved',
    /^On GitHub: lena looks at #17 again and approves it, and noor merges it$/,
    /^✗ No-go: (?!.*Review backlog)(?!.*Completion)/,
    [/^gone #17: it was approved at [0-9a-f]{7}, and its head is [0-9a-f]{7} now$/, /^gone #6: it is approved/],
  ],
  [
    'what was closed is delivered',
    /^On GitHub: kim reopens #7, and tomas brings the missing work with #18$/,
    /^✗ No-go: (?!.*Scope integrity)/,
    [/^gone #7: it is closed as completed, and no pull request of it was merged$/],
  ],
  [
    'a fix is picked to the release branch',
    /^On GitHub: ravi picks #16 to release\/0\.9 with #19$/,
    /^✗ No-go: (?!.*Backports)/,
    [/^gone #16: it is marked backport 0\.9, and release\/0\.9 lacks it$/],
  ],
  [
    'what was undone is brought back',
    /^On GitHub: tomas brings #13 back with #20$/,
    /^✓ Go: /,
    [/^gone #13: #12 put 100 % of its lines back to what they were, without saying so$/],
  ],
  [
    'a permission is taken away',
    /^On GitHub: kim takes the permission "checks" away from Parasol$/,
    /^\? Unknown, nobody can tell: .*Base CI/,
    [/^let Parasol read checks of [0-9a-f]{7} \(checks: read.*\) \(an administrator of tidewater\/harbor-pilot\)$/],
  ],
];

/** The whole story on a machine that does much at once. */
const PATIENCE_MS = 120_000;
const QUESTION = 'Is "Pilot 1.0" of tidewater/harbor-pilot ready?';

describe('parasol demo --once', () => {
  let result: CapturedRun;
  let blocks: readonly (readonly string[])[];

  beforeAll(async () => {
    result = await captureRun(['demo', '--once']);
    blocks = result.stdout
      .split('\n\n')
      .map((block) => block.split('\n').map((line) => line.trim()))
      .filter(([first]) => first?.startsWith('On GitHub:'));
  }, PATIENCE_MS);

  test('plays to its end', () => {
    expect(result).toMatchObject({ exitCode: 0, stderr: '' });
    expect(blocks).toHaveLength(EFFECTS.length + MENDED.length);
  });

  test.each(EFFECTS.map((effect, index) => [effect[0], index, effect] as const))(
    'when %s, the rollup says so',
    (_, index, [, said, effects]) => {
      const [first, ...changes] = blocks[index] ?? [];
      expect(first).toMatch(said);
      for (const effect of effects) expect(changes).toContainEqual(expect.stringMatching(effect));
    },
  );

  test('shows the last rollup whole, as it stands on GitHub', () => {
    const rollup = result.stdout.slice(result.stdout.indexOf(ROLLUP_MARKER), result.stdout.indexOf(QUESTION));
    expect(rollup).toMatch(/^<!-- parasol:rollup v\d+ -->\n### .*P3\.M1/);
    expect(rollup).toContain('Write down what we learned');
    expect(rollup).toMatch(/<\/sub>\n+$/);
  });

  test('goes on to whether a milestone is ready, with what is wrong, what to do and who', () => {
    const [question, headline, head, ...rows] = result.stdout.slice(result.stdout.indexOf(QUESTION)).split('\n');
    expect([question, headline]).toEqual([QUESTION, expect.stringMatching(/^ {2}✗ No-go: /)]);
    expect(head).toMatch(/^ {4}What is wrong +What to do +Who$/);
    expect(rows.slice(0, rows.indexOf(''))).toHaveLength(MENDED.length - 1);
  });

  test.each(MENDED.map((mended, index) => [mended[0], index, mended] as const))(
    'when %s, the report says so',
    (_, index, [, said, decision, gone]) => {
      const [first, headline, ...lines] = blocks[EFFECTS.length + index] ?? [];
      expect(first).toMatch(said);
      expect(headline).toMatch(decision);
      for (const line of gone) expect(lines).toContainEqual(expect.stringMatching(line));
    },
  );

  test('ends with a line of counts', () => {
    expect(result.stdout).toMatch(
      /\n\n\d+ webhooks delivered, \d+ GraphQL calls, \d+ comments written, \d+ comment edits\n$/,
    );
  });

  test(
    'tells the same story every time',
    async () => {
      const again = await captureRun(['demo', '--once']);
      const withoutPorts = (text: string): string => text.replaceAll(/127\.0\.0\.1:\d+/g, '127.0.0.1:PORT');
      const story = (text: string): string => withoutPorts(text.slice(0, text.lastIndexOf('webhooks delivered') - 6));
      expect(story(again.stdout)).toBe(story(result.stdout));
    },
    PATIENCE_MS,
  );
});

test(
  'parasol demo --once --json prints an object for the start, each step and the end',
  async () => {
    const { exitCode, stdout, stderr } = await captureRun(['demo', '--once', '--json']);
    const lines: Record<string, unknown>[] = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(lines).toHaveLength(EFFECTS.length + MENDED.length + 3);
    expect(lines[1]).toMatchObject({
      step: 'start',
      said: expect.stringMatching(/takes #13/),
      rollups: [{ complete: expect.any(Number), verdict: 'no_go', changes: expect.any(Array) }],
    });
    expect(lines[EFFECTS.length + 1]).toMatchObject({
      step: 'readiness',
      said: QUESTION,
      readiness: { decision: 'no_go', todo: expect.any(Array), gone: [], new: [] },
    });
    expect(lines.at(-2)).toMatchObject({ step: 'withdraw', readiness: { decision: 'unknown' } });
    expect(lines.at(-1)).toMatchObject({ step: 'end', counts: { webhooks: expect.any(Number) } });
  },
  PATIENCE_MS,
);

describe('parasol demo', () => {
  test.each([
    [['--port', 'x'], 'is not a port'],
    [['--world', '/nowhere.yml'], 'nowhere.yml'],
  ])('refuses %j with what to do', async (argv, message) => {
    const { exitCode, stderr } = await captureRun(['demo', '--once', ...argv]);
    expect(exitCode).toBe(3);
    expect(stderr).toContain(message);
    expect(stderr).toMatch(/\n {2}try: /);
  });
});
