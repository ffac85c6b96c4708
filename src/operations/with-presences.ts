import { UserError } from '../core/failure.ts';
import { coverageOf } from '../core/readiness/coverage-of.ts';
import { mergedIntoBase } from '../core/readiness/merged-into-base.ts';
import type { Presence } from '../core/readiness/presence/presence.ts';
import type { ReadinessFacts } from '../core/readiness/readiness-facts.ts';
import { known, type Reading, unknown } from '../core/reading.ts';
import type { Instant } from '../core/task/facts.ts';
import { refKey } from '../core/task/identity.ts';
import { resolveBase } from '../git/list-heads.ts';
import { loadPresence } from '../git/load-presence.ts';
import type { OperationContext } from './operation.ts';
import { withClone } from './risk-clone.ts';

interface HistoryWish {
  /** Folder of a clone; without it one is fetched, where that is possible. */
  readonly clone: string | undefined;
  readonly ignore: readonly string[];
}

type Asking = Pick<OperationContext, 'machine' | 'onProgress' | 'stop'>;
type Presences = Reading<ReadonlyMap<string, Presence>>;

/** The same facts with what a clone tells of the merged work; where there is none, that says so. */
export async function withPresences(
  context: Asking,
  facts: ReadinessFacts,
  wish: HistoryWish,
): Promise<ReadinessFacts> {
  if (mergedIntoBase(facts).length === 0) return covered(facts, null);
  const clone = await cloneAtHand(context, facts, wish);
  if (!clone.known) return covered({ ...facts, presences: clone }, clone);
  const presences = await readPresences(context, facts, { path: clone.value, ignore: wish.ignore });
  return covered({ ...facts, presences }, presences);
}

function covered(facts: ReadinessFacts, reading: Reading<unknown> | null): ReadinessFacts {
  const gaps = reading === null || reading.known ? [] : [reading.gap];
  const own = coverageOf({ source: 'git history', gaps, isRead: false, isNeeded: reading !== null });
  return { ...facts, coverage: [...facts.coverage, own] };
}

async function cloneAtHand(
  { machine }: Asking,
  { scope }: ReadinessFacts,
  { clone }: HistoryWish,
): Promise<Reading<string>> {
  if (clone !== undefined) return known(clone);
  if (machine?.fetchClone !== undefined) return machine.fetchClone(scope.repository, [scope.baseBranch]);
  const what = `the history of ${scope.baseBranch} in git: no clone is at hand (parasol readiness report --repo PATH)`;
  return unknown({ cause: 'unavailable', what });
}

interface CloneWish {
  readonly path: string;
  readonly ignore: readonly string[];
}

/** At the very commit that GitHub says the base is at: an older clone would miss what was merged since. */
function readPresences(context: Asking, facts: ReadinessFacts, { path, ignore }: CloneWish): Promise<Presences> {
  const { scope } = facts;
  const { onProgress, stop } = context;
  return withClone(context, path, async ({ repository }) => {
    const base = await resolveBase(repository, scope.baseSha ?? scope.baseBranch).catch((error: unknown) => {
      if (error instanceof UserError) return null;
      throw error;
    });
    if (base === null) return unknown({ cause: 'unavailable', what: staleClone(facts) });
    const merged = mergedIntoBase(facts);
    const { presences } = await loadPresence(repository, {
      base: { ...base, name: scope.baseBranch },
      changes: merged.map(({ ref, mergeCommitSha, headSha, mergedAt, closedAt, title }) => {
        const at: Instant = mergedAt ?? closedAt ?? facts.now;
        return { ref, mergeCommitSha, headSha, mergedAt: at, title };
      }),
      ignore,
      ...(onProgress && {
        onProgress: (done: number, total: number) => onProgress({ label: 'Reading history', done, total }),
      }),
      ...(stop && { signal: stop }),
    });
    return known(
      new Map(
        merged.flatMap(({ ref }, place) => {
          const found = presences[place];
          return found === undefined ? [] : [[refKey(ref), found]];
        }),
      ),
    );
  });
}

const staleClone = ({ scope }: ReadinessFacts): string =>
  `the history of ${scope.baseBranch} in git: the clone does not have ${scope.baseSha?.slice(0, 7) ?? 'it'} (git fetch)`;
