import nock from 'nock';
import { afterEach, describe, expect, it } from 'vitest';
import { applyChange } from '../../src/github/apply-change.ts';
import { connectWithToken } from '../../src/github/connect-with-token.ts';
import { createComment, deleteComment } from '../../src/sandbox/actions/comment.ts';
import type { World } from '../../src/sandbox/world.ts';
import { ALL_PERMISSIONS, addAppToken, connect, HARBOR, harbor, UMBRELLA, umbrellaWorld } from './umbrella-world.ts';

const MARKER = '<!-- parasol:rollup v1 -->';
const REPOSITORY = { owner: 'octo', repo: 'harbor' };

const commentsOf = (world: World) => world.repositories.get(HARBOR)?.issues.get(1)?.comments ?? [];

describe('a comment', () => {
  it('is created', async () => {
    const world = umbrellaWorld(1);
    const { sandbox, client } = await connect(world);
    const applied = await applyChange(client, {
      kind: 'create_comment',
      on: UMBRELLA,
      marker: MARKER,
      body: `${MARKER}\nnew`,
    });
    const [comment] = commentsOf(world);
    expect(comment).toMatchObject({ author: 'kim', body: `${MARKER}\nnew` });
    expect(applied).toEqual({
      outcome: 'applied',
      id: comment?.id,
      url: `${sandbox.url}/octo/harbor/issues/1#issuecomment-${comment?.id}`,
    });
  });

  it('is edited in place, with one write', async () => {
    const world = umbrellaWorld(1);
    const { id } = createComment(world, 'kim', { item: harbor(1), body: 'old' });
    const { sandbox, client } = await connect(world);
    await applyChange(client, { kind: 'update_comment', on: UMBRELLA, commentId: id, marker: MARKER, body: 'new' });
    expect(commentsOf(world).map(({ body }) => body)).toEqual(['new']);
    expect(sandbox.requests.writes()).toHaveLength(1);
  });

  it('that is gone is reported and not made anew', async () => {
    const world = umbrellaWorld(1);
    const { id } = createComment(world, 'kim', { item: harbor(1), body: 'old' });
    deleteComment(world, 'kim', { comment: id });
    const { client } = await connect(world);
    const applied = await applyChange(client, {
      kind: 'update_comment',
      on: UMBRELLA,
      commentId: id,
      marker: MARKER,
      body: 'new',
    });
    expect(applied).toEqual({ outcome: 'vanished', url: null, id: null });
    expect(commentsOf(world)).toEqual([]);
  });

  it('longer than 60,000 bytes is refused before anything is asked', async () => {
    const { sandbox, client } = await connect(umbrellaWorld(1));
    const change = { kind: 'create_comment', on: UMBRELLA, marker: MARKER, body: 'ö'.repeat(30_001) } as const;
    await expect(applyChange(client, change)).rejects.toMatchObject({
      code: 'usage',
      message: 'The text is too long to comment on octo/harbor#1: 60002 bytes of at most 60000.',
    });
    expect(sandbox.requests.entries).toEqual([]);
  });

  it('is refused without the permission, which is named', async () => {
    const world = umbrellaWorld(1);
    addAppToken(world, 'app-token', { ...ALL_PERMISSIONS, issues: 'read' });
    const { client } = await connect(world, { token: 'app-token' });
    const change = { kind: 'create_comment', on: UMBRELLA, marker: MARKER, body: 'new' } as const;
    await expect(applyChange(client, change)).rejects.toMatchObject({
      code: 'forbidden',
      message: 'GitHub does not let this token comment on octo/harbor#1 (403).',
      hint: expect.stringContaining('issues: write'),
    });
  });
});

it('a reaction is added', async () => {
  const world = umbrellaWorld(1);
  const { id } = createComment(world, 'ravi', { item: harbor(1), body: '/parasol rollup' });
  const { client } = await connect(world);
  await applyChange(client, { kind: 'add_reaction', on: UMBRELLA, commentId: id, content: 'eyes' });
  expect(commentsOf(world)[0]?.reactions).toMatchObject([{ user: 'kim', content: 'eyes' }]);
});

describe('a file', () => {
  const change = {
    kind: 'put_file',
    repository: REPOSITORY,
    path: '.github/parasol.yml',
    text: 'version: 1\n',
    message: 'Configure',
  } as const;

  it('is made, replaced, and left alone when it is the same', async () => {
    const world = umbrellaWorld(1);
    const { sandbox, client } = await connect(world);
    await applyChange(client, change);
    await applyChange(client, { ...change, text: 'version: 1 # ü\n' });
    expect(world.repositories.get(HARBOR)?.files.get('.github/parasol.yml')).toBe('version: 1 # ü\n');
    await applyChange(client, { ...change, text: 'version: 1 # ü\n' });
    expect(sandbox.requests.writes()).toHaveLength(2);
  });
});

describe('over HTTP as GitHub may answer', () => {
  afterEach(() => nock.cleanAll());

  it('a 200 that kept the old text is a failure', async () => {
    nock('https://api.github.com')
      .patch('/repos/octo/harbor/issues/comments/5')
      .reply(200, { id: 5, html_url: 'https://github.com/octo/harbor/issues/1#issuecomment-5', body: 'old' });
    const client = connectWithToken({ token: 'kims-token', pace: 'sandbox' });
    const update = { kind: 'update_comment', on: UMBRELLA, commentId: 5, marker: MARKER, body: 'new' } as const;
    await expect(applyChange(client, update)).rejects.toMatchObject({
      code: 'github_unavailable',
      message: 'GitHub kept another text on the attempt to edit the comment 5 on octo/harbor#1.',
    });
  });
});
