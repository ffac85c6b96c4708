import { describe, expect, test } from 'vitest';
import { roleOf } from '../../../src/sandbox/access/viewer.ts';
import { addCollaborator, addRepository, addUserToken, createWorld } from '../../../src/sandbox/create-world.ts';
import { readerToken } from '../../../src/surfaces/cli/world-reader.ts';

function worldOf() {
  const world = createWorld();
  const harbor = addRepository(world, { owner: 'octo', name: 'harbor', visibility: 'private' });
  const tides = addRepository(world, { owner: 'octo', name: 'tides', visibility: 'private' });
  addCollaborator(world, harbor, 'kim', 'admin');
  addCollaborator(world, tides, 'ravi', 'admin');
  return { world, harbor, tides };
}

describe('readerToken', () => {
  test('takes the token of somebody who may do everything in the world', () => {
    const { world, tides } = worldOf();
    addUserToken(world, { token: 'ravis', login: 'ravi' });
    addUserToken(world, { token: 'narrow', login: 'kim', permissions: { issues: 'read' } });
    addUserToken(world, { token: 'kims', login: 'kim' });
    addCollaborator(world, tides, 'kim', 'admin');
    expect(readerToken(world)).toBe('kims');
  });

  test('makes somebody admin everywhere when nobody is', () => {
    const { world } = worldOf();
    const { login } = world.tokens.get(readerToken(world)) ?? { login: '' };
    expect([...world.repositories.keys()].map((key) => roleOf(world, login, key))).toEqual(['admin', 'admin']);
  });
});
