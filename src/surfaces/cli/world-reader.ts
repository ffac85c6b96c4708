import { UserError } from '../../core/failure.ts';
import { roleOf } from '../../sandbox/access/viewer.ts';
import type { World } from '../../sandbox/world.ts';

const READER_TOKEN = 'parasol-sandbox-reader';

/**
 * The token of somebody who may do everything in the world: one that the file gives, else one made for the owner of most
 * of it. The world lives inside this process only, so the token opens nothing else.
 */
export function readerToken(world: World): string {
  const repositories = [...world.repositories.keys()];
  const isAdmin = (login: string): boolean => repositories.every((key) => roleOf(world, login, key) === 'admin');
  for (const [text, token] of world.tokens) {
    if (token.kind === 'user' && token.permissions === null && isAdmin(token.login)) return text;
  }
  const login = [...world.accounts.values()].map((account) => account.login).find(isAdmin) ?? makeAdmin(world);
  world.tokens.set(READER_TOKEN, { kind: 'user', login, installationId: null, permissions: null, expiresAt: null });
  return READER_TOKEN;
}

/** No one person may read everything: the first account becomes admin everywhere, without an event. */
function makeAdmin(world: World): string {
  const person = [...world.accounts.values()].find(({ type }) => type === 'User');
  if (person === undefined) {
    throw new UserError(
      'world_invalid',
      'Nobody in this world can read it: it has no person.',
      'Give one of its repositories a collaborator.',
    );
  }
  for (const repository of world.repositories.values()) repository.collaborators.set(person.login, 'admin');
  return person.login;
}
