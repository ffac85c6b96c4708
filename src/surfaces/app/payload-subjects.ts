import type { Ref, RepositoryRef } from '../../core/task/identity.ts';
import { revertedCommits } from '../../core/task/text-references.ts';
import { CONFIG_PATH } from '../../operations/config-in-force.ts';
import type { Expectation, IssueExpectation, Subject } from '../../operations/subject.ts';
import type { IssuePayload, WebhookPayload } from './webhook-payload.ts';

/** Finds what one part of a payload is about; nothing when the part is missing. */
export type Finder = (payload: WebhookPayload, own: OwnIdentity) => readonly Subject[];

/** The App as GitHub shows it: whose comments are ours, and whose events are echoes of our own writes. */
export interface OwnIdentity {
  readonly appId: number;
  /** `parasol[bot]`. */
  readonly login: string;
}

type Expected = Omit<IssueExpectation, 'ref' | 'updatedAt'>;

export const wholeInstallation: Finder = () => [{ kind: 'installation' }];
export const everyComment: Finder = () => [{ kind: 'installation', corrects: true }];

export const issue: Finder = (payload) => issueSubject(payload, payload.issue);
export const closedIssue: Finder = (payload) => issueSubject(payload, payload.issue, { state: 'closed' });
export const openIssue: Finder = (payload) => issueSubject(payload, payload.issue, { state: 'open' });
export const blockedIssue: Finder = (payload) => issueSubject(payload, payload.blocked_issue);
export const blockingIssue: Finder = (payload) => issueSubject(payload, payload.blocking_issue);

/** For an issue that is gone from where it was: its old umbrella, which it can no longer lead to. */
export const parentOfIssue: Finder = (payload) => {
  const ref = refOfApiUrl(payload.issue?.parent_issue_url);
  return ref === null ? [] : [{ kind: 'umbrella', ref, nodeId: null }];
};

export const movedIssue: Finder = (payload) => {
  const { new_issue: moved, new_repository: target } = payload.changes ?? {};
  if (moved === undefined || target === undefined) return [];
  const ref = { owner: target.owner.login, repo: target.name, number: moved.number };
  return [{ kind: 'issue', ref, nodeId: moved.node_id }];
};

export const parentIssue: Finder = (payload) => {
  const { parent_issue: parent } = payload;
  const ref = refOfIssue(payload, parent);
  return parent === undefined || ref === null ? [] : [{ kind: 'umbrella', ref, nodeId: parent.node_id }];
};

export const addedSubIssue: Finder = (payload) => {
  const parent = refOfIssue(payload, payload.parent_issue);
  return issueSubject(payload, payload.sub_issue, parent === null ? {} : { childOf: parent });
};

export const removedSubIssue: Finder = (payload) => {
  const parent = refOfIssue(payload, payload.parent_issue);
  return issueSubject(payload, payload.sub_issue, parent === null ? {} : { noChildOf: parent });
};

export const pullRequest: Finder = (payload) =>
  refsOfPullRequest(payload).map((ref) => ({ kind: 'pull_request', ref }));

/** An edited title or body may have named tasks that the pull request no longer leads to. */
export const formerText: Finder = (payload) => {
  const { title, body } = payload.changes ?? {};
  const former = { title: title?.from ?? null, body: body?.from ?? null };
  if (former.title === null && former.body === null) return [];
  return refsOfPullRequest(payload).map((ref) => ({ kind: 'former_text', ref, ...former }));
};

/** Whether the push took commits away does not stand in the event. */
export const formerCommits: Finder = (payload) => {
  const { before, after } = payload;
  if (before === undefined || after === undefined) return [];
  return refsOfPullRequest(payload).map((ref) => ({ kind: 'former_commits', ref, before, after }));
};
/** Check events of forks list no pull request: then its head commit leads there. */
export const checkedPullRequests: Finder = (payload) => {
  const check = payload.check_run ?? payload.check_suite;
  if (check === undefined || payload.repository === undefined) return [];
  const listed = (check.pull_requests ?? []).flatMap(({ url }) => refOfApiUrl(url) ?? []);
  if (listed.length > 0) return listed.map((ref) => ({ kind: 'pull_request', ref }));
  return [{ kind: 'commit', repository: repositoryOf(payload.repository), sha: check.head_sha }];
};

