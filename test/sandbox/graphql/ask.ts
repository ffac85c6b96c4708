import { ANONYMOUS, type Viewer } from '../../../src/sandbox/access/viewer.ts';
import { executeGraphql } from '../../../src/sandbox/graphql/execute-graphql.ts';
import type { Permissions, World } from '../../../src/sandbox/world.ts';

export const BASE_URL = 'http://sandbox.test';

/** A person with a token that may do whatever the person may. */
export const person = (login: string): Viewer => ({ ...ANONYMOUS, kind: 'user', login });

/** The first installation of the world's first App, with these permissions. */
export function installation(world: World, permissions: Permissions): Viewer {
  const [record] = world.installations.values();
  const app = world.apps.get(record?.appId ?? 0);
  if (!record || !app) throw new Error('the world has no installation');
  return {
    kind: 'installation',
    login: `${app.slug}[bot]`,
    appId: app.id,
    installationId: record.id,
    permissions,
  };
}

/** Asks as this viewer and gives the body alone. */
export function ask(world: World, viewer: Viewer, query: string, variables: Record<string, unknown> = {}) {
  return executeGraphql({ world, viewer, baseUrl: BASE_URL, query, variables }).body;
}

/** Asks as kim, who may do anything in the test worlds, and gives the data; fails on any error. */
export function dataOf(world: World, query: string, variables: Record<string, unknown> = {}) {
  const { data, errors } = ask(world, person('kim'), query, variables);
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return data;
}
