import type { Octokit } from '@octokit/rest';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openIssue } from '../../../src/sandbox/actions/open-issue.ts';
import { openPullRequest } from '../../../src/sandbox/actions/open-pull-request.ts';
import { pushCommits, pushToDefaultBranch, putFile } from '../../../src/sandbox/actions/push-commits.ts';
import { addRepository, advanceClock } from '../../../src/sandbox/create-world.ts';
import { type Running, runSmallWorld } from '../http/small-world.ts';

const PORT = { owner: 'harbor', repo: 'port' };
const HERE = { repository: 'harbor/port' };
const base64 = (text: string) => Buffer.from(text).toString('base64');

let running: Running;
let kim: Octokit;

beforeEach(async () => {
  running = await runSmallWorld();
  kim = running.as('kim-token');
});

afterEach(() => running.sandbox.close());

const statusOf = (asked: Promise<{ status: number }>) =>
  asked.then(
    ({ status }) => status,
    (error: { status: number }) => error.status,
  );

describe('files', () => {
  const put = (path: string, text: string, more: { sha?: string; branch?: string } = {}) =>
    kim.rest.repos.createOrUpdateFileContents({
      ...PORT,
      path,
      message: `Write ${path}`,
      content: base64(text),
      ...more,
    });

  test('are written with a commit on the default branch and read back', async () => {
    const written = await put('docs/plan ä.md', 'Größe\n');
    const { data } = await kim.rest.repos.getContent({ ...PORT, path: 'docs/plan ä.md' });
    const content = 'content' in data ? Buffer.from(data.content, 'base64').toString() : null;
    const head = await kim.rest.repos.getCommit({ ...PORT, ref: 'main' });
    expect([written.status, content, head.data.sha, head.data.commit.message]).toEqual([
      201,
      'Größe\n',
      written.data.commit.sha,
      'Write docs/plan ä.md',
    ]);
  });

  test('are replaced only by those who have seen them', async () => {
    const { data: read } = await kim.rest.repos.getContent({ ...PORT, path: 'README.md' });
    const sha = 'sha' in read ? read.sha : '';
    expect([
      await statusOf(put('README.md', 'mine')),
      await statusOf(put('README.md', 'mine', { sha: '0'.repeat(40) })),
      await statusOf(put('README.md', 'mine', { sha })),
      await statusOf(put('README.md', 'mine', { sha })),
      running.port.files.get('README.md'),
    ]).toEqual([422, 409, 200, 409, 'mine']);
  });

  test('are removed, and then gone', async () => {
    const { data: read } = await kim.rest.repos.getContent({ ...PORT, path: 'README.md' });
    const one = { ...PORT, path: 'README.md', message: 'Away', sha: 'sha' in read ? read.sha : '' };
    expect([await statusOf(kim.rest.repos.deleteFile(one)), await statusOf(kim.rest.repos.deleteFile(one))]).toEqual([
      200, 404,
    ]);
  });

  test('are listed by folder', async () => {
    await put('.github/ISSUE_TEMPLATE/task.yml', 'name: Task\n');
    await put('.github/CODEOWNERS', '* @kim\n');
    const { data } = await kim.rest.repos.getContent({ ...PORT, path: '.github' });
    expect(Array.isArray(data) ? data.map(({ name, type }) => [name, type]) : null).toEqual([
      ['CODEOWNERS', 'file'],
      ['ISSUE_TEMPLATE', 'dir'],
    ]);
  });

  test('live on the default branch only', async () => {
    const read = (ref: string) => statusOf(kim.rest.repos.getContent({ ...PORT, path: 'README.md', ref }));
    expect([await read('main'), await read('refs/heads/main'), await read('crane')]).toEqual([200, 200, 404]);
    expect(await statusOf(put('x', 'y', { branch: 'crane' }))).toBe(404);
  });
});

