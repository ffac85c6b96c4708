import { UserError } from '../core/failure.ts';
import { instantAt } from '../core/instant-at.ts';
import type { PlanItem } from '../core/plan/plan.ts';
import { effectStands, type PlannableChange, type Standing } from '../core/plan/standing.ts';
import type { Instant } from '../core/task/facts.ts';
import { type Ref, sameRef } from '../core/task/identity.ts';
import { findMadeIssues } from '../github/find-made-issues.ts';
import type { PlanRun } from './plan-run.ts';
import { readStanding } from './read-standing.ts';

/** GitHub may answer stale: so long it is asked again for an issue that may have been made. */
export const DOUBT_PAUSES_MS: readonly number[] = [1000, 2000, 4000, 8000];

/** GitHub names no bound for how late an issue may show. One that does not show for so long counts as never made. */
const STALE_SECONDS = 60;

/** How far this machine's clock and GitHub's may differ. */
const CLOCKS_DIFFER_MS = 300_000;

interface Doubted {
  readonly change: PlannableChange;
  /** The issue that it made, where that is known. */
  readonly made: Ref | null;
}

/**
 * What stands on GitHub of an item of which nobody knows whether its write arrived. Anything but an issue may be sent
 * twice. An issue is looked for during 15 seconds; throws `github_unavailable` when it does not show and was sent less
 * than a minute ago, because it may still show.
 */
export async function readInDoubt(run: PlanRun, item: PlanItem, { change, made }: Doubted): Promise<Standing> {
  let standing = await readBegun(run, item, { change, made });
  if (change.kind !== 'create_issue') return standing;
  for (const pauseMs of DOUBT_PAUSES_MS) {
    if (effectStands(change, standing)) return standing;
    await run.pace.sleep(pauseMs);
    standing = await readBegun(run, item, { change, made });
  }
  if (effectStands(change, standing)) return standing;
  const { startedAt } = run.entryOf(item);
  const goneSeconds = startedAt === null ? STALE_SECONDS : secondsBetween(startedAt, run.pace.now());
  if (goneSeconds >= STALE_SECONDS) return standing;
  const leftSeconds = Math.ceil(STALE_SECONDS - goneSeconds);
  throw new UserError(
    'github_unavailable',
    `Nobody knows yet whether GitHub opened "${change.title}": it may show for ${STALE_SECONDS} s after it was sent, and is not sent again for ${leftSeconds} s.`,
    `Run it again in ${leftSeconds} s.`,
  );
}

const secondsBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 1000;

/** Once, without waiting: an issue that was begun is looked for also where people may have moved it. */
export async function readBegun(run: PlanRun, item: PlanItem, { change, made }: Doubted): Promise<Standing> {
  const { github } = run.context;
  if (change.kind !== 'create_issue' || made !== null) return readStanding(github, change, made);
  const since = instantAt(Date.parse(firstSentAt(run, item)) - CLOCKS_DIFFER_MS);
  const { underParent, elsewhere } = await findMadeIssues(github, change, { since });
  const ref = underParent ?? (await firstOfItsOwn(run, item, elsewhere));
  return ref === null ? { kind: 'creation', made: null } : readStanding(github, change, ref);
}

/** The ledger has the last attempt alone: of several, the first was made after the plan, whatever `--now` it was told. */
function firstSentAt({ plan, entryOf }: PlanRun, item: PlanItem): Instant {
  const { attempts, startedAt } = entryOf(item);
  if (startedAt === null) return plan.createdAt;
  return attempts <= 1 || startedAt < plan.createdAt ? startedAt : plan.createdAt;
}

async function firstOfItsOwn(run: PlanRun, item: PlanItem, found: readonly Ref[]): Promise<Ref | null> {
  if (found.length === 0) return null;
  const others = await run.issuesOfOthers(item);
  return found.find((ref) => !others.some((other) => sameRef(other, ref))) ?? null;
}
