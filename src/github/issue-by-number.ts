import type { RestEndpointMethodTypes } from '@octokit/rest';
import { formatRef, type Ref } from '../core/task/identity.ts';
import type { GitHubClient } from './client.ts';
import { githubFailure } from './github-failure.ts';
import { isGone } from './write-failure.ts';

/** An issue as REST describes it: its database id, its parent, and what stands there before a change. */
export type IssueNow = RestEndpointMethodTypes['issues']['get']['response']['data'];

/** Null when it is gone or hidden. */
export async function issueByNumber(client: GitHubClient, ref: Ref): Promise<IssueNow | null> {
  const { owner, repo, number } = ref;
  try {
    return (await client.rest.issues.get({ owner, repo, issue_number: number })).data;
  } catch (error) {
    if (isGone(error)) return null;
    throw githubFailure(error, `read ${formatRef(ref)}`);
  }
}

const API_URL = /\/repos\/([^/]+)\/([^/]+)\/issues\/(\d+)$/;

/** The issue behind an address such as `https://api.github.com/repos/o/r/issues/12`; null for anything else. */
export function refOfApiUrl(url: string | null | undefined): Ref | null {
  const [, owner, repo, number] = API_URL.exec(url ?? '') ?? [];
  return owner && repo ? { owner, repo, number: Number(number) } : null;
}

/** The arguments that every REST call on an issue begins with. */
export const addressOf = ({ owner, repo, number }: Ref) => ({ owner, repo, issue_number: number });
