import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ROLLUP_MARKER } from '../../src/core/marker.ts';
import { applyChanges } from '../../src/operations/apply-changes.ts';
import { umbrellaRollup } from '../../src/operations/umbrella-rollup.ts';
import { addCollaborator, addRepository } from '../../src/sandbox/create-world.ts';
import type { World } from '../../src/sandbox/world.ts';
import { harborWorld, type Reached, reach } from './harbor-world.ts';

let world: World;
let reached: Reached;

beforeEach(async () => {
  world = harborWorld().world;
  reached = await reach(world);
});

afterEach(() => reached.sandbox.close());

describe('umbrella rollup', () => {
  test('renders the comment and plans to create it, without writing', async () => {
    const { body, existing, changes } = await umbrellaRollup.run(reached.context, { ref: '#1' });
    expect(body.startsWith(ROLLUP_MARKER)).toBe(true);
    expect(existing).toBeNull();
    expect(changes).toEqual([
      { kind: 'create_comment', on: { owner: 'octo', repo: 'harbor', number: 1 }, marker: expect.any(String), body },
    ]);
    expect(reached.sandbox.requests.writes()).toEqual([]);
    expect(comments()).toEqual([]);
  });

  test('plans nothing once it stands there', async () => {
    const first = await umbrellaRollup.run(reached.context, { ref: '#1' });
    await applyChanges(reached.context, first.changes);
    const second = await umbrellaRollup.run(reached.context, { ref: '#1' });
    expect(second).toEqual({ ...first, existing: expect.stringContaining('/octo/harbor/issues/1#'), changes: [] });
    expect(comments()).toEqual([first.body]);
  });

  test('says in the comment which line of the configuration is wrong, and works on', async () => {
    await reached.sandbox.close();
    world = harborWorld({ files: { '.github/parasol.yml': 'version: 1\ntusks: {}\n' } }).world;
    reached = await reach(world);
    const { body, decision } = await umbrellaRollup.run(reached.context, { ref: '#1' });
    expect(decision).toBe('no_go');
    expect(visible(body)).toContain('.github/parasol.yml, line 2 (tusks)');
    expect(visible(body)).toContain('Did you mean');
  });

  test("repeats no word of the owner's configuration, which readers of the umbrella may not be able to see", async () => {
    const owners = addRepository(world, { owner: 'octo', name: '.github', visibility: 'private' });
    addCollaborator(world, owners, 'kim', 'read');
    owners.files.set('.github/parasol.yml', 'version: 1\nsecret-lane: {}\n');
    const { body } = await umbrellaRollup.run(reached.context, { ref: '#1' });
    expect(visible(body)).toContain("owner's default configuration has a problem");
    expect(body).not.toContain('secret');
  });

  test('refuses an issue that is no umbrella', async () => {
    const attempt = umbrellaRollup.run(reached.context, { ref: '#3' });
    await expect(attempt).rejects.toMatchObject({ code: 'not_an_umbrella' });
  });
});

/** The text as it is read: without what keeps it from pinging and linking. */
const visible = (body: string): string => body.replace(/[\u200b\\]/g, '');

const comments = (): readonly string[] =>
  world.repositories
    .get('octo/harbor')
    ?.issues.get(1)
    ?.comments.map(({ body }) => body) ?? [];
