import { beforeEach, describe, expect, it } from 'vitest';
import { createComment } from '../../../src/sandbox/actions/comment.ts';
import type { IssueRecord, World } from '../../../src/sandbox/world.ts';
import { ask, dataOf, installation, person } from './ask.ts';
import { HARBOR, harborWorld, inHarbor, issue } from './harbor-world.ts';

let world: World;
let umbrella: IssueRecord;
let child: IssueRecord;

beforeEach(() => {
  world = harborWorld();
  umbrella = issue(world, 'Umbrella');
  child = issue(world, 'Child');
});

describe('mutations', () => {
  it('link and unlink sub-issues, by id or address', () => {
    const variables = { issueId: umbrella.nodeId, subIssueId: child.nodeId };
    const link = `mutation($issueId: ID!, $subIssueId: ID!) { addSubIssue(input: { issueId: $issueId, subIssueId: $subIssueId, clientMutationId: "a" }) {
      clientMutationId issue { number subIssuesSummary { total } } subIssue { parent { number } } } }`;
    expect(dataOf(world, link, variables)).toEqual({
      addSubIssue: {
        clientMutationId: 'a',
        issue: { number: 1, subIssuesSummary: { total: 1 } },
        subIssue: { parent: { number: 1 } },
      },
    });
    const unlink = `mutation($issueId: ID!, $subIssueId: ID!) { removeSubIssue(input: { issueId: $issueId, subIssueId: $subIssueId }) { subIssue { parent { number } } } }`;
    expect(dataOf(world, unlink, variables)).toEqual({ removeSubIssue: { subIssue: { parent: null } } });
    const byUrl = `mutation($issueId: ID!) { addSubIssue(input: { issueId: $issueId, subIssueUrl: "http://sandbox.test/octo/harbor/issues/2" }) { subIssue { number } } }`;
    expect(dataOf(world, byUrl, variables)).toEqual({ addSubIssue: { subIssue: { number: 2 } } });
  });

  it('add and remove blockers', () => {
    const mutation = (name: string) =>
      `mutation { ${name}(input: { issueId: "${umbrella.nodeId}", blockingIssueId: "${child.nodeId}" }) { issue { issueDependenciesSummary { blockedBy } } blockingIssue { number } } }`;
    const answer = (blockedBy: number) => ({
      issue: { issueDependenciesSummary: { blockedBy } },
      blockingIssue: { number: 2 },
    });
    expect(dataOf(world, mutation('addBlockedBy'))).toEqual({ addBlockedBy: answer(1) });
    expect(dataOf(world, mutation('removeBlockedBy'))).toEqual({ removeBlockedBy: answer(0) });
  });

  it('open an issue as a child, with labels, assignee and type', () => {
    const harbor = world.repositories.get(HARBOR);
    const { repository } = dataOf(
      world,
      '{ repository(owner: "octo", name: "harbor") { issueType(name: "Bug") { id } } }',
    ) as {
      repository: { issueType: { id: string } };
    };
    const mutation = `mutation($input: CreateIssueInput!) { createIssue(input: $input) { issue { number title body parent { number }
      labels(first: 5) { nodes { name } } assignees(first: 5) { nodes { login } } issueType { name } author { login } } } }`;
    const input = {
      repositoryId: harbor?.nodeId,
      title: 'New',
      body: 'text',
      parentIssueId: umbrella.nodeId,
      labelIds: [harbor?.labels.get('lane:api')?.nodeId],
      assigneeIds: [world.accounts.get('noor')?.nodeId],
      issueTypeId: repository.issueType.id,
    };
    expect(dataOf(world, mutation, { input })).toEqual({
      createIssue: {
        issue: {
          number: 3,
          title: 'New',
          body: 'text',
          parent: { number: 1 },
          labels: { nodes: [{ name: 'lane:api' }] },
          assignees: { nodes: [{ login: 'noor' }] },
          issueType: { name: 'Bug' },
          author: { login: 'kim' },
        },
      },
    });
  });

  it('update, close and reopen an issue', () => {
    const update = `mutation { updateIssue(input: { id: "${child.nodeId}", title: "Renamed", state: CLOSED }) { issue { title state stateReason } } }`;
    expect(dataOf(world, update)).toEqual({
      updateIssue: { issue: { title: 'Renamed', state: 'CLOSED', stateReason: 'COMPLETED' } },
    });
    const reopen = `mutation { reopenIssue(input: { issueId: "${child.nodeId}" }) { issue { state } } }`;
    expect(dataOf(world, reopen)).toEqual({ reopenIssue: { issue: { state: 'OPEN' } } });
    const close = `mutation { closeIssue(input: { issueId: "${child.nodeId}", stateReason: NOT_PLANNED }) { issue { stateReason } } }`;
    expect(dataOf(world, close)).toEqual({ closeIssue: { issue: { stateReason: 'NOT_PLANNED' } } });
  });

  it('comment, and edit the own comment', () => {
    const add = `mutation { addComment(input: { subjectId: "${child.nodeId}", body: "first" }) { subject { id } commentEdge { node { id body viewerDidAuthor } } } }`;
    const { addComment } = dataOf(world, add) as { addComment: { commentEdge: { node: { id: string } } } };
    const { id } = addComment.commentEdge.node;
    expect(addComment).toEqual({
      subject: { id: child.nodeId },
      commentEdge: { node: { id, body: 'first', viewerDidAuthor: true } },
    });
    const edit = `mutation { updateIssueComment(input: { id: "${id}", body: "second" }) { issueComment { body } } }`;
    expect(dataOf(world, edit)).toEqual({ updateIssueComment: { issueComment: { body: 'second' } } });
  });
});

