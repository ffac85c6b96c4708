import { coverageOf } from '../core/readiness/coverage-of.ts';
import { mergedIntoBase } from '../core/readiness/merged-into-base.ts';
import type { ReadinessFacts } from '../core/readiness/readiness-facts.ts';
import { type Gap, known, type Reading, unknown } from '../core/reading.ts';
import type { OperationContext } from './operation.ts';
import { readBackports } from './read-backports.ts';
import { readPresences } from './read-presences.ts';
import { withClone } from './risk-clone.ts';

interface HistoryWish {
  /** Folder of a clone; without it one is fetched, where that is possible. */
  readonly clone: string | undefined;
  readonly ignore: readonly string[];
}

type Asking = Pick<OperationContext, 'machine' | 'onProgress' | 'stop'>;

/**
 * The same facts with what a clone tells of the merged work, and of what release branches have of it; where there is none,
 * that says so. No clone is looked for where nothing asks.
 */
export async function withHistory(context: Asking, facts: ReadinessFacts, wish: HistoryWish): Promise<ReadinessFacts> {
  const isNeeded = mergedIntoBase(facts).length > 0 || branchesOf(facts).length > 0;
  if (!isNeeded) return covered(facts, { isNeeded, gaps: [] });
  const clone = await cloneAtHand(context, facts, wish);
  if (!clone.known) {
    const backports = new Map(branchesOf(facts).map((name) => [name, clone]));
    return covered({ ...facts, presences: clone, backports }, { isNeeded, gaps: [clone.gap] });
  }
  return withClone(context, { path: clone.value }, async ({ repository }) => {
    const presences = await readPresences(facts, { ...context, repository, ignore: wish.ignore });
    const backports = await readBackports(repository, facts.wantedBackports ?? NOTHING_WANTED);
    const gaps = [presences, ...backports.values()].flatMap((one) => (one.known ? [] : [one.gap]));
    return covered({ ...facts, presences, backports }, { isNeeded, gaps });
  });
}

const NOTHING_WANTED = { main: null, branches: [], gaps: [] } as const;

const branchesOf = ({ wantedBackports }: ReadinessFacts): readonly string[] =>
  (wantedBackports?.branches ?? []).map(({ name }) => name);

interface Covering {
  readonly isNeeded: boolean;
  readonly gaps: readonly Gap[];
}

function covered(facts: ReadinessFacts, { isNeeded, gaps }: Covering): ReadinessFacts {
  const own = coverageOf({ source: 'git history', gaps, isRead: false, isNeeded });
  return { ...facts, coverage: [...facts.coverage, own] };
}

async function cloneAtHand(
  { machine }: Asking,
  facts: ReadinessFacts,
  { clone }: HistoryWish,
): Promise<Reading<string>> {
  if (clone !== undefined) return known(clone);
  const { scope, wantedBackports } = facts;
  const main = wantedBackports?.main?.name ?? scope.baseBranch;
  const branches = [...new Set([scope.baseBranch, main, ...branchesOf(facts)])];
  if (machine?.fetchClone !== undefined) return machine.fetchClone(scope.repository, branches);
  const { cloneHelp: help = 'give a clone: parasol readiness report --repo PATH' } = machine ?? {};
  return unknown({ cause: 'no_clone', what: `the history of ${scope.baseBranch} in git: no clone is at hand`, help });
}
