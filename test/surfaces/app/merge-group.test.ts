import { afterEach, describe, expect, test } from 'vitest';
import { destroyMergeGroup } from '../../../src/sandbox/actions/destroy-merge-group.ts';
import { mergePullRequest } from '../../../src/sandbox/actions/merge-pull-request.ts';
import { openPullRequest } from '../../../src/sandbox/actions/open-pull-request.ts';
import { pushCommits } from '../../../src/sandbox/actions/push-commits.ts';
import { reportCheckRun } from '../../../src/sandbox/actions/report-checks.ts';
import { requestMergeGroup } from '../../../src/sandbox/actions/request-merge-group.ts';
import { advanceClock } from '../../../src/sandbox/clock.ts';
import type { PullRequestRecord } from '../../../src/sandbox/world.ts';
import { APP_MANIFEST, at, buildTestWorld, KEY, sendWebhook, startTestApp, type TestApp } from './test-app.ts';

let app: TestApp;
afterEach(() => app.close());

const modes = (risk: string, readiness: string) =>
  `version: 1\nrisk: { mode: ${risk} }\nreadiness: { mode: ${readiness} }\n`;
const start = async (config: string, options: Parameters<typeof buildTestWorld>[0] = {}) => {
  app = await startTestApp(buildTestWorld({ children: 0, config, ...options }));
};
const open = (branch: string) =>
  openPullRequest(app.world, 'kim', { repository: KEY, title: `Merge ${branch}`, branch });
const checksOf = (sha: string) =>
  (app.repository.commits.get(sha)?.checkRuns ?? []).map(({ name, conclusion, output }) => ({
    name,
    conclusion,
    title: output?.title,
  }));
async function queue(pull: PullRequestRecord) {
  const group = requestMergeGroup(app.world, 'kim', { item: at(pull) });
  await app.settle();
  return checksOf(group.headSha);
}
const MERGED = { name: 'parasol/risk', title: 'The merge queue has merged it' };

