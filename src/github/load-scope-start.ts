import { closeNames } from '../core/close-names.ts';
import { UserError } from '../core/failure.ts';
import { instantAt } from '../core/instant-at.ts';
import { DEFAULT_DAYS, type Selector } from '../core/readiness/parse-selector.ts';
import { releaseTagOf } from '../core/readiness/release-tag.ts';
import type { Instant } from '../core/task/facts.ts';
import type { RepositoryRef } from '../core/task/identity.ts';
import type { GitHubClient } from './client.ts';
import type { Gathering } from './gathering.ts';
import { githubFailure } from './github-failure.ts';
import { loadBranchNames } from './load-branch-names.ts';
import type { Connection, Maybe } from './nodes.ts';
import { noteGap } from './note-gap.ts';
import { RELEASES } from './queries/readiness-queries.ts';

interface ScopeStart {
  /** As it is to be written: with the tag that was found. */
  readonly selector: Selector;
  readonly title: string;
  /** What was merged later is in scope. */
  readonly since: Instant;
  /** The commit that the base and the tag have in common; null where the scope begins at a time. */
  readonly forkSha: string | null;
}

interface Start {
  readonly repository: RepositoryRef;
  readonly base: string;
  readonly now: Instant;
}

const DAY_MS = 86_400_000;

/**
 * Where `since:` begins: where the base and the tag part, since a release may be tagged on a branch of its own. Without a
 * tag it is the latest release, else the newest tag of a release, else the last 30 days, also where nobody can tell: the selector says so.
 * Of a tag that was asked for and cannot be read nothing is in scope, and a gap says so. Throws `not_found` for one that is
 * not there.
 */
export async function loadScopeStart(
  gathering: Gathering,
  selector: Extract<Selector, { readonly kind: 'since' }>,
  start: Start,
): Promise<ScopeStart> {
  if ('days' in selector) return daysBefore(selector.days, start);
  const found = await loadTag(gathering, selector.tag, start);
  if (found === null) return daysBefore(DEFAULT_DAYS, start);
  const { tag, isSeen } = found;
  const fork = await loadForkOrGap(gathering, start, {
    ...{ from: tag, to: start.base },
    refuse: async (cause) => (isSeen ? cause : null),
  });
  const named = { selector: { kind: 'since', tag } as const, title: `merged since ${tag}` };
  if (fork !== null) return { ...named, ...fork };
  return selector.tag === null ? daysBefore(DEFAULT_DAYS, start) : { ...named, since: start.now, forkSha: null };
}

interface ForkEnds {
  readonly from: string;
  readonly to: string;
  /** What "not found" means, which GitHub also says of what may not be seen: what to throw; null: nobody can tell. */
  readonly refuse: (cause: UserError) => Promise<UserError | null>;
}

/** Null, and a gap, where it cannot be had: a report that names the permission says more than none. */
async function loadForkOrGap(
  gathering: Gathering,
  { repository }: Start,
  { refuse, ...ends }: ForkEnds,
): Promise<Fork | null> {
  const what = `where ${ends.from} and ${ends.to} part in ${repository.owner}/${repository.repo}`;
  const missing = { what, permission: 'contents: read', repository };
  let refused: UserError | null = null;
  let fork: Fork | null = null;
  await noteGap(gathering, missing, async () => {
    try {
      fork = await loadFork(gathering.client, repository, ends);
    } catch (error) {
      refused = error instanceof UserError && error.code === 'not_found' ? await refuse(error) : null;
      if (refused === null) throw error;
    }
    return null;
  });
  if (refused !== null) throw refused;
  return fork;
}

function daysBefore(days: number, { now }: Start): ScopeStart {
  const since = instantAt(Date.parse(now) - days * DAY_MS);
  const title = `merged in the last ${days === 1 ? 'day' : `${days} days`}`;
  return { selector: { kind: 'since', days }, title, since, forkSha: null };
}

interface Answer {
  readonly repository: Maybe<{
    readonly latestRelease: Maybe<{ readonly tagName: string }>;
    readonly named: Maybe<{ readonly name: string }>;
    readonly tags: Maybe<Connection<{ readonly name: string }>>;
  }>;
}

interface FoundTag {
  readonly tag: string;
  /** False: GitHub did not let us look. */
  readonly isSeen: boolean;
}

