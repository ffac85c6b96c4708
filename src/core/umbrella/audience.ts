import type { Gap } from '../reading.ts';
import type { Visibility } from '../task/facts.ts';
import { type Ref, type RepositoryRef, repositoryKey } from '../task/identity.ts';
import type { WorkSnapshot } from './snapshot.ts';

/** Who will read a rollup, as far as it decides what may be named in it. */
export interface Audience {
  /** Nothing is hidden. */
  readonly isViewer: boolean;
  readonly canSee: (item: { readonly ref: Ref; readonly visibility: Visibility }) => boolean;
  /** Whether it sees what organizations keep for their members. */
  readonly canSeeMembersOnly: boolean;
  readonly canSeeRepository: (repository: RepositoryRef) => boolean;
  /** The same gap, without the name of anything that the audience may not see. */
  readonly shownGap: (gap: Gap) => Gap;
}

/**
 * `viewer` may see all that was read. Readers of the umbrella may see what is in its own repository, what is public, and
 * what is internal unless the umbrella is public. Readers of one private repository need not be readers of another, nor
 * members of its organization. A repository about which nothing was read counts as hidden.
 */
export function audienceOf(
  snapshot: WorkSnapshot,
  umbrella: { readonly ref: RepositoryRef; readonly visibility: Visibility },
  kind: 'viewer' | 'umbrella_readers',
): Audience {
  if (kind === 'viewer') return EVERYTHING;
  const own = repositoryKey(umbrella.ref);
  const repositories = repositoryVisibilities(snapshot);
  const isShown = (visibility: Visibility | undefined): boolean =>
    visibility === 'public' || (visibility === 'internal' && umbrella.visibility !== 'public');
  const isShownKey = (key: string): boolean => key === own || isShown(repositories.get(key));
  return {
    isViewer: false,
    canSee: ({ ref, visibility }) => isShown(visibility) || repositoryKey(ref) === own,
    canSeeMembersOnly: false,
    canSeeRepository: (repository) => isShownKey(repositoryKey(repository)),
    shownGap: (gap) => (namesOnly(gap, isShownKey) ? gap : withoutName(gap)),
  };
}

/**
 * The same for the readers of a repository. Where nothing was read there it is taken for public, whose readers may see
 * least.
 */
export function audienceOfRepository(
  snapshot: WorkSnapshot,
  repository: RepositoryRef,
  kind: 'viewer' | 'umbrella_readers',
): Audience {
  const visibility = repositoryVisibilities(snapshot).get(repositoryKey(repository)) ?? 'public';
  return audienceOf(snapshot, { ref: repository, visibility }, kind);
}

const EVERYTHING: Audience = {
  isViewer: true,
  canSee: () => true,
  canSeeMembersOnly: true,
  canSeeRepository: () => true,
  shownGap: (gap) => gap,
};

const visibilities = new WeakMap<WorkSnapshot, ReadonlyMap<string, Visibility>>();

/** Of every repository that the snapshot knows something of, by `repositoryKey`; worked out once for each snapshot. */
function repositoryVisibilities(snapshot: WorkSnapshot): ReadonlyMap<string, Visibility> {
  const known = visibilities.get(snapshot) ?? readVisibilities(snapshot);
  visibilities.set(snapshot, known);
  return known;
}

const OPENNESS: readonly Visibility[] = ['private', 'internal', 'public'];

/** Where two items of a repository disagree, the less open one holds. */
function readVisibilities(snapshot: WorkSnapshot): ReadonlyMap<string, Visibility> {
  const found = new Map<string, Visibility>();
  const note = (item: { readonly ref: Ref; readonly visibility: Visibility }): void => {
    const key = repositoryKey(item.ref);
    const before = found.get(key) ?? 'public';
    found.set(key, OPENNESS.indexOf(item.visibility) < OPENNESS.indexOf(before) ? item.visibility : before);
  };
  for (const task of snapshot.tasks.values()) {
    note(task);
    if (task.blockers.known) task.blockers.value.forEach(note);
  }
  for (const pullRequest of snapshot.pullRequests.values()) note(pullRequest);
  return found;
}

/** What would help names it too. */
function withoutName({ repository: _, help: _help, ...gap }: Gap): Gap {
  return { ...gap, what: 'something in a private repository' };
}

/** Takes more for a repository than is one, such as the end of a path; no owner's name follows a dot, as in `.github/`. */
const REPOSITORY_NAME = /(?<![\w.-])[a-z0-9][a-z0-9-]*\/[a-z0-9._-]+/gi;

function namesOnly({ what, repository }: Gap, isShownKey: (key: string) => boolean): boolean {
  const named = repository === undefined ? (what.match(REPOSITORY_NAME) ?? []) : [repositoryKey(repository)];
  return named.every((name) => isShownKey(name.toLowerCase()));
}