describe('branches and commits', () => {
  test('a branch or tag is made where a commit is, once', async () => {
    const head = running.port.branches.get('main') ?? '';
    const make = (ref: string, sha: string) => statusOf(kim.rest.git.createRef({ ...PORT, ref, sha }));
    expect([
      await make('refs/heads/quay', head),
      await make('refs/heads/quay', head),
      await make('refs/heads/tide', '0'.repeat(40)),
      await make('refs/tags/v1', head),
      await make('refs/notes/v1', head),
      await statusOf(kim.rest.git.getRef({ ...PORT, ref: 'heads/quay' })),
      await statusOf(kim.rest.git.getRef({ ...PORT, ref: 'heads/tide' })),
    ]).toEqual([201, 422, 422, 201, 422, 200, 404]);
  });

  test('history goes from a ref backwards, newest first, between two times, for one author', async () => {
    for (const [index, author] of ['kim', 'ravi', 'kim'].entries()) {
      advanceClock(running.world, 60);
      pushToDefaultBranch(running.world, author, { ...HERE, commits: [`commit ${index + 1}`] });
    }
    const messages = async (options: {
      sha?: string;
      path?: string;
      since?: string;
      until?: string;
      author?: string;
    }) => {
      const { data } = await kim.rest.repos.listCommits({ ...PORT, ...options });
      return data.map(({ commit }) => commit.message);
    };
    const since = '2026-03-02T09:02:00Z';
    expect((await messages({})).slice(0, 3)).toEqual(['commit 3', 'commit 2', 'commit 1']);
    expect(await messages({ since })).toEqual(['commit 3', 'commit 2']);
    expect(await messages({ since, until: since })).toEqual(['commit 2']);
    expect(await messages({ author: 'ravi' })).toEqual(['commit 2']);
    putFile(running.world, 'ravi', { ...HERE, path: 'docs/tide.md', text: 'high\n' });
    putFile(running.world, 'ravi', { ...HERE, path: 'quay.md', text: 'long\n' });
    expect(await messages({ path: 'docs/tide.md' })).toEqual(['Create docs/tide.md']);
    expect(await statusOf(kim.rest.repos.listCommits({ ...PORT, sha: 'nowhere' }))).toBe(404);
    expect(await statusOf(kim.rest.repos.getCommit({ ...PORT, ref: 'nowhere' }))).toBe(422);
  });

  test('are compared: what one side has and the other has not, oldest first', async () => {
    const push = (commits: string[], forced: boolean) =>
      pushCommits(running.world, 'ravi', { ...HERE, branch: 'crane', commits, forced });
    const before = push(['Lift', 'Lower'], false);
    const after = push(['Swing'], true);
    const compare = async (basehead: string) => {
      const { data } = await kim.rest.repos.compareCommitsWithBasehead({ ...PORT, basehead });
      return [data.status, data.commits.map(({ commit }) => commit.message), data.behind_by];
    };
    expect(await compare(`${after}...${before}`)).toEqual(['diverged', ['Lift', 'Lower'], 1]);
    expect(await compare(`main...${after}`)).toEqual(['ahead', ['Swing'], 0]);
    expect(await compare(`${after}...main`)).toEqual(['behind', [], 1]);
    expect(await compare('main...main')).toEqual(['identical', [], 0]);
    const nowhere = kim.rest.repos.compareCommitsWithBasehead({ ...PORT, basehead: 'main...nowhere' });
    expect(await statusOf(nowhere)).toBe(404);
  });
});

