import type { Gap } from '../reading.ts';
import type { TaskFacts, Visibility } from '../task/facts.ts';
import { type Ref, type RepositoryRef, repositoryKey } from '../task/identity.ts';
import type { WorkSnapshot } from './snapshot.ts';

/** Who will read a rollup, as far as it decides what may be named in it. */
export interface Audience {
  readonly canSee: (item: { readonly ref: Ref; readonly visibility: Visibility }) => boolean;
  readonly canSeeRepository: (repository: RepositoryRef) => boolean;
  /** The same gap, without the name of anything that the audience may not see. */
  readonly shownGap: (gap: Gap) => Gap;
}

/**
 * `viewer` may see all that was read. Readers of the umbrella may see what is in its own repository, what is public, and
 * what is internal unless the umbrella is public. Readers of one private repository need not be readers of another. A
 * repository about which nothing was read counts as hidden.
 */
export function audienceOf(snapshot: WorkSnapshot, umbrella: TaskFacts, kind: 'viewer' | 'umbrella_readers'): Audience {
  if (kind === 'viewer') return { canSee: () => true, canSeeRepository: () => true, shownGap: (gap) => gap };
  const own = repositoryKey(umbrella.ref);
  const isShown = (visibility: Visibility): boolean =>
    visibility === 'public' || (visibility === 'internal' && umbrella.visibility !== 'public');
  const shown = new Set([own, ...shownRepositories(snapshot, isShown)]);
  return {
    canSee: ({ ref, visibility }) => repositoryKey(ref) === own || isShown(visibility),
    canSeeRepository: (repository) => shown.has(repositoryKey(repository)),
    shownGap: (gap) => (namesOnly(gap.what, shown) ? gap : { ...gap, what: 'something in a private repository' }),
  };
}

function shownRepositories(snapshot: WorkSnapshot, isShown: (visibility: Visibility) => boolean): readonly string[] {
  const blockers = [...snapshot.tasks.values()].flatMap((task) => (task.blockers.known ? task.blockers.value : []));
  const items = [...snapshot.tasks.values(), ...snapshot.pullRequests.values(), ...blockers];
  const hidden = new Set(items.filter((item) => !isShown(item.visibility)).map((item) => repositoryKey(item.ref)));
  return items.map((item) => repositoryKey(item.ref)).filter((key) => !hidden.has(key));
}

const REPOSITORY_NAME = /[a-z0-9][a-z0-9-]*\/[a-z0-9._-]+/gi;

const namesOnly = (text: string, shown: ReadonlySet<string>): boolean =>
  (text.match(REPOSITORY_NAME) ?? []).every((name) => shown.has(name.toLowerCase()));
