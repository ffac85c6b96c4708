import { UserError } from '../core/failure.ts';
import { instantAt } from '../core/instant-at.ts';
import { DEFAULT_DAYS, type Selector } from '../core/readiness/parse-selector.ts';
import type { Instant } from '../core/task/facts.ts';
import type { RepositoryRef } from '../core/task/identity.ts';
import type { GitHubClient } from './client.ts';
import type { Gathering } from './gathering.ts';
import { githubFailure } from './github-failure.ts';
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
 * tag it is the latest release, else the newest tag, else the last 30 days, also where nobody can tell: the selector says so.
 * Throws `not_found` for a tag that is not there, and whatever keeps one that was asked for from being compared.
 */
export async function loadScopeStart(
  gathering: Gathering,
  selector: Extract<Selector, { readonly kind: 'since' }>,
  start: Start,
): Promise<ScopeStart> {
  if ('days' in selector) return daysBefore(selector.days, start);
  const tag = await loadTag(gathering, selector.tag, start);
  if (tag === null) return daysBefore(DEFAULT_DAYS, start);
  const ends = { from: tag, to: start.base };
  const fork =
    selector.tag === null
      ? await loadForkIfReadable(gathering, start, ends)
      : await loadFork(gathering.client, start.repository, ends);
  if (fork === null) return daysBefore(DEFAULT_DAYS, start);
  return { selector: { kind: 'since', tag }, title: `merged since ${tag}`, ...fork };
}

/** Null, and a gap, where it cannot be had: a report that names the permission says more than none. */
async function loadForkIfReadable(
  gathering: Gathering,
  { repository }: Start,
  ends: { readonly from: string; readonly to: string },
): Promise<Fork | null> {
  const what = `where ${ends.from} and ${ends.to} part in ${repository.owner}/${repository.repo}`;
  let fork: Fork | null = null;
  await noteGap(gathering, { what, permission: 'contents: read', repository }, async () => {
    fork = await loadFork(gathering.client, repository, ends);
    return null;
  });
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

async function loadTag(gathering: Gathering, asked: string | null, { repository }: Start): Promise<string | null> {
  const { client, unread } = gathering;
  const name = `${repository.owner}/${repository.repo}`;
  const what = `releases and tags of ${name}`;
  const variables = { ...repository, tag: `refs/tags/${asked ?? ''}` };
  let answer: Answer['repository'];
  await noteGap(gathering, { what, permission: 'contents: read' }, async () => {
    const reply = await client.graphql<Answer>(RELEASES, variables, { tried: `read the ${what}` });
    unread.note(reply);
    answer = reply.data.repository;
    return asked !== null && answer?.named != null ? null : (reply.problems[0] ?? null);
  });
  if (asked === null) return answer?.latestRelease?.tagName ?? answer?.tags?.nodes?.[0]?.name ?? null;
  // Where nobody could tell, comparing will.
  if (answer != null && answer.named == null && unread.at(answer, 'named') === null) throw noTag(asked, name, answer);
  return asked;
}

function noTag(tag: string, name: string, { tags }: NonNullable<Answer['repository']>): UserError {
  const newest = (tags?.nodes ?? []).flatMap((node) => node?.name ?? []).slice(0, 5);
  const hint =
    newest.length === 0 ? 'It has no tags; since:30d takes the last 30 days.' : `Its newest are ${newest.join(', ')}.`;
  return new UserError('not_found', `${name} has no tag ${JSON.stringify(tag)}.`, hint);
}

/**
 * The same for a release branch: where it left the default branch. Throws `usage` for the default branch itself, which left
 * nothing and so would hold nothing, and `not_found` for a branch that is not there.
 */
export async function loadBranchStart(
  { client }: Gathering,
  selector: Extract<Selector, { readonly kind: 'branch' }>,
  { repository, base, defaultBranch }: Start & { readonly defaultBranch: string },
): Promise<ScopeStart> {
  if (base === defaultBranch) throw noReleaseBranch(base);
  const fork = await loadFork(client, repository, { from: defaultBranch, to: base }).catch((cause: unknown) => {
    if (!(cause instanceof UserError) || cause.code !== 'not_found') throw cause;
    const message = `${repository.owner}/${repository.repo} has no branch ${JSON.stringify(base)}, or you may not see it.`;
    const hint = 'Check the spelling; a branch is named in full, such as branch:release/3.1.';
    throw new UserError('not_found', message, hint, { cause });
  });
  return { selector, title: `merged into ${base}`, ...fork };
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
