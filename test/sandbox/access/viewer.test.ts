import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { clientIdOf } from '../../../src/sandbox/access/app-token.ts';
import { issueInstallationToken } from '../../../src/sandbox/access/issue-token.ts';
import { canSee, permits, roleOf, type Viewer } from '../../../src/sandbox/access/viewer.ts';
import { viewerOf } from '../../../src/sandbox/access/viewer-of.ts';
import { addInstallationToken, addUserToken, advanceClock } from '../../../src/sandbox/create-world.ts';
import { makeSmallWorld, signAppToken } from '../http/small-world.ts';

const NOW = new Date('2026-11-22T12:00:00Z');

describe('user tokens', () => {
  test('are read with either scheme, in any case', async () => {
    const { world } = makeSmallWorld();
    const kim: Viewer = { kind: 'user', login: 'kim', appId: null, installationId: null, permissions: null };
    for (const header of ['token kim-token', 'Bearer kim-token', 'bearer kim-token']) {
      expect(await viewerOf(world, header, NOW)).toEqual(kim);
    }
  });

  test('no header makes an anonymous viewer, and an unknown or unreadable one bad credentials', async () => {
    const { world } = makeSmallWorld();
    const bad = { problem: 'bad_credentials', message: 'Bad credentials' };
    expect(await viewerOf(world, undefined, NOW)).toMatchObject({ kind: 'anonymous', login: null });
    expect(await viewerOf(world, 'token nobody', NOW)).toEqual(bad);
    expect(await viewerOf(world, 'Basic a2ltOng=', NOW)).toEqual(bad);
  });

  test('end with the clock of the world', async () => {
    const { world } = makeSmallWorld();
    addUserToken(world, { token: 'short', login: 'kim', expiresAt: '2026-03-02T10:00:00Z' });
    expect(await viewerOf(world, 'token short', NOW)).toMatchObject({ kind: 'user' });
    advanceClock(world, 3600);
    expect(await viewerOf(world, 'token short', NOW)).toMatchObject({ problem: 'bad_credentials' });
  });
});

describe("an App's JWT", () => {
  test('is accepted with the App id as text or number, and with the client id', async () => {
    const { world, app } = makeSmallWorld();
    const expected = { kind: 'app', login: 'parasol[bot]', appId: app.id, installationId: null };
    for (const iss of [app.id, String(app.id), clientIdOf(app)]) {
      expect(await viewerOf(world, `Bearer ${await signAppToken(app, { iss, now: NOW })}`, NOW)).toMatchObject(
        expected,
      );
    }
  });

  const expired =
    "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires";
  const early = "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued";
  test.each([
    ['has ended', { expiresIn: -1 }, expired],
    ['lives longer than ten minutes', { expiresIn: 700 }, "'Expiration time' claim ('exp') is too far in the future"],
    ['was issued in the future', { issuedIn: 120 }, early],
    ['comes from an App that does not exist', { iss: 99 }, 'Integration not found'],
  ])('is refused when it %s', async (_, claims, message) => {
    const { world, app } = makeSmallWorld();
    const jwt = await signAppToken(app, { ...claims, now: NOW });
    expect(await viewerOf(world, `Bearer ${jwt}`, NOW)).toEqual({ problem: 'bad_credentials', message });
  });

  test('is refused when another key signed it, or when it is no JWT', async () => {
    const { world, app } = makeSmallWorld();
    const { privateKey } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    });
    const forged = await signAppToken(app, { privateKey, now: NOW });
    const message = 'A JSON web token could not be decoded';
    expect(await viewerOf(world, `Bearer ${forged}`, NOW)).toEqual({ problem: 'bad_credentials', message });
    expect(await viewerOf(world, 'Bearer a.b.c', NOW)).toEqual({ problem: 'bad_credentials', message });
  });
});

