import { describe, expect, it } from 'vitest';
import { listInstalledRepositories } from '../../src/github/list-installed-repositories.ts';
import { listUmbrellaRefs } from '../../src/github/list-umbrella-refs.ts';
import { loadConfig } from '../../src/github/load-config.ts';
import { loadRole } from '../../src/github/load-role.ts';
import { closeIssue } from '../../src/sandbox/actions/close-issue.ts';
import { addSubIssue } from '../../src/sandbox/actions/link-sub-issue.ts';
import { openIssue } from '../../src/sandbox/actions/open-issue.ts';
import { addCollaborator, addRepository } from '../../src/sandbox/create-world.ts';
import {
  ALL_PERMISSIONS,
  addAppToken,
  addPull,
  connect,
  HARBOR,
  harbor,
  operationsOf,
  umbrellaWorld,
} from './umbrella-world.ts';

const REPOSITORY = { owner: 'octo', repo: 'harbor' };

describe("a person's role", () => {
  it.each(['triage', 'write', 'maintain', 'admin'] as const)('%s', async (role) => {
    const world = umbrellaWorld(1);
    const repository = world.repositories.get(HARBOR);
    if (repository !== undefined) addCollaborator(world, repository, 'tomas', role);
    const { client } = await connect(world);
    expect(await loadRole(client, REPOSITORY, 'tomas')).toBe(role);
  });

  it('none for a login that does not exist', async () => {
    const { client } = await connect(umbrellaWorld(1));
    expect(await loadRole(client, REPOSITORY, 'nobody')).toBe('none');
  });
});

describe('the configuration', () => {
  it('comes with the default branch', async () => {
    const world = umbrellaWorld(1);
    world.repositories.get(HARBOR)?.files.set('.github/parasol.yml', 'version: 1\n');
    const { client } = await connect(world);
    expect(await loadConfig(client, REPOSITORY)).toEqual({
      configText: 'version: 1\n',
      ownerConfigText: null,
      defaultBranch: 'main',
      isThere: true,
      gaps: [],
    });
  });

  it('is a gap without the permission', async () => {
    const world = umbrellaWorld(1);
    const { contents: _, ...granted } = ALL_PERMISSIONS;
    addAppToken(world, 'app-token', granted);
    const { client } = await connect(world, { token: 'app-token' });
    expect((await loadConfig(client, REPOSITORY)).gaps).toEqual([
      {
        cause: 'forbidden',
        what: '.github/parasol.yml of octo/harbor',
        permission: 'contents: read',
        about: 'configuration',
        repository: REPOSITORY,
      },
    ]);
  });
});

describe('the umbrellas of a repository', () => {
  it('are listed with one request per 100 issues, without pull requests and leaves', async () => {
    const world = umbrellaWorld(100);
    addPull(world, { title: 'Gate', branch: 'gate' });
    openIssue(world, 'kim', { repository: HARBOR, title: 'Below' });
    addSubIssue(world, 'kim', { parent: harbor(5), child: harbor(103) });
    closeIssue(world, 'kim', { item: harbor(5) });
    const { sandbox, client } = await connect(world);
    expect(await listUmbrellaRefs(client, REPOSITORY)).toEqual([
      { ...REPOSITORY, number: 1 },
      { ...REPOSITORY, number: 5 },
    ]);
    expect(operationsOf(sandbox)).toEqual(['issues/list-for-repo', 'issues/list-for-repo']);
    expect(await listUmbrellaRefs(client, REPOSITORY, { openOnly: true })).toEqual([{ ...REPOSITORY, number: 1 }]);
  });
});

it("an installation's repositories are listed", async () => {
  const world = umbrellaWorld(1);
  addRepository(world, { owner: 'octo', name: 'docs' });
  addRepository(world, { owner: 'elsewhere', name: 'thing' });
  addAppToken(world, 'app-token', ALL_PERMISSIONS);
  const { client } = await connect(world, { token: 'app-token' });
  expect(await listInstalledRepositories(client)).toEqual([{ owner: 'octo', repo: 'docs' }, REPOSITORY]);
});
