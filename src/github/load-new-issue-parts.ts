import { UserError } from '../core/failure.ts';
import { formatRef, type Ref } from '../core/task/identity.ts';
import type { ChangeOf } from './applied.ts';
import type { GitHubClient } from './client.ts';
import { demandAnswer, demandPart } from './demand-answer.ts';
import { demandAccess, findAllStanding, type MarkedNode } from './marked-issues.ts';
import { newIssueQuery } from './queries/new-issue-queries.ts';

/** What `createIssue` needs besides the texts; ids only. */
export interface NewIssueParts {
  readonly repositoryId: string;
  readonly parentIssueId: string | null;
  readonly labelIds: readonly string[];
  readonly assigneeIds: readonly string[];
  readonly milestoneId: string | null;
  readonly issueTypeId: string | null;
}

type NewIssue = ChangeOf<'create_issue'>;

/** GitHub's limit, closed children included. */
const CHILDREN_PER_PARENT = 100;

interface Nodes<Node> {
  readonly nodes: readonly (Node | null)[] | null;
}

interface ParentNode {
  readonly id: string;
  readonly state: 'OPEN' | 'CLOSED';
  readonly subIssuesSummary: { readonly total: number };
  readonly subIssues: Nodes<MarkedNode>;
}

interface Answer {
  readonly repository:
    | ({
        readonly id: string;
        readonly milestones?: Nodes<{ readonly id: string; readonly title: string }>;
        readonly issueType?: { readonly id: string } | null;
        readonly issues?: Nodes<MarkedNode>;
      } & Readonly<Record<`label${number}`, { readonly id: string } | null>> &
        Readonly<Record<`assignee${number}`, Nodes<{ readonly id: string; readonly login: string }> | null>>)
    | null;
  readonly parent?: { readonly issue: ParentNode | null } | null;
}

/**
 * Looks up, in one call, every id that the new issue needs, or the issue itself where it was made before. Fails with
 * `not_found` naming all that is missing, and with `usage` where the parent takes no more children.
 */
export async function loadNewIssueParts(
  client: GitHubClient,
  change: NewIssue,
): Promise<{ readonly standing: Ref } | NewIssueParts> {
  const tried = `open "${change.title}" in ${change.repository.owner}/${change.repository.repo}`;
  const reply = await client.graphql<Answer>(queryFor(change), variablesFor(change), { tried });
  demandAnswer(reply, tried);
  demandAccess(reply.problems, tried);
  const parent = reply.data.parent?.issue ?? null;
  const repository = reply.data.repository;
  const [standing] = findAllStanding((parent?.subIssues ?? repository?.issues)?.nodes, change.key);
  if (standing !== undefined) return { standing };
  checkMissing(change, reply.data);
  if (parent !== null) checkRoom(parent, change);
  return partsOf(change, reply.data, tried);
}

function queryFor({ labels, assignees, milestone, issueType, parent }: NewIssue): string {
  return newIssueQuery({
    labels: labels.length,
    assignees: assignees.length,
    hasMilestone: milestone !== null,
    hasIssueType: issueType !== null,
    hasParent: parent !== null,
  });
}

function variablesFor({ repository, labels, assignees, issueType, parent }: NewIssue) {
  return {
    ...repository,
    ...Object.fromEntries(labels.map((name, n) => [`label${n}`, name])),
    ...Object.fromEntries(assignees.map((login, n) => [`assignee${n}`, login])),
    ...(issueType === null ? {} : { issueType }),
    ...(parent === null ? {} : { parentOwner: parent.owner, parentRepo: parent.repo, parentNumber: parent.number }),
  };
}

function checkMissing(change: NewIssue, data: Answer): void {
  const { owner, repo } = change.repository;
  const { repository } = data;
  if (repository === null) throw missing(`${owner}/${repo} does not exist, or you may not see it`);
  const lacks = [
    ...change.labels.filter((_, n) => repository[`label${n}`] == null).map((name) => `no label "${name}"`),
    ...change.assignees
      .filter((login, n) => assigneeId(repository[`assignee${n}`], login) === null)
      .map((login) => `nobody named "${login}" who can be assigned`),
    ...(change.milestone !== null && milestoneId(data, change.milestone) === null
      ? [`no open milestone "${change.milestone}"`]
      : []),
    ...(change.issueType !== null && repository.issueType == null ? [`no issue type "${change.issueType}"`] : []),
  ];
  if (lacks.length > 0) throw missing(`${owner}/${repo} has ${lacks.join(', ')}`);
  if (change.parent === null || data.parent?.issue != null) return;
  throw missing(`${formatRef(change.parent)} does not exist, or is no issue`);
}

const missing = (what: string): UserError =>
  new UserError('not_found', `${what}; no issue was opened.`, 'Make what is missing, or correct its name.');

function checkRoom({ state, subIssuesSummary }: ParentNode, { parent, title }: NewIssue): void {
  const name = parent === null ? '' : formatRef(parent);
  if (state === 'CLOSED') {
    throw new UserError('usage', `${name} is closed; "${title}" was not opened under it.`, `Reopen ${name} first.`);
  }
  if (subIssuesSummary.total < CHILDREN_PER_PARENT) return;
  throw new UserError(
    'usage',
    `${name} has ${CHILDREN_PER_PARENT} children, and GitHub allows no more; "${title}" was not opened.`,
    'Put it under a batch umbrella: `parasol umbrella link` plans one.',
  );
}

function partsOf(change: NewIssue, data: Answer, tried: string): NewIssueParts {
  const repository = demandPart(data.repository, tried);
  return {
    repositoryId: repository.id,
    parentIssueId: data.parent?.issue?.id ?? null,
    labelIds: change.labels.flatMap((_, n) => repository[`label${n}`]?.id ?? []),
    assigneeIds: change.assignees.flatMap((login, n) => assigneeId(repository[`assignee${n}`], login) ?? []),
    milestoneId: change.milestone === null ? null : milestoneId(data, change.milestone),
    issueTypeId: repository.issueType?.id ?? null,
  };
}

/** The query looks in names too, so that the login is compared here. */
function assigneeId(found: Nodes<{ readonly id: string; readonly login: string }> | null | undefined, login: string) {
  return (found?.nodes ?? []).find((user) => user?.login.toLowerCase() === login.toLowerCase())?.id ?? null;
}

function milestoneId({ repository }: Answer, title: string): string | null {
  return (repository?.milestones?.nodes ?? []).find((one) => one?.title === title)?.id ?? null;
}
