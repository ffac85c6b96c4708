import { isOwnCheckName } from '../own-checks.ts';
import type { Gap } from '../reading.ts';
import type { Instant } from '../task/facts.ts';
import { formatRef, type Ref, refKey, repositoryKey } from '../task/identity.ts';

/** What GitHub says of an open pull request beside its files: what may keep it from merging, and what it waits for. */
export interface MergeStanding {
  /** Last marked as ready for review; null where it never was a draft. */
  readonly readyAt: Instant | null;
  /** `unknown` while GitHub has not tried yet. */
  readonly mergeable: 'mergeable' | 'conflicting' | 'unknown';
  /** Null where the base branch asks for no reviews. */
  readonly reviewDecision: 'APPROVED' | 'CHANGES_REQUESTED' | 'REVIEW_REQUIRED' | null;
  /** Names of checks and statuses that failed on its head. */
  readonly failedChecks: readonly string[];
  /** Open issues that it closes, by GitHub's word or on any base by its own, each with the open issues that block it natively. */
  readonly tasks: readonly { readonly ref: Ref; readonly blockers: readonly Ref[] }[];
  /** What of all this nobody was told, as the end of "it is unknown …". */
  readonly unread: readonly Gap[];
}

/** In the words of the queue: what keeps it from merging by itself, and which pull requests come first. */
interface Readiness {
  readonly heldBy: readonly string[];
  /** Pull requests whose tasks block its own. */
  readonly after: readonly Ref[];
}

/**
 * What reviews, checks and native dependencies mean for each pull request, in order: a task that is blocked by another
 * waits for the pull requests of that one, and where there is none in the queue for the task itself. Tasks of other
 * repositories, which readers of this one need not see, are counted where they are not to be named.
 */
export function assessReadiness(
  pulls: readonly { readonly ref: Ref; readonly standing: MergeStanding | null }[],
  { namesOthers }: { readonly namesOthers: boolean },
): readonly Readiness[] {
  const closers = new Map<string, Ref[]>();
  for (const { ref, standing } of pulls)
    for (const task of standing?.tasks ?? [])
      closers.set(refKey(task.ref), [...(closers.get(refKey(task.ref)) ?? []), ref]);
  return pulls.map(({ ref, standing }) => {
    if (standing === null) return { heldBy: ['it is unknown what reviews, checks and blockers say'], after: [] };
    const own = new Set(standing.tasks.map((task) => refKey(task.ref)));
    const foreign = standing.tasks.flatMap(({ blockers }) => blockers).filter((blocker) => !own.has(refKey(blocker)));
    const blockers = [...new Map(foreign.map((blocker) => [refKey(blocker), blocker])).values()];
    const waits = blockers.filter((blocker) => !closers.has(refKey(blocker)));
    const first = blockers.flatMap((blocker) => closers.get(refKey(blocker)) ?? []);
    return {
      heldBy: [...ownHolds(standing), ...waitsInWords(waits, ref, namesOthers)],
      after: [...new Map(first.map((one) => [refKey(one), one])).values()],
    };
  });
}

function waitsInWords(waits: readonly Ref[], beside: Ref, namesOthers: boolean): readonly string[] {
  const named = waits.filter((blocker) => namesOthers || isBeside(blocker, beside));
  const others = waits.length - named.length;
  const counted = others === 1 ? '1 task of another repository' : `${others} tasks of other repositories`;
  return [
    ...named.map((blocker) => `waits for ${nameBeside(blocker, beside)}`),
    ...(others === 0 ? [] : [`waits for ${counted}`]),
  ];
}

/** The check that says that two conflict is no reason to merge neither: which goes first is what the queue is for. */
function ownHolds({ reviewDecision, failedChecks, unread }: MergeStanding): readonly string[] {
  const failed = failedChecks.filter((name) => !isOwnCheckName(name));
  return [
    ...(reviewDecision === 'CHANGES_REQUESTED' ? ['changes are requested'] : []),
    ...(reviewDecision === 'REVIEW_REQUIRED' ? ['a required review is missing'] : []),
    ...(failed.length > 0 ? [`checks failed: ${failed.slice(0, MOST_NAMES).join(', ')}`] : []),
    ...unread.flatMap(unreadInWords),
  ];
}

/** Unknown never passes; what a server does not have at all keeps nothing from merging there. */
function unreadInWords({ cause, what, permission }: Gap): readonly string[] {
  if (cause === 'not_supported') return [];
  return [`it is unknown ${what}${permission === undefined ? '' : `: needs ${permission}`}`];
}

const MOST_NAMES = 3;

const isBeside = (ref: Ref, beside: Ref): boolean => repositoryKey(ref) === repositoryKey(beside);

const nameBeside = (ref: Ref, beside: Ref): string => (isBeside(ref, beside) ? `#${ref.number}` : formatRef(ref));
