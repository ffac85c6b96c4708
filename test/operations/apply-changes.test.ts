import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Change } from '../../src/core/change.ts';
import { ROLLUP_MARKER } from '../../src/core/marker.ts';
import { applyChanges } from '../../src/operations/apply-changes.ts';
import { createComment } from '../../src/sandbox/actions/comment.ts';
import { itemOf, REPOSITORY, refOf, type SandboxedUmbrella, startSandboxedUmbrella } from './sandboxed-umbrella.ts';

let stage: SandboxedUmbrella;
beforeEach(async () => {
  stage = await startSandboxedUmbrella();
});
afterEach(() => stage.sandbox.close());

const body = `${ROLLUP_MARKER}\nhello`;
const comment = () => ({ on: refOf(stage.umbrella), marker: ROLLUP_MARKER, body });
const create = (): Change => ({ kind: 'create_comment', ...comment() });
const update = (commentId: number): Change => ({ kind: 'update_comment', commentId, ...comment() });
const texts = () => stage.umbrella.comments.map((comment) => comment.body);

test('carries out each change in order', async () => {
  const first = createComment(stage.world, 'kim', { item: itemOf(stage.umbrella), body: 'first' });
  const react: Change = { kind: 'add_reaction', on: refOf(stage.umbrella), commentId: first.id, content: '+1' };
  const put: Change = { kind: 'put_file', repository: REPOSITORY, path: 'a.md', text: 'A\n', message: 'add a' };
  const changes = [create(), react, put];
  expect(await applyChanges(stage.context, changes)).toEqual(
    changes.map((change) => ({
      change,
      outcome: 'done',
      reason: null,
      code: null,
      ...(change.kind === 'create_comment' ? { comment: { id: stage.umbrella.comments[1]?.id, body } } : {}),
    })),
  );
  expect(texts()).toEqual(['first', body]);
  expect(first.reactions.map(({ content }) => content)).toEqual(['+1']);
  expect(stage.repository.files.get('a.md')).toBe('A\n');
});

test('a dry run asks nothing of GitHub', async () => {
  const outcomes = await applyChanges(stage.context, [create()], { dryRun: true });
  expect(outcomes).toEqual([{ change: create(), outcome: 'skipped', reason: 'dry run', code: null }]);
  expect(stage.sandbox.requests.entries).toEqual([]);
});

test('a comment that is already there is not made twice', async () => {
  await applyChanges(stage.context, [create()]);
  expect(await applyChanges(stage.context, [create()])).toEqual([
    { change: create(), outcome: 'skipped', reason: 'the comment is already there', code: null },
  ]);
  expect(texts()).toEqual([body]);
});

test('of two that were made at the same moment, the older one stays and says the same', async () => {
  const other = { ...create(), body: `${ROLLUP_MARKER}\nolder` } as Change;
  stage.sandbox.faults.hangNext({ match: { operation: 'issues/create-comment' }, ms: 100, times: 2 });
  await Promise.all([applyChanges(stage.context, [other]), applyChanges(stage.context, [create()])]);
  expect(texts()).toHaveLength(1);
});

test('one with the same marker and another text is edited instead', async () => {
  createComment(stage.world, 'kim', { item: itemOf(stage.umbrella), body: `${ROLLUP_MARKER}\nold` });
  await applyChanges(stage.context, [create()]);
  expect(texts()).toEqual([body]);
});

test("somebody else's comment with the marker is no obstacle and stays", async () => {
  createComment(stage.world, 'ravi', { item: itemOf(stage.umbrella), body: `${ROLLUP_MARKER}\nforged` });
  await applyChanges(stage.context, [create()]);
  expect(texts()).toEqual([`${ROLLUP_MARKER}\nforged`, body]);
});

test('a change that fails stops none of the others', async () => {
  const outcomes = await applyChanges(stage.context, [update(999_999), create()]);
  expect(outcomes.map(({ outcome, code }) => ({ outcome, code }))).toEqual([
    { outcome: 'failed', code: 'not_found' },
    { outcome: 'done', code: null },
  ]);
  expect(texts()).toEqual([body]);
});

test('an outage is told as what it is', async () => {
  stage.sandbox.faults.failNext({ status: 503, times: 100, match: { operation: 'issues/create-comment' } });
  expect(await applyChanges(stage.context, [create()])).toMatchObject([
    { outcome: 'failed', code: 'github_unavailable' },
  ]);
});

const opening: Change = {
  kind: 'create_issue',
  repository: REPOSITORY,
  parent: { ...REPOSITORY, number: 1 },
  key: 'api/1',
  title: 'Paint the pier',
  body: '',
  labels: [],
  assignees: [],
  milestone: null,
  issueType: null,
};

test('an issue is opened once; applied again it is named and skipped', async () => {
  const issue = { ...REPOSITORY, number: 4 };
  expect(await applyChanges(stage.context, [opening, opening])).toEqual([
    { change: opening, outcome: 'done', reason: null, code: null, issue },
    { change: opening, outcome: 'skipped', reason: 'already there', code: null, issue },
  ]);
});

test('a text that a person changed meanwhile is left alone, with the reason', async () => {
  const [child] = stage.children;
  const edit: Change = { kind: 'update_issue_body', on: refOf(child), expected: 'old', body: 'new' };
  child.body = 'by hand';
  expect(await applyChanges(stage.context, [edit])).toEqual([
    { change: edit, outcome: 'skipped', reason: 'its text was changed meanwhile', code: null },
  ]);
});
