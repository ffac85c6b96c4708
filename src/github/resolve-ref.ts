import type { Config } from '../core/config.ts';
import { UserError } from '../core/failure.ts';
import { formatRef, parseRef, type Ref, type RepositoryRef } from '../core/task/identity.ts';
import { hostOf } from '../core/task/text-references.ts';
import { parseConfigOf } from '../core/umbrella/config-of-snapshot.ts';
import type { GitHubClient } from './client.ts';
import { findIssuesByPlannedId } from './find-issues-by-planned-id.ts';
import { githubFailure } from './github-failure.ts';
import { loadConfig } from './load-config.ts';
import { refOf } from './map-task.ts';

/** Whether an issue is named by an address, whose host has to be GitHub's. */
export const isAddress = (text: string): boolean => text.includes('://');

interface ResolveOptions {
  /** The repository that `#12` and planned ids mean. */
  readonly defaultRepository: RepositoryRef | null;
  /** Grammars of planned ids; default: those of the repository's configuration, read when they are needed. */
  readonly patterns?: Config['tasks']['ids'];
}

/**
 * The issue that a person means by `#12`, `o/r#12`, an address, or a planned id; a transferred issue is followed to
 * where it is now. Fails with `usage` when the text is none of these or fits several issues, which it names, and with
 * `not_found` when there is no such issue.
 */
export async function resolveRef(client: GitHubClient, text: string, options: ResolveOptions): Promise<Ref> {
  const { defaultRepository } = options;
  const address = parseRef(text, { defaultRepository, ids: [] });
  if (address !== null && 'number' in address) return followTransfer(client, address, text);
  if (defaultRepository === null)
    throw unreadable(text, 'Name it as owner/repo#12, or say which repository with --repo.');

  const ids = options.patterns ?? (await configuredIds(client, defaultRepository));
  const parsed = parseRef(text, { defaultRepository, ids });
  if (parsed === null || !('plannedId' in parsed)) {
    throw unreadable(
      text,
      `Use #12, owner/repo#12, the issue's address, or a planned id like ${ids[0] ?? 'P1.M2.T3'}.`,
    );
  }
  return resolvePlannedId(client, parsed.plannedId, { repository: defaultRepository, ids });
}

async function configuredIds(client: GitHubClient, repository: RepositoryRef): Promise<Config['tasks']['ids']> {
  return parseConfigOf(await loadConfig(client, repository)).config.tasks.ids;
}

/** GitHub answers for a transferred issue with a redirect, which the HTTP client follows. */
async function followTransfer(client: GitHubClient, ref: Ref, text: string): Promise<Ref> {
  const { owner, repo, number } = ref;
  const { data } = await client.rest.issues.get({ owner, repo, issue_number: number }).catch((error: unknown) => {
    throw githubFailure(error, `read ${formatRef(ref)}`);
  });
  checkHost(text, [hostOf(data.html_url), client.origin]);
  if (data.pull_request !== undefined) {
    throw new UserError(
      'not_found',
      `${formatRef(ref)} is a pull request, not a task.`,
      'Name the issue that it belongs to.',
    );
  }
  const [nowOwner = owner, nowRepo = repo] = data.repository_url.split('/').slice(-2);
  return { owner: nowOwner, repo: nowRepo, number: data.number };
}

/** The same path on another host is another issue. What GitHub's own addresses begin with is asked of GitHub. */
function checkHost(text: string, hosts: readonly string[]): void {
  if (!isAddress(text) || hosts.includes(hostOf(text.trim()))) return;
  throw unreadable(text, `It is an address of another host than ${hosts[0]}, which is the GitHub that is asked.`);
}

async function resolvePlannedId(
  client: GitHubClient,
  plannedId: string,
  scope: { readonly repository: RepositoryRef; readonly ids: readonly string[] },
): Promise<Ref> {
  const refs = (await findIssuesByPlannedId(client, plannedId, scope)).map(refOf);
  const [first, ...others] = refs;
  const { owner, repo } = scope.repository;
  if (first === undefined) {
    throw new UserError(
      'not_found',
      `No issue of ${owner}/${repo} has the planned id ${plannedId} in its title, or you may not see it.`,
      'Check the spelling, or name the issue by number; GitHub finds a new title only after some seconds.',
    );
  }
  if (others.length > 0) {
    const candidates = refs.map((ref) => formatRef(ref)).join(', ');
    throw new UserError('usage', `${plannedId} fits several issues: ${candidates}.`, 'Name one of them by its number.');
  }
  return first;
}

function unreadable(text: string, hint: string): UserError {
  return new UserError('usage', `"${text}" does not name an issue.`, hint);
}
