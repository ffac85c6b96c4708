import { beforeEach, describe, expect, it } from 'vitest';
import type { Change } from '../../src/core/change.ts';
import { applyChange } from '../../src/github/apply-change.ts';
import { closeIssue } from '../../src/sandbox/actions/close-issue.ts';
import { openIssue } from '../../src/sandbox/actions/open-issue.ts';
import { addAccount, addLabel, addMilestone } from '../../src/sandbox/create-world.ts';
import type { IssueRecord, World } from '../../src/sandbox/world.ts';
import { connect, HARBOR, harbor, operationsOf, UMBRELLA, umbrellaWorld } from './umbrella-world.ts';

const REPOSITORY = { owner: 'octo', repo: 'harbor' };
const on = { ...REPOSITORY, number: 2 };

const creation = {
  kind: 'create_issue',
  repository: REPOSITORY,
  parent: UMBRELLA,
  key: 'api/1',
  title: 'Build the pier',
  body: 'With care.',
  labels: [] as readonly string[],
  assignees: [] as readonly string[],
  milestone: null as string | null,
  issueType: null as string | null,
} as const;

let world: World;
const issue = (number: number): IssueRecord => {
  const found = world.repositories.get(HARBOR)?.issues.get(number);
  if (found === undefined) throw new Error(`no issue ${number}`);
  return found;
};

beforeEach(() => {
  world = umbrellaWorld(1);
});

describe('a new issue', () => {
  it('is opened as a child with all that it carries, by one question and one mutation', async () => {
    const repository = world.repositories.get(HARBOR);
    if (repository === undefined) throw new Error('no repository');
    addLabel(world, repository, { name: 'lane:api' });
    addMilestone(world, repository, { title: 'Spring' });
    repository.issueTypes.add('Task');
    const { sandbox, client } = await connect(world);
    const change = { ...creation, labels: ['Lane:API'], assignees: ['Ravi'], milestone: 'Spring', issueType: 'Task' };
    const made = await applyChange(client, change);
    expect(made).toEqual({
      outcome: 'applied',
      url: `${sandbox.url}/octo/harbor/issues/3`,
      id: issue(3).id,
      issue: { ...REPOSITORY, number: 3 },
    });
    expect(issue(3)).toMatchObject({
      title: 'Build the pier',
      body: '<!-- parasol:issue v1 api/1 -->\nWith care.',
      labels: new Set(['lane:api']),
      assignees: new Set(['ravi']),
      milestone: 1,
      issueType: 'Task',
      parent: harbor(1),
      author: 'kim',
    });
    expect(operationsOf(sandbox)).toEqual(['NewIssueParts', 'CreateIssue']);
  });

  it('is not opened twice: its key is found among the children', async () => {
    const { sandbox, client } = await connect(world);
    await applyChange(client, creation);
    const again = await applyChange(client, creation);
    expect(again).toEqual({ outcome: 'already_there', url: null, id: null, issue: { ...REPOSITORY, number: 3 } });
    expect(sandbox.requests.writes()).toHaveLength(1);
  });

  it('without a parent is found among the newest of the repository', async () => {
    const { client } = await connect(world);
    const alone = { ...creation, parent: null };
    const first = await applyChange(client, alone);
    expect([first.outcome, (await applyChange(client, alone)).issue]).toEqual(['applied', first.issue]);
  });

  it("is opened all the same when somebody else's issue carries the key", async () => {
    const forged = openIssue(world, 'ravi', {
      repository: HARBOR,
      title: 'x',
      body: '<!-- parasol:issue v1 api/1 -->',
    });
    const { client } = await connect(world);
    await applyChange(client, {
      kind: 'add_sub_issue',
      parent: UMBRELLA,
      child: { ...on, number: forged.number },
      replaceParent: false,
    });
    expect(await applyChange(client, creation)).toMatchObject({ outcome: 'applied' });
  });

  it('is refused before anything is written where something is missing, and all of it is named', async () => {
    addAccount(world, { login: 'tomas' });
    const { sandbox, client } = await connect(world);
    const change = {
      ...creation,
      labels: ['lane:api'],
      assignees: ['tomas'],
      milestone: 'Spring',
      issueType: 'Voyage',
    };
    await expect(applyChange(client, change)).rejects.toMatchObject({
      code: 'not_found',
      message:
        'octo/harbor has no label "lane:api", nobody named "tomas" who can be assigned, no open milestone "Spring", no issue type "Voyage"; no issue was opened.',
    });
    expect(sandbox.requests.writes()).toEqual([]);
  });

  it('is refused under a closed umbrella, under a full one and under none', async () => {
    const { sandbox, client } = await connect(world);
    closeIssue(world, 'kim', { item: harbor(1) });
    await expect(applyChange(client, creation)).rejects.toMatchObject({
      code: 'usage',
      message: 'octo/harbor#1 is closed; "Build the pier" was not opened under it.',
    });
    const gone = { ...creation, parent: { ...UMBRELLA, number: 99 } };
    await expect(applyChange(client, gone)).rejects.toMatchObject({
      code: 'not_found',
      message: 'octo/harbor#99 does not exist, or is no issue; no issue was opened.',
    });
    const full = await connect(umbrellaWorld(100));
    await expect(applyChange(full.client, creation)).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining('octo/harbor#1 has 100 children'),
    });
    expect([sandbox.requests.writes(), full.sandbox.requests.writes()]).toEqual([[], []]);
  });

  it('is sent once: an outage is told and not tried again', async () => {
    const { sandbox, client } = await connect(world);
    sandbox.faults.failNext({ status: 502, match: { operation: 'CreateIssue' } });
    await expect(applyChange(client, creation)).rejects.toMatchObject({ code: 'github_unavailable' });
    expect(operationsOf(sandbox)).toEqual(['NewIssueParts', 'CreateIssue']);
  });

  it("of a title that GitHub refuses is told in GitHub's words", async () => {
    const { client } = await connect(world);
    await expect(applyChange(client, { ...creation, title: 'x'.repeat(300) })).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining('title is too long'),
    });
  });
});

