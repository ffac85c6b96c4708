import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ROLLUP_MARKER } from '../../src/core/marker.ts';
import { applyChanges } from '../../src/operations/apply-changes.ts';
import { umbrellaRollup } from '../../src/operations/umbrella-rollup.ts';
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

  test('refuses an issue that is no umbrella', async () => {
    const attempt = umbrellaRollup.run(reached.context, { ref: '#3' });
    await expect(attempt).rejects.toMatchObject({ code: 'not_an_umbrella' });
  });
});

const comments = (): readonly string[] =>
  world.repositories
    .get('octo/harbor')
    ?.issues.get(1)
    ?.comments.map(({ body }) => body) ?? [];
