import { describe, expect, it } from 'vitest';
import { refKey } from '../../src/core/task/identity.ts';
import type { GitHubClient } from '../../src/github/client.ts';
import { loadUmbrella } from '../../src/github/load-umbrella.ts';
import { setVisibility } from '../../src/sandbox/actions/change-repository.ts';
import { closeIssue } from '../../src/sandbox/actions/close-issue.ts';
import { setIssueField } from '../../src/sandbox/actions/set-issue-field.ts';
import { addCollaborator, addRepository, addUserToken } from '../../src/sandbox/create-world.ts';
import { addIssueField } from '../../src/sandbox/issue-fields.ts';
import type { World } from '../../src/sandbox/world.ts';
import { addChild, addPull, connect, HARBOR, harbor, operationsOf, UMBRELLA, umbrellaWorld } from './umbrella-world.ts';

const CONFIG = 'tasks: { artifacts: [{ field: Evidence, from: done, is: url }] }\n';
const LINK = 'https://ci.example/7';

/** Children that are done, with the fields Evidence (for all) and Effort (for members) to fill. */
function doneWorld(children: number, config: string | null = CONFIG): World {
  const world = umbrellaWorld(children);
  if (config !== null) world.repositories.get(HARBOR)?.files.set('.github/parasol.yml', config);
  addIssueField(world, { owner: 'octo', name: 'Evidence', visibility: 'all' });
  addIssueField(world, { owner: 'octo', name: 'Effort', type: 'number' });
  for (let number = 2; number < 2 + children; number += 1) closeIssue(world, 'kim', { item: harbor(number) });
  return world;
}

const set = (world: World, number: number, field: string, value: string | number) =>
  setIssueField(world, 'kim', { item: harbor(number), field, value });

const fieldsOf = async (client: GitHubClient, numbers: readonly number[]) => {
  const { tasks, gaps } = await loadUmbrella(client, UMBRELLA);
  expect(gaps).toEqual([]);
  return numbers.map((number) => tasks.get(refKey({ ...UMBRELLA, number }))?.issueFields);
};

/** The client, with something done to each question about issue fields before it is asked. */
const asking = (client: GitHubClient, change: (query: string) => string): GitHubClient => ({
  ...client,
  graphql: (query, variables, options) =>
    client.graphql(query.startsWith('query IssueFields') ? change(query) : query, variables, options),
});

describe('issue fields are read', () => {
  it('of those alone that lack a required field, in one call of one point', async () => {
    const world = doneWorld(3);
    set(world, 2, 'Evidence', LINK);
    set(world, 2, 'Effort', 2.5);
    addChild(world, { title: 'Not begun' });
    addChild(world, { title: 'Told in its form', body: `### Evidence\n\n${LINK}` });
    addChild(world, { title: 'Told in its pull request' });
    addPull(world, { title: 'Work', body: `Closes #7\n\nEvidence: ${LINK}`, branch: 'work' });
    for (const number of [6, 7]) closeIssue(world, 'kim', { item: harbor(number) });
    const { sandbox, client } = await connect(world);
    expect(await fieldsOf(client, [1, 2, 3, 4, 5, 6, 7])).toEqual([
      undefined,
      {
        known: true,
        value: [
          { name: 'Evidence', value: LINK, isMembersOnly: false },
          { name: 'Effort', value: '2.5', isMembersOnly: true },
        ],
      },
      { known: true, value: [] },
      { known: true, value: [] },
      undefined,
      undefined,
      undefined,
    ]);
    const asked = sandbox.requests.entries.filter(({ operation }) => operation === 'IssueFields');
    expect(asked.map(({ points }) => points)).toEqual([1]);
    expect(operationsOf(sandbox)[0]).toBe('Umbrella');
  });

  it('by the name of their preview, which GitHub may still ask for', async () => {
    const { client } = await connect(doneWorld(1));
    const features: (string | undefined)[] = [];
    const graphql: GitHubClient['graphql'] = (query, variables, options) => {
      if (query.startsWith('query IssueFields')) features.push(options?.feature);
      return client.graphql(query, variables, options);
    };
    await loadUmbrella({ ...client, graphql }, UMBRELLA);
    expect(features).toEqual(['issue_fields']);
  });

  it.each<[title: string, config: string | null]>([
    ['nothing is configured', null],
    ['nothing is required yet', 'tasks: { artifacts: [{ field: Evidence, from: dropped }] }'],
    ['the field counts in pull requests alone', 'tasks: { artifacts: [{ field: Evidence, in: pull_request }] }'],
  ])('not where %s: no call is added', async (_title, config) => {
    const { sandbox, client } = await connect(doneWorld(2, config));
    await loadUmbrella(client, UMBRELLA);
    expect(operationsOf(sandbox)).toEqual(['Umbrella', 'PullRequestSweep']);
  });

  it('of 100 children in one call beside the 12 points of the umbrella', async () => {
    const { sandbox, client } = await connect(doneWorld(100));
    await loadUmbrella(client, UMBRELLA);
    const costs = sandbox.requests.entries.map(({ operation, points }) => [operation, points]);
    expect(costs[0]).toEqual(['Umbrella', 12]);
    expect(costs.filter(([operation]) => operation === 'IssueFields')).toEqual([['IssueFields', 1]]);
  });
});

describe('what cannot be read is a gap of those children alone', () => {
  it('where one is hidden meanwhile', async () => {
    const world = doneWorld(1);
    const vault = addRepository(world, { owner: 'octo', name: 'vault' });
    const secret = addChild(world, { repository: 'octo/vault', title: 'Soon hidden' });
    closeIssue(world, 'kim', { item: secret });
    addCollaborator(world, vault, 'lena', 'write');
    addUserToken(world, { token: 'ravis-token', login: 'ravi' });
    const { client } = await connect(world, { token: 'ravis-token' });
    const hiding = asking(client, (query) => {
      setVisibility(world, 'lena', { repository: 'octo/vault', visibility: 'private' });
      return query;
    });
    const { tasks, gaps } = await loadUmbrella(hiding, UMBRELLA);
    expect([tasks.get('octo/harbor#2')?.issueFields, tasks.get('octo/vault#1')?.issueFields, gaps]).toEqual([
      { known: true, value: [] },
      {
        known: false,
        gap: { cause: 'forbidden', what: 'issue fields of octo/vault#1', permission: 'issues: read' },
      },
      [],
    ]);
  });

  it('where the server does not know them, which is asked once', async () => {
    const { sandbox, client } = await connect(doneWorld(30));
    const old = asking(client, (query) => query.replaceAll('issueFieldValues', 'fieldsOfALaterVersion'));
    const gap = { cause: 'not_supported', what: 'issue fields, which this GitHub server does not have' };
    expect(await fieldsOf(old, [2, 31])).toEqual([
      { known: false, gap },
      { known: false, gap },
    ]);
    expect(operationsOf(sandbox).filter((operation) => operation === 'IssueFields')).toHaveLength(1);
  });

  it('where GitHub does not answer', async () => {
    const { sandbox, client } = await connect(doneWorld(2));
    sandbox.faults.failNext({ status: 503, times: 50, match: { operation: 'IssueFields' } });
    const gap = { cause: 'unavailable', what: 'issue fields of 2 tasks' };
    expect(await fieldsOf(client, [2, 3])).toEqual([
      { known: false, gap },
      { known: false, gap },
    ]);
  });
});