describe('a mutation that is not allowed', () => {
  const close = () => `mutation { closeIssue(input: { issueId: "${child.nodeId}" }) { issue { state } } }`;
  const forbidden = { data: { closeIssue: null }, errors: [{ type: 'FORBIDDEN', path: ['closeIssue'] }] };

  it('leaves the world as it is', () => {
    expect(ask(world, person('lena'), close())).toMatchObject(forbidden);
    expect(ask(world, installation(world, { issues: 'read' }), close())).toMatchObject(forbidden);
    expect(child.state).toBe('open');
  });

  it('lets strangers comment but not touch the words of others', () => {
    const comment = createComment(world, 'kim', { item: inHarbor(child), body: 'mine' });
    const add = `mutation { addComment(input: { subjectId: "${child.nodeId}", body: "hi" }) { subject { id } } }`;
    const edit = `mutation { updateIssueComment(input: { id: "${comment.nodeId}", body: "changed" }) { issueComment { body } } }`;
    expect(ask(world, person('lena'), add)).toEqual({ data: { addComment: { subject: { id: child.nodeId } } } });
    expect(ask(world, person('lena'), edit)).toMatchObject({
      data: { updateIssueComment: null },
      errors: [{ type: 'FORBIDDEN' }],
    });
    expect(comment.body).toBe('mine');
  });

  it("passes on GitHub's own limits", () => {
    const link = `mutation { addSubIssue(input: { issueId: "${umbrella.nodeId}", subIssueId: "${umbrella.nodeId}" }) { issue { id } } }`;
    expect(ask(world, person('kim'), link)).toMatchObject({
      data: { addSubIssue: null },
      errors: [{ type: 'UNPROCESSABLE' }],
    });
  });

  it('is refused when an id names something else', () => {
    const harbor = world.repositories.get(HARBOR)?.nodeId;
    expect(
      ask(world, person('kim'), `mutation { closeIssue(input: { issueId: "${harbor}" }) { issue { id } } }`),
    ).toMatchObject({
      data: { closeIssue: null },
      errors: [{ type: 'NOT_FOUND', message: `Could not resolve to Issue node with the global id of '${harbor}'.` }],
    });
  });
});