describe('the text of an issue', () => {
  it('is replaced where the expected one still stands', async () => {
    const { client } = await connect(world);
    const edit = { kind: 'update_issue_body', on, expected: '', body: 'new' } as const;
    expect(await applyChange(client, edit)).toMatchObject({ outcome: 'applied' });
    expect(issue(2).body).toBe('new');
    expect(await applyChange(client, edit)).toMatchObject({ outcome: 'already_there' });
  });

  it('that a person changed meanwhile stays', async () => {
    issue(2).body = 'by hand';
    const { sandbox, client } = await connect(world);
    expect(await applyChange(client, { kind: 'update_issue_body', on, expected: 'old', body: 'new' })).toEqual({
      outcome: 'changed_meanwhile',
      url: null,
      id: null,
    });
    expect([issue(2).body, sandbox.requests.writes()]).toEqual(['by hand', []]);
  });
});

describe('state and people', () => {
  const steps: readonly (readonly [Change, Partial<IssueRecord>])[] = [
    [
      { kind: 'close_issue', on, reason: 'not_planned' },
      { state: 'closed', stateReason: 'not_planned' },
    ],
    [{ kind: 'reopen_issue', on }, { state: 'open' }],
    [{ kind: 'add_assignee', on, login: 'noor' }, { assignees: new Set(['noor']) }],
    [{ kind: 'remove_assignee', on, login: 'Noor' }, { assignees: new Set() }],
  ];

  it('change once; a second time they are so already', async () => {
    const { sandbox, client } = await connect(world);
    for (const [change, after] of steps) {
      expect(await applyChange(client, change)).toMatchObject({ outcome: 'applied' });
      expect(issue(2)).toMatchObject(after);
      expect(await applyChange(client, change)).toMatchObject({ outcome: 'already_there' });
    }
    expect(sandbox.requests.writes()).toHaveLength(steps.length);
  });

  it('of an issue that is gone are reported as vanished', async () => {
    const { client } = await connect(world);
    for (const [change] of steps) {
      const elsewhere = { ...change, on: { ...on, number: 99 } } as Change;
      expect(await applyChange(client, elsewhere)).toEqual({ outcome: 'vanished', url: null, id: null });
    }
  });

  it('somebody without access is not silently passed over', async () => {
    addAccount(world, { login: 'tomas' });
    const { client } = await connect(world);
    await expect(applyChange(client, { kind: 'add_assignee', on, login: 'tomas' })).rejects.toMatchObject({
      code: 'usage',
      message: 'GitHub did not assign tomas to octo/harbor#2: only people with access to octo/harbor can be.',
    });
  });
});
