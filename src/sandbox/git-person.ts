import type { World } from './world.ts';

/** Name and address as they stand in a commit. */
export function gitPerson(world: World, login: string): { readonly name: string; readonly email: string } {
  const account = world.accounts.get(login.toLowerCase());
  return { name: account?.name ?? login, email: `${login.replace('[bot]', '')}@users.noreply.github.com` };
}
