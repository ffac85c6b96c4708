import { describe, expect, test } from 'vitest';
import { mergePullRequest } from '../../src/sandbox/actions/merge-pull-request.ts';
import { pushCommits } from '../../src/sandbox/actions/push-commits.ts';
import { createRelease, createTag } from '../../src/sandbox/actions/release.ts';
import { setClock } from '../../src/sandbox/clock.ts';
import type { World } from '../../src/sandbox/world.ts';
import { loadScope, readinessWorld } from './readiness-world.ts';
import { ALL_PERMISSIONS, addAppToken, addPull, HARBOR, harbor } from './umbrella-world.ts';

/** #5 was merged before v3.0; #7 after it, for the task #4; #8 into the release branch, which left main at v3.0. */
function releasedWorld(): World {
  const world = readinessWorld();
  setClock(world, '2026-03-06T09:00:00Z');
  createRelease(world, 'kim', { repository: HARBOR, tag: 'v3.0' });
  pushCommits(world, 'kim', { repository: HARBOR, branch: 'release/3.0', commits: ['Begin the release branch'] });
  setClock(world, '2026-03-08T09:00:00Z');
  addPull(world, { title: 'Old gate', body: 'Fixes #4', branch: 'old-gate' });
  mergePullRequest(world, 'kim', { item: harbor(7) });
  addPull(world, { title: 'Mend the hinge', branch: 'hinge', base: 'release/3.0' });
  mergePullRequest(world, 'kim', { item: harbor(8) });
  return world;
}

const key = (number: number) => `octo/harbor#${number}`;

describe('what was merged', () => {
  test.each([
    [undefined, 'since:v3.0', 'main', [4], [7]],
    ['since:v3.0', 'since:v3.0', 'main', [4], [7]],
    ['branch:release/3.0', 'branch:release/3.0', 'release/3.0', [], [8]],
  ])('%s', async (asked, selector, baseBranch, tasks, pullRequests) => {
    const { loaded } = await loadScope(releasedWorld(), asked);
    expect(loaded.scope).toMatchObject({ selector, baseBranch });
    expect([[...loaded.tasks], [...loaded.pullRequests].sort()]).toEqual([tasks.map(key), pullRequests.map(key)]);
    expect(loaded.work.gaps).toEqual([]);
  });

  test('before a tag on a release branch, but after that branch left the base, is in scope', async () => {
    const world = releasedWorld();
    setClock(world, '2026-03-10T09:00:00Z');
    createTag(world, { repository: HARBOR, name: 'v3.0.1', branch: 'release/3.0' });
    const { loaded } = await loadScope(world, 'since:v3.0.1');
    expect([...loaded.pullRequests]).toEqual([key(7)]);
  });

  test('is that of the last 30 days where there is no release and no tag', async () => {
    const { loaded } = await loadScope(readinessWorld(), undefined);
    expect(loaded.scope).toMatchObject({ selector: 'since:30d', title: 'merged in the last 30 days' });
    expect(loaded.work.gaps).toEqual([]);
  });
});

test('where the latest release may not be compared it is the last 30 days, and what lacks is told; asked for, nothing is in scope', async () => {
  const world = releasedWorld();
  const granted = Object.entries(ALL_PERMISSIONS).filter(([name]) => name !== 'contents');
  addAppToken(world, 'app-token', Object.fromEntries(granted));
  const { loaded } = await loadScope(world, undefined, 'app-token');
  expect(loaded.scope.selector).toBe('since:30d');
  expect(loaded.sources.find(({ source }) => source === 'releases')?.gaps).toContainEqual(
    expect.objectContaining({ cause: 'forbidden', permission: 'contents: read' }),
  );
  const asked = await loadScope(world, 'since:v3.0', 'app-token');
  expect([asked.loaded.scope.selector, ...asked.loaded.pullRequests]).toEqual(['since:v3.0']);
  expect(asked.loaded.sources.flatMap(({ gaps }) => gaps)).toContainEqual(
    expect.objectContaining({ cause: 'forbidden', permission: 'contents: read' }),
  );
});

test('a tag that is not there ends it, and names the newest', async () => {
  await expect(loadScope(releasedWorld(), 'since:v9')).rejects.toMatchObject({
    code: 'not_found',
    message: 'octo/harbor has no tag "v9".',
    hint: 'Its newest are v3.0.',
  });
});

test('the default branch is no release branch, whose scope would always be empty: it is refused with what to ask instead', async () => {
  await expect(loadScope(releasedWorld(), 'branch:main')).rejects.toMatchObject({
    code: 'usage',
    message: 'main is the default branch, and branch: is for a release branch that left it.',
    hint: 'What was merged into main since a release: since:TAG; in the last days: since:30d.',
  });
});
