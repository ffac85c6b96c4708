import { afterEach, expect, test } from 'vitest';
import { ROLLUP_MARKER } from '../../src/core/marker.ts';
import { umbrellasOfRepository, umbrellasWithComment } from '../../src/operations/reconcile.ts';
import { closeIssue } from '../../src/sandbox/actions/close-issue.ts';
import { createComment } from '../../src/sandbox/actions/comment.ts';
import { itemOf, REPOSITORY, refOf, type SandboxedUmbrella, startSandboxedUmbrella } from './sandboxed-umbrella.ts';

let stage: SandboxedUmbrella;
afterEach(() => stage.sandbox.close());

const find = () => umbrellasOfRepository(stage.context, REPOSITORY);

test('a configured repository has all of its open umbrellas refreshed', async () => {
  stage = await startSandboxedUmbrella();
  expect(await find()).toEqual([refOf(stage.umbrella)]);
  closeIssue(stage.world, 'kim', { item: itemOf(stage.umbrella) });
  expect(await find()).toEqual([]);
});

test('a repository without a configuration, only those that carry a rollup of ours', async () => {
  stage = await startSandboxedUmbrella(null);
  createComment(stage.world, 'ravi', { item: itemOf(stage.umbrella), body: `${ROLLUP_MARKER}\nforged` });
  expect(await find()).toEqual([]);
  createComment(stage.world, 'kim', { item: itemOf(stage.umbrella), body: `${ROLLUP_MARKER}\nold` });
  expect(await find()).toEqual([refOf(stage.umbrella)]);
});

test('a repository whose configuration is wrong where it says the mode, only those that carry a rollup of ours', async () => {
  stage = await startSandboxedUmbrella('version: 1\nrollup: { mode: perhaps }\n');
  expect(await find()).toEqual([]);
  createComment(stage.world, 'kim', { item: itemOf(stage.umbrella), body: `${ROLLUP_MARKER}\nold` });
  expect(await find()).toEqual([refOf(stage.umbrella)]);
});

test('what shows a rollup is found when closed, too, and whatever the configuration says', async () => {
  stage = await startSandboxedUmbrella('version: 1\nrollup: { mode: off }\n');
  closeIssue(stage.world, 'kim', { item: itemOf(stage.umbrella) });
  expect(await umbrellasWithComment(stage.context, REPOSITORY)).toEqual([]);
  createComment(stage.world, 'kim', { item: itemOf(stage.umbrella), body: `${ROLLUP_MARKER}\nold` });
  expect(await umbrellasWithComment(stage.context, REPOSITORY)).toEqual([refOf(stage.umbrella)]);
});

test('a repository that turned rollups off, none', async () => {
  stage = await startSandboxedUmbrella('version: 1\nrollup: { mode: off }\n');
  createComment(stage.world, 'kim', { item: itemOf(stage.umbrella), body: `${ROLLUP_MARKER}\nold` });
  expect(await find()).toEqual([]);
  expect(stage.writes()).toEqual([]);
});