describe('pull requests', () => {
  beforeEach(() => {
    openIssue(running.world, 'kim', { ...HERE, title: 'Quay' });
    openPullRequest(running.world, 'ravi', {
      ...HERE,
      title: 'Crane',
      branch: 'crane',
      body: 'Closes #1',
      files: [{ path: 'a.ts' }],
    });
  });

  const one = { ...PORT, pull_number: 2 };

  test('are listed by state, base and head', async () => {
    const numbers = async (options: object) =>
      (await kim.rest.pulls.list({ ...PORT, ...options })).data.map(({ number }) => number);
    expect([
      await numbers({}),
      await numbers({ head: 'harbor:crane' }),
      await numbers({ head: 'ravi:crane' }),
      await numbers({ base: 'release' }),
      await numbers({ state: 'closed' }),
    ]).toEqual([[2], [2], [], [], []]);
  });

  test('merge once, only at the head seen, and close what they promised', async () => {
    const statuses = [
      await statusOf(kim.rest.pulls.checkIfMerged(one)),
      await statusOf(kim.rest.pulls.merge({ ...one, sha: '0'.repeat(40) })),
      await statusOf(kim.rest.pulls.merge({ ...one, merge_method: 'squash' })),
      await statusOf(kim.rest.pulls.merge(one)),
      await statusOf(kim.rest.pulls.checkIfMerged(one)),
    ];
    expect(statuses).toEqual([404, 409, 200, 405, 204]);
    expect(running.port.issues.get(1)).toMatchObject({ state: 'closed', stateReason: 'completed' });
  });

  test('are found by each commit that they brought, and by the merge', async () => {
    const pull = running.port.pullRequests.get(2);
    const found = async (sha: string | null | undefined) => {
      const { data } = await kim.rest.repos.listPullRequestsAssociatedWithCommit({ ...PORT, commit_sha: sha ?? '' });
      return data.map(({ number }) => number);
    };
    const before = await found(pull?.headSha);
    await kim.rest.pulls.merge(one);
    expect([before, await found(pull?.headSha), await found(pull?.mergeCommitSha), await found(pull?.baseSha)]).toEqual(
      [[2], [2], [2], []],
    );
  });

  test('are opened only from and to branches that are there, and once', async () => {
    const open = (head: string, base: string) => statusOf(kim.rest.pulls.create({ ...PORT, title: 'x', head, base }));
    expect([
      await open('nowhere', 'main'),
      await open('crane', 'nowhere'),
      await open('ghost:crane', 'main'),
      await open('crane', 'main'),
    ]).toEqual([422, 422, 422, 422]);
  });

  test('from a fork name its owner; a hidden fork shows only to those who see it', async () => {
    const fork = addRepository(running.world, { owner: 'lena', name: 'port', forkOf: 'harbor/port' });
    fork.branches.set('buoy', running.port.branches.get('main') ?? '');
    const open = () => kim.rest.pulls.create({ ...PORT, title: 'Buoy', head: 'lena:buoy', base: 'main' });
    fork.visibility = 'private';
    const refused = await statusOf(open());
    fork.visibility = 'public';
    const { data: opened } = await open();
    fork.visibility = 'private';
    const seenBy = async (login: string) => {
      const { data } = await running.as(`${login}-token`).rest.pulls.get({ ...PORT, pull_number: opened.number });
      return [data.head.label, data.head.repo?.full_name ?? null];
    };
    expect([refused, await seenBy('kim'), await seenBy('lena')]).toEqual([
      422,
      ['lena:buoy', null],
      ['lena:buoy', 'lena/port'],
    ]);
  });

  test('are reviewed with an event, by others than their author', async () => {
    const review = (login: string, event?: 'APPROVE' | 'REQUEST_CHANGES') =>
      statusOf(
        running.as(`${login}-token`).rest.pulls.createReview({ ...one, body: 'seen', ...(event ? { event } : {}) }),
      );
    expect([await review('ravi', 'APPROVE'), await review('kim'), await review('kim', 'REQUEST_CHANGES')]).toEqual([
      422, 422, 200,
    ]);
    const { data } = await kim.rest.pulls.listReviews(one);
    expect(data.map(({ state, user }) => [state, user?.login])).toEqual([['CHANGES_REQUESTED', 'kim']]);
  });

  test('ask for reviews and take it back', async () => {
    const { data: asked } = await kim.rest.pulls.requestReviewers({ ...one, reviewers: ['kim'] });
    const stranger = statusOf(kim.rest.pulls.requestReviewers({ ...one, reviewers: ['lena'] }));
    const { data: left } = await kim.rest.pulls.removeRequestedReviewers({ ...one, reviewers: ['kim'] });
    expect([asked.requested_reviewers?.length, await stranger, left.requested_reviewers]).toEqual([1, 422, []]);
  });

  test('a draft is edited by its author, not by a passer-by', async () => {
    const edit = (login: string) =>
      statusOf(running.as(`${login}-token`).rest.pulls.update({ ...one, title: `by ${login}` }));
    expect([await edit('ravi'), await edit('noor'), await edit('kim')]).toEqual([200, 403, 200]);
    const { data } = await kim.rest.pulls.update({ ...one, state: 'closed' });
    expect([data.title, data.state, data.merged]).toEqual(['by kim', 'closed', false]);
  });
});

describe('statuses', () => {
  test('the newest of each context counts for the whole', async () => {
    const sha = running.port.branches.get('main') ?? '';
    const report = (context: string, state: 'success' | 'failure') =>
      kim.rest.repos.createCommitStatus({ ...PORT, sha, context, state });
    await report('build', 'failure');
    await report('lint', 'success');
    const { data: before } = await kim.rest.repos.getCombinedStatusForRef({ ...PORT, ref: 'main' });
    await report('build', 'success');
    const { data: after } = await kim.rest.repos.getCombinedStatusForRef({ ...PORT, ref: sha.slice(0, 9) });
    const { data: all } = await kim.rest.repos.listCommitStatusesForRef({ ...PORT, ref: 'heads/main' });
    expect([before.state, after.state, after.total_count, all.map(({ context }) => context)]).toEqual([
      'failure',
      'success',
      2,
      ['build', 'lint', 'build'],
    ]);
  });
});
