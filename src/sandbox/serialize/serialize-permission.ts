import type { Role, World } from '../world.ts';
import { serializeUser } from './serialize-user.ts';

/** `GET …/collaborators/{username}/permission`. The older word for triage is `read`, for maintain `write`. */
export function serializePermission(world: World, login: string, role: Role | null, baseUrl: string) {
  return {
    permission: role === null ? 'none' : LEGACY[role],
    role_name: role ?? 'none',
    user: {
      ...serializeUser(world, login, baseUrl),
      permissions: permissionFlags(role),
      role_name: role ?? 'none',
    },
  };
}

/** What a role lets someone do, as the flags that repositories and collaborators carry. */
export function permissionFlags(role: Role | null) {
  const rank = role === null ? -1 : RANKS.indexOf(role);
  return { pull: rank >= 0, triage: rank >= 1, push: rank >= 2, maintain: rank >= 3, admin: rank >= 4 };
}

const RANKS: readonly Role[] = ['read', 'triage', 'write', 'maintain', 'admin'];
const LEGACY: Readonly<Record<Role, string>> = {
  read: 'read',
  triage: 'read',
  write: 'write',
  maintain: 'write',
  admin: 'admin',
};
