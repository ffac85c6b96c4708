import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';
import { addApp, addInstallation } from '../../../sandbox/create-world.ts';
import type { AppRecord, World } from '../../../sandbox/world.ts';
import { packageRoot } from '../package-root.ts';

const manifestSchema = z.object({
  name: z.string(),
  default_permissions: z.record(z.string(), z.enum(['read', 'write'])),
  default_events: z.array(z.string()),
});

interface RegisteredApp {
  readonly record: AppRecord;
  readonly privateKey: string;
}

/** Registers the App in the world as `app.yml` describes it and installs it on every account that owns something. */
export function registerApp(world: World): RegisteredApp {
  const manifest = manifestSchema.parse(parse(readFileSync(join(packageRoot(), 'app.yml'), 'utf8')));
  const record = addApp(world, {
    slug: 'parasol',
    name: manifest.name,
    permissions: manifest.default_permissions,
    events: manifest.default_events,
    webhookSecret: randomBytes(24).toString('hex'),
  });
  if (record.privateKey === null) throw new Error('the sandbox made no key for the App');
  const owners = new Set([...world.repositories.values()].map(({ owner }) => owner));
  for (const account of owners) addInstallation(world, { appId: record.id, account });
  return { record, privateKey: record.privateKey };
}
