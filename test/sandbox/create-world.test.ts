import { createPublicKey } from 'node:crypto';
import { expect, test } from 'vitest';
import {
  addAccount,
  addApp,
  addCollaborator,
  addInstallation,
  addInstallationToken,
  addLabel,
  addRepository,
  addUserToken,
  advanceClock,
  createWorld,
  repositoryKey,
  setClock,
} from '../../src/sandbox/create-world.ts';

test('the clock stands still until it is moved, in whole seconds', () => {
  const world = createWorld({ now: '2026-03-02T09:00:00.750Z' });
  const seen = [world.now()];
  advanceClock(world, 90);
  seen.push(world.now());
  advanceClock(world, -30);
  seen.push(world.now());
  setClock(world, '2026-04-01T02:00:00+02:00');
  seen.push(world.now());
  expect(seen).toEqual([
    '2026-03-02T09:00:00Z',
    '2026-03-02T09:01:30Z',
    '2026-03-02T09:01:00Z',
    '2026-04-01T00:00:00Z',
  ]);
});

test('accounts, labels and repositories are found without regard to case and made once', () => {
  const world = createWorld();
  const repository = addRepository(world, { owner: 'Octo', name: 'Home' });
  expect(world.repositories.get(repositoryKey('OCTO', 'home'))).toBe(repository);
  expect(addAccount(world, { login: 'octo' })).toBe(addAccount(world, { login: 'OCTO' }));
  expect(addLabel(world, repository, { name: 'Bug' })).toBe(addLabel(world, repository, { name: 'bug' }));
});

test('a new repository has a first commit on its default branch', () => {
  const world = createWorld();
  const { branches, commits } = addRepository(world, { owner: 'octo', name: 'home', defaultBranch: 'trunk' });
  expect([...branches]).toEqual([['trunk', [...commits.keys()][0]]]);
});

test('the owner of a personal repository administers it; an organization is nobody', () => {
  const world = createWorld();
  addAccount(world, { login: 'kim' });
  const own = addRepository(world, { owner: 'kim', name: 'own' });
  const shared = addRepository(world, { owner: 'octo', name: 'shared' });
  addCollaborator(world, shared, 'ravi', 'triage');
  expect([[...own.collaborators], [...shared.collaborators]]).toEqual([[['kim', 'admin']], [['ravi', 'triage']]]);
});

test('an App has a bot account and, unless it brings its own, a key pair that fits together', () => {
  const world = createWorld();
  const made = addApp(world, { slug: 'one', permissions: {}, events: [] });
  const brought = addApp(world, { slug: 'two', permissions: {}, events: [], publicKey: 'PEM' });
  const derived = createPublicKey(made.privateKey ?? '').export({ type: 'spki', format: 'pem' });
  expect([derived, brought.publicKey, brought.privateKey]).toEqual([made.publicKey, 'PEM', null]);
  expect(world.accounts.get('one[bot]')).toMatchObject({ login: 'one[bot]', type: 'Bot' });
});

test('an installation is granted what the App asks for, and its tokens last an hour', () => {
  const world = createWorld({ now: '2026-03-02T09:00:00Z' });
  const app = addApp(world, { slug: 'one', permissions: { issues: 'write' }, events: [], publicKey: 'PEM' });
  const all = addInstallation(world, { appId: app.id, account: 'octo' });
  const some = addInstallation(world, { appId: app.id, account: 'octo', repositories: ['Octo/Home'], permissions: {} });
  expect([all.permissions, all.repositories, some.permissions, some.repositories]).toEqual([
    { issues: 'write' },
    'all',
    {},
    new Set(['octo/home']),
  ]);
  expect(addInstallationToken(world, { installationId: all.id, token: 't' })).toEqual({
    kind: 'installation',
    login: 'one[bot]',
    installationId: all.id,
    permissions: { issues: 'write' },
    expiresAt: '2026-03-02T10:00:00Z',
  });
});

test('a personal token may do everything its owner may, unless it is limited', () => {
  const world = createWorld();
  addUserToken(world, { token: 'full', login: 'kim' });
  addUserToken(world, { token: 'narrow', login: 'kim', permissions: { issues: 'read' } });
  expect([...world.tokens.values()].map(({ permissions }) => permissions)).toEqual([null, { issues: 'read' }]);
});