export const statusCommit: Finder = ({ sha, repository }) =>
  sha === undefined || repository === undefined ? [] : [{ kind: 'commit', repository: repositoryOf(repository), sha }];

/**
 * A push matters on the default branch only, when it changes the configuration or reverts something. A revert of a revert
 * names the first revert's commit, whose pull request is looked up the same way.
 */
export const pushedChanges: Finder = (payload) => {
  const { ref, repository, commits = [] } = payload;
  if (repository === undefined || ref !== `refs/heads/${repository.default_branch}`) return [];
  const touched = commits.flatMap(({ added = [], modified = [], removed = [] }) => [...added, ...modified, ...removed]);
  const reverts = commits.flatMap(({ message = '' }) => revertedCommits(message));
  return [
    ...(touched.includes(CONFIG_PATH) ? [configuredBy(repositoryOf(repository))] : []),
    ...reverts.map(({ sha }): Subject => ({ kind: 'commit', repository: repositoryOf(repository), sha })),
  ];
};

/** Someone else changed or deleted what the App wrote: the umbrella under it is looked at again. */
export const ownComment: Finder = (payload, own) => {
  const { comment, issue: under } = payload;
  const ref = refOfIssue(payload, under);
  if (comment?.user?.login !== own.login || under === undefined || ref === null) return [];
  if (under.pull_request !== undefined) return [];
  const formerBody = payload.action === 'deleted' ? null : payload.changes?.body?.from;
  const expect: { readonly expect?: Expectation } =
    formerBody === undefined ? {} : { expect: { commentId: comment.id, formerBody } };
  return [{ kind: 'umbrella', ref, nodeId: under.node_id, ...expect }];
};

/** The owner's `.github` repository holds the configuration of all its repositories. */
function configuredBy(repository: RepositoryRef): Subject {
  return repository.repo === '.github' ? { kind: 'installation' } : { kind: 'repository', repository };
}

/** GitHub's answers about the issue are stale as long as they are older than the event, whatever it was about. */
function issueSubject(
  payload: WebhookPayload,
  subject: IssuePayload | undefined,
  expected: Expected = {},
): readonly Subject[] {
  const ref = refOfIssue(payload, subject);
  if (subject === undefined || ref === null) return [];
  const expect =
    subject.updated_at === undefined ? {} : { expect: { ref, ...expected, updatedAt: subject.updated_at } };
  return [{ kind: 'issue', ref, nodeId: subject.node_id, ...expect }];
}

function refsOfPullRequest({ pull_request: pull, repository }: WebhookPayload): readonly Ref[] {
  return pull === undefined || repository === undefined ? [] : [{ ...repositoryOf(repository), number: pull.number }];
}

/** An issue of a link may live in another repository than the one that the event was sent for. */
export function refOfIssue(payload: WebhookPayload, subject: IssuePayload | undefined): Ref | null {
  if (subject === undefined) return null;
  const [, owner, repo] = /\/repos\/([^/]+)\/([^/]+)$/.exec(subject.repository_url ?? '') ?? [];
  if (owner !== undefined && repo !== undefined) return { owner, repo, number: subject.number };
  return payload.repository === undefined ? null : { ...repositoryOf(payload.repository), number: subject.number };
}

function refOfApiUrl(url: string | undefined): Ref | null {
  const [, owner, repo, number] = /\/repos\/([^/]+)\/([^/]+)\/(?:issues|pulls)\/(\d{1,10})$/.exec(url ?? '') ?? [];
  return owner === undefined || repo === undefined ? null : { owner, repo, number: Number(number) };
}

export function repositoryOf(repository: NonNullable<WebhookPayload['repository']>): RepositoryRef {
  return { owner: repository.owner.login, repo: repository.name };
}