describe('on the head of a merge group', () => {
  test.each([
    ['enforce', 'success'],
    ['comment', 'neutral'],
  ])('with %s every check of ours that may be required stands, %s', async (mode, conclusion) => {
    await start(modes(mode, mode));
    const pull = open('fix');
    expect(await queue(pull)).toEqual([
      { ...MERGED, conclusion },
      { name: 'parasol/readiness', title: `#${pull.number} ships no release branch`, conclusion },
    ]);
    expect(app.log).toEqual([]);
  });

  test.each([
    ['off', 'enforce', ['parasol/readiness']],
    ['enforce', 'observe', ['parasol/risk']],
    ['observe', 'off', []],
  ])('with risk %s and readiness %s stands what may be required', async (risk, readiness, names) => {
    await start(modes(risk, readiness));
    expect((await queue(open('fix'))).map(({ name }) => name)).toEqual(names);
  });

  test('the verdict of a release branch stands where the group ships it', async () => {
    await start(modes('off', 'enforce'));
    pushCommits(app.world, 'kim', { repository: KEY, branch: 'release/3.1', commits: ['Freeze'] });
    advanceClock(app.world, 60);
    const fix = { repository: KEY, title: 'Mend the lamps', branch: 'lamps', base: 'release/3.1' };
    mergePullRequest(app.world, 'kim', { item: at(openPullRequest(app.world, 'kim', fix)) });
    const pull = open('release/3.1');
    reportCheckRun(app.world, 'kim', { repository: KEY, sha: pull.headSha, name: 'unit', conclusion: 'failure' });
    expect(await queue(pull)).toEqual([
      { name: 'parasol/readiness', conclusion: 'failure', title: 'No-go: Base CI (1)' },
    ]);
  });

  test('nothing passes that nobody can tell: the release branch moved since it was queued', async () => {
    await start(modes('off', 'enforce'));
    const pull = open('release/3.1');
    await app.settle();
    app.repository.branches.set('release/3.1', app.repository.branches.get('main') ?? '');
    expect(await queue(pull)).toMatchObject([
      { conclusion: 'action_required', title: expect.stringContaining('Unknown: release/3.1 moved from') },
    ]);
  });

  test('nothing passes that nobody can tell: the queue names no pull request, or one that is not there', async () => {
    await start(modes('off', 'enforce'));
    const [head = ''] = [app.repository.branches.get('main')];
    const sent = async (branch: string) => {
      const merge_group = {
        head_sha: head,
        head_ref: `refs/heads/${branch}`,
        base_sha: head,
        base_ref: 'refs/heads/main',
      };
      const repository = { name: 'harbor', owner: { login: 'octo' }, default_branch: 'main' };
      const installation = { id: app.installation.id };
      await sendWebhook(app.server, 'merge_group', {
        action: 'checks_requested',
        merge_group,
        repository,
        installation,
      });
      await app.settle();
      return checksOf(head);
    };
    expect(await sent('elsewhere')).toEqual([
      {
        name: 'parasol/readiness',
        conclusion: 'action_required',
        title: "Unknown: the queue's branch names no pull request",
      },
    ]);
    expect(await sent(`gh-readonly-queue/main/pr-99-${head}`)).toMatchObject([
      { conclusion: 'action_required', title: 'Unknown: #99 cannot be read' },
    ]);
  });

  test('stands nothing once the group is over, and the next group of the same pull request is answered', async () => {
    await start(modes('enforce', 'enforce'));
    const pull = open('fix');
    await app.settle();
    app.sandbox.faults.hangNext({ ms: 1000, match: { operation: 'Config' } });
    const group = requestMergeGroup(app.world, 'kim', { item: at(pull) });
    await app.sender.settled();
    destroyMergeGroup(app.world, 'kim', { repository: KEY, group, reason: 'dequeued' });
    await app.settle();
    expect({ checks: checksOf(group.headSha), log: app.log }).toEqual({ checks: [], log: [] });
    advanceClock(app.world, 60);
    expect(await queue(pull)).toHaveLength(2);
  });

  test('stands nothing where GitHub tells of the end before it tells of the beginning', async () => {
    await start(modes('enforce', 'enforce'));
    const pull = open('fix');
    await app.settle();
    app.sender.faults.reorder(4);
    const group = requestMergeGroup(app.world, 'kim', { item: at(pull) });
    destroyMergeGroup(app.world, 'kim', { repository: KEY, group, reason: 'invalidated' });
    await app.settle();
    const told = app.sender.log.flatMap(({ event, action }) => (event === 'merge_group' ? [action] : []));
    expect(told).toEqual(['destroyed', 'checks_requested']);
    expect({ checks: checksOf(group.headSha), log: app.log }).toEqual({ checks: [], log: [] });
  });

  test('stands what is missing where the queue asked while the App was away', async () => {
    const built = buildTestWorld({ children: 0, config: modes('enforce', 'enforce') });
    const pulls = ['fix', 'other'].map((branch) =>
      openPullRequest(built.world, 'kim', { repository: KEY, title: branch, branch }),
    );
    const groups = pulls.map((pull) => requestMergeGroup(built.world, 'kim', { item: at(pull) }));
    let writes: readonly (string | null)[] = [];
    const restart = async () => {
      app = await startTestApp(built, {}, (sandbox) => {
        writes = sandbox.requests.writes().map(({ operation }) => operation);
      });
      return groups.map(({ headSha }) => checksOf(headSha).map(({ name }) => name));
    };
    const both = ['parasol/risk', 'parasol/readiness'];
    expect(await restart()).toEqual([both, both]);
    expect(checksOf(groups[0]?.headSha ?? '')).toMatchObject([
      MERGED,
      { title: `#${pulls[0]?.number} ships no release branch` },
    ]);
    await app.close();
    built.repository.commits.get(groups[1]?.headSha ?? '')?.checkRuns.pop();
    expect(await restart()).toEqual([both, both]);
    expect(app.log).toEqual([]);
    expect(writes).toEqual(['checks/create']);
  });

  test('nothing stands without the permission merge_queues: GitHub tells of no group', async () => {
    const { merge_queues: _, ...permissions } = APP_MANIFEST.default_permissions;
    await start(modes('enforce', 'enforce'), { permissions });
    expect(await queue(open('fix'))).toEqual([]);
    expect(app.sender.log.map(({ event }) => event)).not.toContain('merge_group');
  });
});
