import { beforeEach, describe, expect, it } from 'vitest';
import { closeIssue } from '../../../src/sandbox/actions/close-issue.ts';
import { createComment } from '../../../src/sandbox/actions/comment.ts';
import { openIssue } from '../../../src/sandbox/actions/open-issue.ts';
import { advanceClock } from '../../../src/sandbox/create-world.ts';
import type { World } from '../../../src/sandbox/world.ts';
import { ask, person } from './ask.ts';
import { HARBOR, harborWorld, inHarbor, pullRequest, VAULT } from './harbor-world.ts';

let world: World;

/** Numbers of what a search finds, in its order. */
const find = (text: string, login = 'kim') => {
  const query = `query($text: String!) { search(query: $text, type: ISSUE, first: 50) { issueCount nodes { ... on Issue { number } ... on PullRequest { number } } } }`;
  const { data } = ask(world, person(login), query, { text }) as {
    data: { search: { issueCount: number; nodes: { number: number }[] } };
  };
  expect(data.search.issueCount).toBe(data.search.nodes.length);
  return data.search.nodes.map(({ number }) => number);
};

beforeEach(() => {
  world = harborWorld();
  const first = openIssue(world, 'kim', {
    repository: HARBOR,
    title: 'P1.M1.T1: Build the quay',
    labels: ['lane:api'],
  });
  advanceClock(world, 86_400);
  openIssue(world, 'ravi', {
    repository: HARBOR,
    title: 'P1.M1.T10: Paint it',
    body: 'after the quay',
    assignees: ['noor'],
  });
  const third = pullRequest(world, 'Build', { draft: true, commits: ['work'], labels: ['lane:docs'] });
  openIssue(world, 'kim', { repository: VAULT, title: 'The quay is secret' });
  createComment(world, 'kim', { item: inHarbor(third), body: 'needs the quay' });
  closeIssue(world, 'kim', { item: inHarbor(first) });
});

describe('search', () => {
  it.each([
    [`repo:${HARBOR} is:issue`, [2, 1]],
    [`repo:${HARBOR} is:pr`, [3]],
    [`repo:${HARBOR} type:pr draft:true`, [3]],
    [`repo:${HARBOR} quay sort:created-asc`, [1, 2, 3]],
    [`repo:${HARBOR} quay in:title`, [1]],
    [`repo:${HARBOR} "P1.M1.T1" in:title`, [1]],
    [`repo:${HARBOR} "the quay" in:title,body is:issue`, [2, 1]],
    [`repo:${HARBOR} is:issue -quay in:title`, [2]],
    [`repo:${HARBOR} is:open is:issue`, [2]],
    [`repo:${HARBOR} state:closed`, [1]],
    [`repo:${HARBOR} label:"lane:api","lane:docs"`, [3, 1]],
    [`repo:${HARBOR} -label:lane:api is:issue`, [2]],
    [`repo:${HARBOR} author:ravi is:issue`, [2]],
    [`repo:${HARBOR} assignee:noor`, [2]],
    [`repo:${HARBOR} head:Build base:main`, [3]],
    [`repo:${HARBOR} created:2026-05-04`, [1]],
    [`repo:${HARBOR} created:>2026-05-04 is:issue`, [2]],
    [`repo:${HARBOR} updated:>=2026-05-05T09:00:00Z is:issue sort:created-asc`, [1, 2]],
    [`repo:${HARBOR} closed:2026-05-01..2026-05-04`, []],
    ['org:octo quay in:title', [1, 1]],
    [`repo:${HARBOR} repo:${VAULT} quay in:title`, [1, 1]],
  ])('finds by %s', (text, expected) => {
    expect(find(text)).toEqual(expected);
  });

  it('neither shows nor counts what the viewer may not see', () => {
    expect(find('org:octo quay in:title', 'lena')).toEqual([1]);
  });

  it('finds the pull requests of a commit', () => {
    const sha = world.repositories.get(HARBOR)?.pullRequests.get(3)?.headSha ?? '';
    expect([find(`sha:${sha}`), find(`sha:${sha.slice(0, 7)}`), find(`sha:${sha.slice(0, 6)}`)]).toEqual([
      [3],
      [3],
      [],
    ]);
  });
});