describe('installation tokens', () => {
  test('carry the permissions that the installation has now', async () => {
    const { world, installation } = makeSmallWorld();
    const { token } = issueInstallationToken(world, { installation, now: NOW });
    installation.permissions = { issues: 'read' };
    expect(await viewerOf(world, `token ${token}`, NOW)).toEqual({
      kind: 'installation',
      login: 'parasol[bot]',
      appId: installation.appId,
      installationId: installation.id,
      permissions: { issues: 'read' },
      repositories: null,
    });
  });

  test('issued over HTTP end an hour later on the clock of the machine, whatever the story does to its own', async () => {
    const { world, installation } = makeSmallWorld();
    const { token } = issueInstallationToken(world, { installation, now: NOW });
    advanceClock(world, 86_400);
    const at = (minutes: number) => viewerOf(world, `token ${token}`, new Date(NOW.getTime() + minutes * 60_000));
    expect(await at(59)).toMatchObject({ kind: 'installation' });
    expect(await at(60)).toMatchObject({ problem: 'bad_credentials' });
  });

  test('written into a world end on its clock, and with their installation', async () => {
    const { world, installation } = makeSmallWorld();
    addInstallationToken(world, { installationId: installation.id, token: 'ghs_x', lifetimeSeconds: 60 });
    addInstallationToken(world, { installationId: installation.id, token: 'ghs_y', lifetimeSeconds: 61 });
    const read = (token: string) => viewerOf(world, `token ${token}`, NOW);
    expect([await read('ghs_x'), await read('ghs_y')]).toMatchObject(Array(2).fill({ kind: 'installation' }));
    advanceClock(world, 60);
    expect([await read('ghs_x'), await read('ghs_y')]).toMatchObject([
      { problem: 'bad_credentials' },
      { kind: 'installation' },
    ]);
    world.installations.delete(installation.id);
    expect(await read('ghs_y')).toMatchObject({ problem: 'bad_credentials' });
  });
});

describe('who sees and may do what', () => {
  test('a private repository is there only for those with a role and for its installation', async () => {
    const { world, installation } = makeSmallWorld();
    const { token } = issueInstallationToken(world, { installation, now: NOW });
    const seen = await Promise.all(
      ['token kim-token', 'token ravi-token', `token ${token}`, undefined].map(async (header) => {
        const viewer = await viewerOf(world, header, NOW);
        return 'problem' in viewer
          ? null
          : [canSee(world, viewer, 'Harbor/Port'), canSee(world, viewer, 'harbor/vault')];
      }),
    );
    expect(seen).toEqual([
      [true, true],
      [true, false],
      [true, true],
      [true, false],
    ]);
  });

  test('roles follow ownership, collaboration and visibility', () => {
    const { world } = makeSmallWorld();
    const roles = ['harbor', 'KIM', 'ravi', 'noor'].map((login) => [
      roleOf(world, login, 'harbor/port'),
      roleOf(world, login, 'harbor/vault'),
    ]);
    expect(roles).toEqual([
      ['admin', 'admin'],
      ['admin', 'admin'],
      ['triage', null],
      ['read', null],
    ]);
  });

  test('an internal repository is read by whoever works for its owner', () => {
    const { world, vault } = makeSmallWorld();
    vault.visibility = 'internal';
    expect([roleOf(world, 'ravi', 'harbor/vault'), roleOf(world, 'noor', 'harbor/vault')]).toEqual(['read', null]);
  });

  test('a person labels with triage, writes contents with write, and a narrow token allows less', () => {
    const { world } = makeSmallWorld();
    const ravi: Viewer = { kind: 'user', login: 'ravi', appId: null, installationId: null, permissions: null };
    const narrow: Viewer = { ...ravi, permissions: { issues: 'read' } };
    const asks = (viewer: Viewer) => [
      permits(world, viewer, 'harbor/port', 'issues', 'write'),
      permits(world, viewer, 'harbor/port', 'contents', 'write'),
      permits(world, viewer, 'harbor/port', 'contents', 'read'),
    ];
    expect([asks(ravi), asks(narrow)]).toEqual([
      [true, false, true],
      [false, false, false],
    ]);
  });

  test('an installation needs the permission where it is installed, even to read, and reads public things elsewhere', () => {
    const { world, installation } = makeSmallWorld();
    const bot: Viewer = {
      kind: 'installation',
      login: 'parasol[bot]',
      appId: installation.appId,
      installationId: installation.id,
      permissions: { issues: 'read' },
    };
    const elsewhere: Viewer = { ...bot, repositories: new Set(['harbor/vault']) };
    expect([
      permits(world, bot, 'harbor/port', 'issues', 'read'),
      permits(world, bot, 'harbor/port', 'issues', 'write'),
      permits(world, bot, 'harbor/port', 'contents', 'read'),
      permits(world, bot, 'harbor/port', 'metadata', 'read'),
      permits(world, elsewhere, 'harbor/port', 'contents', 'read'),
      permits(world, elsewhere, 'harbor/port', 'contents', 'write'),
    ]).toEqual([true, false, false, true, true, false]);
  });
});
