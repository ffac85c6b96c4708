import { expect, it } from 'vitest';
import type { LabelChange } from '../../src/core/change.ts';
import { applyChange } from '../../src/github/apply-change.ts';
import { connect, HARBOR, umbrellaWorld } from './umbrella-world.ts';

const repository = { owner: 'octo', repo: 'harbor' };
const on = { ...repository, number: 2 };

it('a label is made, put on an issue, taken off and deleted, once each', async () => {
  const world = umbrellaWorld(1);
  const { sandbox, client } = await connect(world);
  const labels = () => [...(world.repositories.get(HARBOR)?.issues.get(2)?.labels ?? [])];
  const steps: readonly (readonly [LabelChange, readonly string[]])[] = [
    [{ kind: 'create_label', repository, name: 'lane:api', color: '00ff00', description: 'The API' }, []],
    [{ kind: 'add_label', on, label: 'Lane:api' }, ['lane:api']],
    [{ kind: 'remove_label', on, label: 'lane:API' }, []],
    [{ kind: 'add_label', on, label: 'lane:api' }, ['lane:api']],
    [{ kind: 'delete_label', repository, name: 'Lane:api' }, []],
  ];
  const [making] = steps.map(([change]) => change);
  for (const [change, after] of steps) {
    expect(await applyChange(client, change)).toMatchObject({ outcome: 'applied' });
    expect(labels()).toEqual(after);
    expect(await applyChange(client, change)).toEqual({ outcome: 'already_there', url: null, id: null });
  }
  expect(world.repositories.get(HARBOR)?.labels.get('lane:api')).toBeUndefined();
  expect(sandbox.requests.writes()).toHaveLength(6);
  if (making !== undefined) await applyChange(client, making);
  expect(world.repositories.get(HARBOR)?.labels.get('lane:api')).toMatchObject({
    color: '00ff00',
    description: 'The API',
  });
});

it('a label that the repository lacks is not made in passing', async () => {
  const world = umbrellaWorld(1);
  const { sandbox, client } = await connect(world);
  await expect(applyChange(client, { kind: 'add_label', on, label: 'lane:api' })).rejects.toMatchObject({
    code: 'not_found',
    message: 'octo/harbor has no label "lane:api".',
  });
  expect(sandbox.requests.writes()).toEqual([]);
});

it('an issue that is gone is reported as vanished', async () => {
  const { client } = await connect(umbrellaWorld(1));
  for (const kind of ['add_label', 'remove_label'] as const) {
    const change: LabelChange = { kind, on: { ...on, number: 99 }, label: 'lane:api' };
    expect(await applyChange(client, change)).toEqual({ outcome: 'vanished', url: null, id: null });
  }
});
