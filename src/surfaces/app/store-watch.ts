import type { Instant } from '../../core/task/facts.ts';
import { type Ref, refKey } from '../../core/task/identity.ts';
import { givenTime } from '../../operations/store-of.ts';
import { leaseTime } from '../../store/lease-time.ts';
import { type LiveClaimRow, loadLiveClaims } from '../../store/load-claims.ts';
import type { PipelineOptions } from './pipeline-options.ts';

interface StoreWatch {
  /** Does nothing where there is no store. */
  start(): void;
  stop(): void;
}

interface Watched {
  /** Claims under this umbrella are not what they were. */
  readonly onClaims: (umbrella: Ref) => void;
  /** Now and then: what other processes left may be free to be taken up. */
  readonly onRound: () => void;
}

const LOOK_MS = 15_000;
/** Longer than the lease of a plan, which its holder may have died with (`store/plan-lease.ts`). */
const ROUND_MS = 150_000;

/**
 * Looks into the store for what no webhook tells of: claims made elsewhere show within 15 seconds, and a lease that runs
 * out ends at its time. What holds now is compared with what held before, so that nothing between two looks is missed.
 */
export function createStoreWatch(
  { store, origin, clock, now, activity, log }: PipelineOptions,
  { onClaims, onRound }: Watched,
): StoreWatch {
  const stopped = new AbortController();
  let before: readonly LiveClaimRow[] = [];

  const look = async (open: NonNullable<typeof store.store>): Promise<number> => {
    const end = activity.begin();
    try {
      const opened = { ...(await open()), origin };
      const at = await leaseTime(opened.db, givenTime({ ...store, now }));
      const after = await loadLiveClaims(opened, at);
      for (const umbrella of changedUmbrellas(before, after)) onClaims(umbrella);
      before = after;
      return Math.min(LOOK_MS, msUntilFirstEnd(after, at));
    } catch (cause) {
      log('error', 'could not look for claims', { cause });
      return LOOK_MS;
    } finally {
      end();
    }
  };
  const watch = async (open: NonNullable<typeof store.store>): Promise<void> => {
    let sinceRoundMs = ROUND_MS;
    while (!stopped.signal.aborted) {
      if (sinceRoundMs >= ROUND_MS) onRound();
      sinceRoundMs = sinceRoundMs >= ROUND_MS ? 0 : sinceRoundMs;
      const waitMs = await look(open);
      sinceRoundMs += waitMs;
      await clock.sleep(waitMs, stopped.signal).catch(() => {});
    }
  };
  return {
    start: () => {
      if (store.store !== undefined) void watch(store.store);
    },
    stop: () => stopped.abort(),
  };
}

/** Umbrellas under which a claim came, was renewed, was given back or ran out. */
function changedUmbrellas(before: readonly LiveClaimRow[], after: readonly LiveClaimRow[]): readonly Ref[] {
  const [held, holds] = [keysOf(before), keysOf(after)];
  const changed = [...after.filter((row) => !held.has(keyOf(row))), ...before.filter((row) => !holds.has(keyOf(row)))];
  return [...new Map(changed.map(({ umbrella }) => [refKey(umbrella), umbrella])).values()];
}

const keysOf = (rows: readonly LiveClaimRow[]): ReadonlySet<string> => new Set(rows.map(keyOf));

const keyOf = ({ task, token, expiresAt, umbrella }: LiveClaimRow): string =>
  [task, token, Date.parse(expiresAt), refKey(umbrella)].join(' ');

/** At least a second, so that clocks which disagree make no busy loop. */
const msUntilFirstEnd = (claims: readonly LiveClaimRow[], now: Instant): number =>
  Math.max(1000, Math.min(...claims.map(({ expiresAt }) => Date.parse(expiresAt))) - Date.parse(now));
