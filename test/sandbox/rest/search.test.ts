import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { closeIssue } from '../../../src/sandbox/actions/close-issue.ts';
import { openIssue } from '../../../src/sandbox/actions/open-issue.ts';
import { openPullRequest } from '../../../src/sandbox/actions/open-pull-request.ts';
import { type Running, runSmallWorld } from '../http/small-world.ts';

let running: Running;

beforeAll(async () => {
  running = await runSmallWorld({ limits: { searchPerMinute: 1000 } });
  const { world } = running;
  const here = { repository: 'harbor/port' };
  openIssue(world, 'kim', { ...here, title: 'Build the quay', labels: ['lane:api'], assignees: ['ravi'] });
  openIssue(world, 'noor', { ...here, title: 'Paint', body: 'the quay wall' });
  closeIssue(world, 'kim', { item: { ...here, number: 2 } });
  openPullRequest(world, 'ravi', { ...here, title: 'Quay crane', branch: 'crane', draft: true });
  openIssue(world, 'kim', { repository: 'harbor/vault', title: 'Secret quay' });
});

afterAll(() => running.sandbox.close());

const search = async (q: string, token: string | null = 'noor-token') => {
  const { data } = await running.as(token).rest.search.issuesAndPullRequests({ q, order: 'asc' });
  return data.items.map(({ title }) => title);
};

describe('search', () => {
  test.each([
    ['quay', ['Build the quay', 'Paint', 'Quay crane']],
    ['quay in:title', ['Build the quay', 'Quay crane']],
    ['"the quay" in:body', ['Paint']],
    ['repo:harbor/port is:issue is:open', ['Build the quay']],
    ['repo:HARBOR/port state:closed', ['Paint']],
    ['org:harbor is:pr is:draft', ['Quay crane']],
    ['is:merged', []],
    ['label:"lane:api"', ['Build the quay']],
    ['author:noor', ['Paint']],
    ['assignee:ravi', ['Build the quay']],
    ['quay -is:pr', ['Build the quay', 'Paint']],
  ])('finds by %s', async (query, titles) => {
    expect(await search(query)).toEqual(titles);
  });

  test('finds in private repositories only for those who see them', async () => {
    expect([await search('secret', 'kim-token'), await search('secret'), await search('secret', null)]).toEqual([
      ['Secret quay'],
      [],
      [],
    ]);
  });

  test.each(['milestone:v1', 'is:locked', ''])('refuses "%s" rather than ignoring it', async (query) => {
    await expect(search(query)).rejects.toMatchObject({ status: 422 });
  });

  test('comes in pages and counts against its own budget', async () => {
    const { data, headers } = await running
      .as('kim-token')
      .rest.search.issuesAndPullRequests({ q: 'quay', per_page: 1 });
    expect([data.total_count, data.items.length, headers['x-ratelimit-resource']]).toEqual([4, 1, 'search']);
    expect(headers.link).toContain('rel="last"');
  });
});
