import { afterEach, describe, expect, test } from 'vitest';
import { doctor } from '../../src/operations/doctor.ts';
import { addUserToken } from '../../src/sandbox/create-world.ts';
import type { Permissions } from '../../src/sandbox/world.ts';
import { addAppToken } from '../github/umbrella-world.ts';
import { APP_MANIFEST } from '../surfaces/app/test-app.ts';
import { harborWorld, type Reached, reach } from './harbor-world.ts';

const open: Reached[] = [];

afterEach(async () => {
  for (const { sandbox } of open.splice(0)) await sandbox.close();
});

async function start(token: string | null, config?: string) {
  const { world } = harborWorld(config === undefined ? {} : { files: { '.github/parasol.yml': config } });
  addUserToken(world, { token: 'narrow', login: 'ravi', permissions: { metadata: 'read', issues: 'read' } });
  const reached = await reach(world, token);
  open.push(reached);
  return reached;
}

describe('doctor', () => {
  test('finds everything readable for somebody who may read everything, and writes nothing', async () => {
    const { context, sandbox } = await start('kims-token');
    const { repository, probes } = await doctor.run(context, {});
    expect(repository).toBe('octo/harbor');
    expect(probes.length).toBeGreaterThan(4);
    expect(probes.filter(({ ok }) => !ok)).toEqual([]);
    expect(sandbox.requests.writes()).toEqual([]);
  });

  test('says what is missing, which permission would help, and what that would give', async () => {
    const { context, sandbox } = await start('narrow');
    const { probes } = await doctor.run(context, {});
    const missing = probes.filter(({ ok }) => !ok);
    expect(missing.map(({ permission }) => permission)).toEqual(expect.arrayContaining(['pull_requests: read']));
    expect(missing.every(({ unlocks }) => unlocks.length > 10)).toBe(true);
    expect(sandbox.requests.writes()).toEqual([]);
  });

  test.each(['risk: { mode: enforce }', 'readiness: { mode: comment }'])(
    'with %s says that merge queues are not answered without a permission of their own',
    async (config) => {
      const probeWith = async (permissions: Permissions) => {
        const { world } = harborWorld({ files: { '.github/parasol.yml': `version: 1\n${config}\n` } });
        addAppToken(world, 'app-token', permissions);
        const reached = await reach(world, 'app-token');
        open.push(reached);
        const { probes } = await doctor.run(reached.context, {});
        return probes.filter(({ ok }) => !ok).map(({ feature, permission }) => ({ feature, permission }));
      };
      const { merge_queues: _, ...without } = APP_MANIFEST.default_permissions;
      expect(await probeWith(APP_MANIFEST.default_permissions)).toEqual([]);
      expect(await probeWith(without)).toEqual([{ feature: 'merge queue', permission: 'merge_queues: read' }]);
    },
  );

  test('asks about merge queues only where a check is posted', async () => {
    const { context } = await start('kims-token', 'version: 1\nreadiness: { mode: observe }\n');
    const { probes } = await doctor.run(context, {});
    expect(probes.map(({ feature }) => feature)).not.toContain('merge queue');
  });

  test('works without a token on what is public', async () => {
    const { context } = await start(null);
    const { probes } = await doctor.run(context, {});
    expect(probes.some(({ ok }) => ok)).toBe(true);
  });

  test('fails when the token is refused', async () => {
    const { context } = await start('made-up');
    await expect(doctor.run(context, {})).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  test('looks at the token alone where no repository is named', async () => {
    const { context } = await start('kims-token');
    const { repository, probes } = await doctor.run({ ...context, defaultRepository: null }, {});
    expect(repository).toBeNull();
    expect(probes.length).toBeGreaterThan(0);
  });
});