async function loadTag(gathering: Gathering, asked: string | null, { repository }: Start): Promise<FoundTag | null> {
  const { client, unread } = gathering;
  const name = `${repository.owner}/${repository.repo}`;
  const what = `releases and tags of ${name}`;
  const variables = { ...repository, tag: `refs/tags/${asked ?? ''}` };
  let answer: Answer['repository'];
  let isRefused = false;
  await noteGap(gathering, { what, permission: 'contents: read' }, async () => {
    const reply = await client.graphql<Answer>(RELEASES, variables, { tried: `read the ${what}` });
    unread.note(reply);
    answer = reply.data.repository;
    // Who may see no release may see no tag either.
    isRefused = reply.problems.length > 0;
    return asked !== null && answer?.named != null ? null : (reply.problems[0] ?? null);
  });
  if (asked === null) {
    const tags = (answer?.tags?.nodes ?? []).flatMap((one) => one?.name ?? []);
    const tag = answer?.latestRelease?.tagName ?? releaseTagOf(tags);
    return tag === null ? null : { tag, isSeen: true };
  }
  // Where nobody could tell, comparing will.
  if (answer != null && answer.named == null && !isRefused) throw noTag(asked, name, answer);
  return { tag: asked, isSeen: answer?.named != null };
}

function noTag(tag: string, name: string, { tags }: NonNullable<Answer['repository']>): UserError {
  const newest = (tags?.nodes ?? []).flatMap((node) => node?.name ?? []).slice(0, 5);
  const hint =
    newest.length === 0 ? 'It has no tags; since:30d takes the last 30 days.' : `Its newest are ${newest.join(', ')}.`;
  return new UserError('not_found', `${name} has no tag ${JSON.stringify(tag)}.`, hint);
}

/**
 * The same for a release branch: where it left the default branch. Throws `usage` for the default branch itself, which left
 * nothing and so would hold nothing, and `not_found` for a branch that is not there; of one that may not be seen nothing is
 * in scope, and a gap says so.
 */
export async function loadBranchStart(
  gathering: Gathering,
  selector: Extract<Selector, { readonly kind: 'branch' }>,
  start: Start & { readonly defaultBranch: string },
): Promise<ScopeStart> {
  const { repository, base, defaultBranch } = start;
  if (base === defaultBranch) throw noReleaseBranch(base);
  const fork = await loadForkOrGap(gathering, start, {
    ...{ from: defaultBranch, to: base },
    refuse: (cause) => noBranch(gathering.client, { repository, base, cause }),
  });
  return { selector, title: `merged into ${base}`, ...(fork ?? { since: start.now, forkSha: null }) };
}

/** Null where branches may not be seen at all: then it may be there. */
async function noBranch(
  client: GitHubClient,
  { repository, base, cause }: Pick<Start, 'repository' | 'base'> & { readonly cause: UserError },
): Promise<UserError | null> {
  const { others } = await loadBranchNames(client, repository, base);
  if (others.length === 0) return null;
  const near = closeNames(base, others).map((name) => `branch:${name}`);
  const message = `${repository.owner}/${repository.repo} has no branch ${JSON.stringify(base)}, or you may not see it.`;
  const example = near.length === 0 ? 'such as branch:release/3.1' : `and near it is ${near.join(', ')}`;
  const hint = `Check the spelling; a branch is named in full, ${example}.`;
  return new UserError('not_found', message, hint, { cause });
}

function noReleaseBranch(name: string): UserError {
  const hint = `What was merged into ${name} since a release: since:TAG; in the last days: since:30d.`;
  return new UserError(
    'usage',
    `${name} is the default branch, and branch: is for a release branch that left it.`,
    hint,
  );
}

interface Fork {
  readonly since: Instant;
  readonly forkSha: string;
}

async function loadFork(
  client: GitHubClient,
  { owner, repo }: RepositoryRef,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<Fork> {
  const { data } = await client.rest.repos
    .compareCommitsWithBasehead({ owner, repo, basehead: `${from}...${to}`, per_page: 1 })
    .catch((error: unknown) => {
      throw githubFailure(error, `compare ${from} with ${to} in ${owner}/${repo}`);
    });
  const { sha, commit } = data.merge_base_commit;
  const since = commit.committer?.date ?? commit.author?.date;
  if (since === undefined) throw new Error(`commit ${sha} has no date`);
  return { since: instantAt(Date.parse(since)), forkSha: sha };
}
