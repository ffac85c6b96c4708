import {
  type GraphQLField,
  type GraphQLObjectType,
  getNamedType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { assign, unassign } from '../../../src/sandbox/actions/assign.ts';
import { addBlockedBy, removeBlockedBy } from '../../../src/sandbox/actions/block-issue.ts';
import { closeIssue, reopenIssue } from '../../../src/sandbox/actions/close-issue.ts';
import { connectIssue } from '../../../src/sandbox/actions/closing-references.ts';
import { createComment } from '../../../src/sandbox/actions/comment.ts';
import { editIssue } from '../../../src/sandbox/actions/edit-issue.ts';
import { convertToDraft, markReady } from '../../../src/sandbox/actions/edit-pull-request.ts';
import { label, unlabel } from '../../../src/sandbox/actions/label.ts';
import { linkBranch } from '../../../src/sandbox/actions/link-branch.ts';
import { addSubIssue, removeSubIssue } from '../../../src/sandbox/actions/link-sub-issue.ts';
import { mergePullRequest } from '../../../src/sandbox/actions/merge-pull-request.ts';
import { addReaction } from '../../../src/sandbox/actions/react.ts';
import { createRelease } from '../../../src/sandbox/actions/release.ts';
import { reportCheckRun, reportStatus } from '../../../src/sandbox/actions/report-checks.ts';
import { removeReviewRequest, requestReview } from '../../../src/sandbox/actions/request-review.ts';
import { beginAttempt, startWorkflowRun } from '../../../src/sandbox/actions/run-workflow.ts';
import { setIssueField } from '../../../src/sandbox/actions/set-issue-field.ts';
import { submitReview } from '../../../src/sandbox/actions/submit-review.ts';
import { addMilestone } from '../../../src/sandbox/create-world.ts';
import { fieldTableOf } from '../../../src/sandbox/graphql/field-tables.ts';
import { githubSchema } from '../../../src/sandbox/graphql/github-schema.ts';
import { addIssueField } from '../../../src/sandbox/issue-fields.ts';
import type { World } from '../../../src/sandbox/world.ts';
import { dataOf } from './ask.ts';
import { HARBOR, harborWorld, inHarbor, issue, pullRequest } from './harbor-world.ts';

/** A world with one of everything. */
function fullWorld(): World {
  const world = harborWorld();
  const harbor = world.repositories.get(HARBOR);
  if (!harbor) throw new Error('no harbor');
  addMilestone(world, harbor, { title: 'v1' });
  const kim = world.accounts.get('kim');
  if (kim !== undefined) kim.status = { message: 'Exams', isBusy: true };
  harbor.teams.set('pilots', ['kim']);
  harbor.rules.set('main', { checks: ['test'], approvals: 0, isProtection: true, bindsAdministrators: true });
  const [quay, crane] = [issue(world, 'Quay'), issue(world, 'Crane')].map(inHarbor);
  const pull = pullRequest(world, 'Build quay', {
    body: 'closes #1',
    requiredApprovals: 1,
    files: [{ path: 'quay.ts' }],
  });
  const item = inHarbor(pull);
  if (!quay || !crane) throw new Error('no issues');
  harbor.issues.get(1)?.labels.add('lane:api');
  assign(world, 'kim', { item: quay, assignees: ['ravi', 'noor'] });
  unassign(world, 'kim', { item: quay, assignees: ['noor'] });
  label(world, 'kim', { item: quay, labels: ['umbrella'] });
  unlabel(world, 'kim', { item: quay, label: 'umbrella' });
  for (const milestone of [1, null]) editIssue(world, 'kim', { item: quay, milestone });
  const link = { parent: quay, child: crane };
  addSubIssue(world, 'kim', link);
  removeSubIssue(world, 'kim', link);
  addSubIssue(world, 'kim', link);
  const dependency = { blocked: crane, blocker: quay };
  addBlockedBy(world, 'kim', dependency);
  removeBlockedBy(world, 'kim', dependency);
  linkBranch(world, 'kim', { item: quay, branch: 'quay' });
  createRelease(world, 'kim', { repository: HARBOR, tag: 'v1' });
  addIssueField(world, { owner: 'octo', name: 'Size', type: 'single_select', options: ['small'] });
  for (const type of ['text', 'number', 'date'] as const) addIssueField(world, { owner: 'octo', name: type, type });
  const values = { Size: 'small', text: 'here', number: 2.5, date: '2026-05-04' };
  for (const [field, value] of Object.entries(values)) setIssueField(world, 'kim', { item: quay, field, value });
  closeIssue(world, 'kim', { item: crane });
  reopenIssue(world, 'kim', { item: crane });
  addReaction(world, 'ravi', {
    comment: createComment(world, 'kim', { item: quay, body: 'text' }).id,
    content: 'rocket',
  });
  convertToDraft(world, 'ravi', { item });
  markReady(world, 'ravi', { item });
  requestReview(world, 'ravi', { item, reviewers: ['noor'], teams: ['pilots'] });
  removeReviewRequest(world, 'ravi', { item, reviewers: ['noor'] });
  submitReview(world, 'kim', { item, state: 'approved', body: 'good' });
  reportCheckRun(world, 'ravi', {
    repository: HARBOR,
    sha: pull.headSha,
    name: 'test',
    app: 'parasol',
    conclusion: 'success',
  });
  reportStatus(world, 'ravi', { repository: HARBOR, sha: pull.headSha, context: 'deploy', state: 'success' });
  const run = startWorkflowRun(world, 'ravi', {
    ...{ repository: HARBOR, workflow: 'CI', event: 'pull_request', headBranch: 'quay', headSha: pull.headSha },
  });
  beginAttempt(world, 'ravi', { repository: HARBOR, run, jobs: { lint: 'queued' } });
  connectIssue(world, 'ravi', { pullRequest: item, issue: crane });
  mergePullRequest(world, 'kim', { item });
  return world;
}

const typeOf = (name: string): GraphQLObjectType => {
  const type = githubSchema().getType(name);
  if (!isObjectType(type)) throw new Error(`no type ${name}`);
  return type;
};

/** A selection of every modelled field of a type that needs no argument, lists with a page and their counts. */
function everyField(typeName: string): string {
  const fields = typeOf(typeName).getFields();
  return Object.keys(fieldTableOf(typeName) ?? {})
    .flatMap((name) => fields[name] ?? [])
    .filter((field) => !field.args.some(isRequiredArgument))
    .map(selectionOf)
    .join(' ');
}

function selectionOf(field: GraphQLField<unknown, unknown>): string {
  const type = getNamedType(field.type);
  if (field.name === 'isRequired') return 'isRequired(pullRequestNumber: 3)';
  if (isLeafType(type)) return field.name;
  if (!field.args.some(({ name }) => name === 'first')) return `${field.name} { __typename }`;
  return `${field.name}(first: 3) { nodes { __typename } edges { cursor } pageInfo { endCursor } }`;
}

const world = fullWorld();

describe('every modelled field', () => {
  const withIds = new Map(
    [...world.nodes.keys()].map((id) => {
      const { node } = dataOf(world, `{ node(id: "${id}") { __typename } }`) as { node: { __typename: string } };
      return [node.__typename, id];
    }),
  );

  it.each([...withIds])('of %s answers by its node id', (typeName, id) => {
    const query = `{ node(id: "${id}") { id ... on ${typeName} { ${everyField(typeName)} } } }`;
    expect(dataOf(world, query)).toMatchObject({ node: { id } });
  });

  const places: readonly [typeName: string, path: string][] = [
    ['RateLimit', 'rateLimit'],
    ['UserStatus', 'viewer status'],
    ['SubIssuesSummary', 'repository issue subIssuesSummary'],
    ['IssueDependenciesSummary', 'repository issue issueDependenciesSummary'],
    ['IssueType', 'repository issueType'],
    ['Ref', 'repository defaultBranchRef'],
    ['RefUpdateRule', 'repository defaultBranchRef refUpdateRule'],
    ['Blob', 'repository file'],
    ['Tree', 'repository folder'],
    ['TreeEntry', 'repository folder entries'],
    ['GitActor', 'repository head author'],
    ['PullRequestCommit', 'repository pullRequest commits nodes'],
    ['PullRequestChangedFile', 'repository pullRequest files nodes'],
    ['Team', 'repository pullRequest reviewRequests nodes requestedReviewer'],
    ['StatusCheckRollup', 'repository pullRequest statusCheckRollup'],
    ['CheckSuite', 'repository pullRequest commits nodes commit checkSuites nodes'],
    ['Workflow', 'repository pullRequest commits nodes commit checkSuites nodes workflowRun workflow'],
    ['CheckRunStateCount', 'repository pullRequest statusCheckRollup contexts checkRunCountsByState'],
    ['StatusContextStateCount', 'repository pullRequest statusCheckRollup contexts statusContextCountsByState'],
    ['App', 'repository pullRequest commits nodes commit checkSuites nodes app'],
    ['Status', 'repository pullRequest commits nodes commit status'],
  ];
  it.each(places)('of %s answers where it stands', (typeName, path) => {
    const answer = JSON.stringify(dataOf(world, `{ ${along(path.split(' '), typeName)} }`));
    expect(answer).toContain(`"reached":"${typeName}"`);
  });

  it('belongs to a type that is asked for here, or to one that only leads to others', () => {
    const modelled = Object.keys(githubSchema().getTypeMap()).filter((name) => fieldTableOf(name) !== null);
    const asked = new Set([...withIds.keys(), ...places.map(([typeName]) => typeName)]);
    const leads = /^(?:Query|Mutation|PageInfo)$|(?:Connection|Edge|Payload)$/;
    expect(modelled.filter((name) => !asked.has(name) && !leads.test(name))).toEqual([]);
  });

  it('is asked for each kind of record that the world holds', () => {
    const kinds = new Set([...world.nodes.values()].map(({ type }) => type));
    for (const shared of ['TimelineItem', 'IssueField', 'IssueFieldValue'] as const) kinds.delete(shared);
    expect([...kinds].filter((kind) => !withIds.has(kind))).toEqual([]);
    expect([...withIds.keys()].filter((name) => name.endsWith('Event')).length).toBe(23);
  });
});

const ARGUMENTS: Readonly<Record<string, string>> = {
  repository: 'repository(owner: "octo", name: "harbor")',
  issue: 'issue(number: 1)',
  pullRequest: 'pullRequest(number: 3)',
  issueType: 'issueType(name: "Bug")',
  commits: 'commits(first: 5)',
  contexts: 'contexts(first: 5)',
  files: 'files(first: 5)',
  reviewRequests: 'reviewRequests(first: 5)',
  checkSuites: 'checkSuites(first: 5)',
  file: 'file: object(expression: "HEAD:README.md")',
  folder: 'folder: object(expression: "HEAD:")',
  head: 'head: object(expression: "HEAD")',
};

const NARROWED: Readonly<Record<string, string>> = { head: 'Commit', folder: 'Tree' };

/** A query that follows the path and selects everything at its end. */
function along([step = '', ...rest]: readonly string[], typeName: string): string {
  const inner =
    rest.length === 0 ? `... on ${typeName} { reached: __typename ${everyField(typeName)} }` : along(rest, typeName);
  const narrowed = NARROWED[step];
  const isOpen = narrowed !== undefined && rest.length > 0;
  return `${ARGUMENTS[step] ?? step} { ${isOpen ? `... on ${narrowed} { ${inner} }` : inner} }`;
}
