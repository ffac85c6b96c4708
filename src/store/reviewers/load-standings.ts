import type { DeclineReason } from '../../core/reviewers/review-facts.ts';
import type { Instant } from '../../core/task/facts.ts';
import { parseRef, type Ref, type RepositoryRef, refKey, repositoryKey } from '../../core/task/identity.ts';
import type { OriginStore } from '../store.ts';
import { isLive } from './load-unseen-places.ts';

/** What the store knows of a request; GitHub's timeline tells the rest. Logins in lower case, by name. */
export interface KeptOfRequest {
  /** Whom Parasol asked, or is about to. */
  readonly asked: readonly string[];
  readonly declined: ReadonlyMap<string, DeclineReason>;
  /** From whom a person took the request away. */
  readonly removed: readonly string[];
  /** From whom it was handed on, and for whom a person wanted somebody else. */
  readonly handedOffFrom: readonly string[];
  /** When the last of these three was kept. */
  readonly refusedAt: ReadonlyMap<string, Instant>;
}

/** Kept where nothing is. */
export const NOTHING_KEPT_OF_REQUEST: KeptOfRequest = {
  asked: [],
  declined: new Map(),
  removed: [],
  handedOffFrom: [],
  refusedAt: new Map(),
};

/**
 * By `refKey`; requests of which nothing is kept are not among them. With the time, whoever was about to be asked by a process
 * that is gone is not among those asked.
 */
export async function loadStandings(
  { db, origin }: OriginStore,
  requests: readonly Ref[],
  now: Instant | null = null,
): Promise<ReadonlyMap<string, KeptOfRequest>> {
  const keys = requests.map(refKey);
  if (keys.length === 0) return new Map();
  const assignments = await db
    .selectFrom('review_assignments')
    .select(['request', 'login', 'state', 'changed_at'])
    .where('origin', '=', origin)
    .where('request', 'in', keys)
    .orderBy('login')
    .execute();
  const refusals = await db
    .selectFrom('review_refusals')
    .select(['request', 'login', 'kind', 'reason', 'at'])
    .where('origin', '=', origin)
    .where('request', 'in', keys)
    .orderBy('login')
    .execute();
  const known = new Set([...assignments, ...refusals].map(({ request }) => request));
  return new Map(
    [...known].map((key) => {
      const given = assignments.filter(({ request }) => request === key);
      const refused = refusals.filter(({ request }) => request === key);
      const by = (kind: string) => refused.filter((one) => one.kind === kind).map(({ login }) => login);
      const relieved = given.filter(({ state }) => state === 'handed_off');
      const out = [...relieved.map(({ login, changed_at: at }) => ({ login, at })), ...refused];
      const kept: KeptOfRequest = {
        asked: given.filter((row) => isLive(row, now ?? row.changed_at)).map(({ login }) => login),
        declined: new Map(refused.flatMap(({ login, reason }) => (reason === null ? [] : [[login, reason]]))),
        removed: by('removed'),
        handedOffFrom: [...relieved.map(({ login }) => login), ...by('rerolled')],
        refusedAt: new Map(
          out.toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at)).map(({ login, at }) => [login, at]),
        ),
      };
      return [key, kept];
    }),
  );
}

/** A place that somebody has at a request of the repository. */
export interface OpenPlace {
  readonly request: Ref;
  /** In lower case. */
  readonly login: string;
  readonly isAsked: boolean;
  readonly assignedAt: Instant;
}

/** By Parasol's own word: places that are held, or that GitHub was told of. */
export async function loadOpenPlaces(
  { db, origin }: OriginStore,
  repository: RepositoryRef,
): Promise<readonly OpenPlace[]> {
  const rows = await db
    .selectFrom('review_assignments')
    .selectAll()
    .where('origin', '=', origin)
    .where('repository', '=', repositoryKey(repository))
    .where('state', 'in', ['held', 'asked'])
    .orderBy('assigned_at')
    .orderBy('request')
    .execute();
  return rows.map(({ request, login, state, assigned_at: assignedAt }) => {
    return { request: refOfKey(request), login, isAsked: state === 'asked', assignedAt };
  });
}

/** Repositories of this GitHub, as `owner/repo`, in which somebody is asked or a request waits for room. */
export async function listReviewedRepositories({ db, origin }: OriginStore): Promise<readonly string[]> {
  const waiting = db.selectFrom('review_queue').select('repository').where('origin', '=', origin);
  const rows = await db
    .selectFrom('review_assignments')
    .select('repository')
    .where('origin', '=', origin)
    .where('state', '=', 'asked')
    .union(waiting)
    .execute();
  return rows.map(({ repository }) => repository).toSorted();
}

/** Throws for what this program never wrote. */
export function refOfKey(key: string): Ref {
  const ref = parseRef(key, { defaultRepository: null, ids: [] });
  if (ref === null || !('number' in ref)) throw new Error(`the store names the pull request "${key}"`);
  return ref;
}
