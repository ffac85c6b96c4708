import fc from 'fast-check';
import { known, type Reading, unknown } from '../../src/core/reading.ts';
import type { PullRequestFacts, TaskFacts } from '../../src/core/task/facts.ts';
import { blockerFacts, MADE, NOW, pullRequestFacts, ref, taskFacts, umbrellaOf } from './build-facts.ts';

/** Arbitrary Unicode mixed with everything that means something to GitHub. */
export const hostileText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 8 }),
      fc.string({ maxLength: 12 }),
      fc.constantFrom(
        '@everyone',
        '@octo/db',
        'closes #1',
        'o/r#1',
        'GH-1',
        'https://github.com/o/r/issues/1',
        'www.x.example',
        'kim@x.example',
        '<script>',
        '<!--',
        '-->',
        '</details>',
        '|',
        '\\|',
        '```',
        '`',
        '![x](y)',
        '[a](b)',
        '**',
        '__',
        '~~',
        '\n',
        '\r\n\r\n# ',
        '\u202e',
        '\u2066',
        '\u200b',
        '&lt;',
        '&#64;',
        '$x$',
        '\u202f3\u202fd',
        '🚀',
      ),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

const GAP = { cause: 'forbidden', what: 'checks of octo/harbor#41', permission: 'checks: read' } as const;

const login = fc.constantFrom('kim', 'ravi', 'noor', 'lena', 'tomas');
const instant = fc
  .integer({ min: Date.parse(MADE), max: Date.parse(NOW) })
  .map((time) => `${new Date(time).toISOString().slice(0, 19)}Z`);

const reading = <T>(value: fc.Arbitrary<T>, isGapless: boolean): fc.Arbitrary<Reading<T>> =>
  isGapless
    ? value.map((read) => known(read))
    : fc.oneof({ weight: 8, arbitrary: value.map((read) => known(read)) }, fc.constant(unknown(GAP)));

export interface RandomWork {
  readonly umbrella: TaskFacts;
  readonly children: readonly TaskFacts[];
  readonly pullRequests: readonly PullRequestFacts[];
}

/** Umbrella #1 with up to `maxChildren` children (#100 on) and pull requests (#500 on) in any condition. */
export function randomWork(
  options: { readonly maxChildren?: number; readonly isGapless?: boolean } = {},
): fc.Arbitrary<RandomWork> {
  const { maxChildren = 8, isGapless = false } = options;
  const children = fc
    .array(childInput(isGapless), { maxLength: maxChildren })
    .map((inputs) => inputs.map((input, i) => taskFacts({ number: 100 + i, ...input })));
  return fc
    .tuple(children, fc.array(pullRequestInput(isGapless), { maxLength: 6 }), hostileText)
    .map(([tasks, pulls, title]) => ({
      umbrella: umbrellaOf(tasks, { title }),
      children: tasks,
      pullRequests: pulls.map((input, i) => pullRequestFacts({ number: 500 + i, ...input })),
    }));
}

function childInput(isGapless: boolean): fc.Arbitrary<Partial<TaskFacts>> {
  return fc.record({
    title: hostileText,
    body: hostileText,
    labels: fc.uniqueArray(fc.constantFrom('lane:api', 'lane:docs', 'lane:@kim', 'bug'), { maxLength: 3 }),
    assignees: fc.uniqueArray(login, { maxLength: 5 }),
    closedAt: fc.option(instant, { nil: null, freq: 2 }),
    visibility: fc.constantFrom('public', 'public', 'private'),
    blockers: reading(
      fc.array(
        fc
          .tuple(fc.integer({ min: 200, max: 220 }), fc.option(instant, { nil: null }))
          .map(([number, closedAt]) =>
            blockerFacts(number, { closedAt, state: closedAt === null ? 'open' : 'closed' }),
          ),
        { maxLength: 2 },
      ),
      isGapless,
    ),
    closingPullRequests: reading(
      fc.uniqueArray(fc.integer({ min: 500, max: 505 }), { maxLength: 2 }).map((all) => all.map((one) => ref(one))),
      isGapless,
    ),
  });
}

function pullRequestInput(isGapless: boolean): fc.Arbitrary<Partial<PullRequestFacts>> {
  return fc.record({
    title: hostileText,
    headRefName: hostileText,
    body: fc.constantFrom('', 'Closes #100', 'Reverts #500', 'Task: #101'),
    isDraft: fc.boolean(),
    mergedAt: fc.option(instant, { nil: null }),
    mergeable: fc.constantFrom('mergeable', 'conflicting', 'unknown'),
    reviewDecision: fc.constantFrom('approved', 'changes_requested', 'review_required', null),
    reviewRequests: reading(fc.uniqueArray(login, { maxLength: 3 }), isGapless),
    checks: reading(
      fc.constantFrom('none', 'success', 'pending', 'failure').map((state) => ({
        state: state === 'none' ? ('none' as const) : state === 'success' ? ('success' as const) : ('failure' as const),
        total: 1,
        unfinished: [],
      })),
      isGapless,
    ),
  });
}
