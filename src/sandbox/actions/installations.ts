import { addInstallation, type NewInstallation } from '../create-world.ts';
import type { InstallationRecord, Permissions, World } from '../world.ts';
import { announce } from './announce.ts';
import { notFound } from './world-refusal.ts';

/** Installs an App on an account: `installation.created`. */
export function installApp(world: World, actor: string, input: NewInstallation): InstallationRecord {
  const record = addInstallation(world, input);
  note(world, actor, 'installation.created', record);
  return record;
}

/** Ends an installation; its tokens stop working. `installation.deleted` is the last thing it hears. */
export function uninstallApp(
  world: World,
  actor: string,
  input: { readonly installation: number },
): InstallationRecord {
  const record = requireInstallation(world, input.installation);
  note(world, actor, 'installation.deleted', record);
  world.installations.delete(record.id);
  for (const [text, token] of world.tokens) if (token.installationId === record.id) world.tokens.delete(text);
  return record;
}

/** Grants the App other permissions than before. */
export function setInstallationPermissions(
  world: World,
  actor: string,
  input: { readonly installation: number; readonly permissions: Permissions },
): InstallationRecord {
  const record = requireInstallation(world, input.installation);
  record.permissions = input.permissions;
  note(world, actor, 'installation.new_permissions_accepted', record);
  return record;
}

/** Adds repositories to an installation of selected ones, or takes them out. */
export function changeInstallationRepositories(
  world: World,
  actor: string,
  input: { readonly installation: number; readonly added?: readonly string[]; readonly removed?: readonly string[] },
): InstallationRecord {
  const record = requireInstallation(world, input.installation);
  const selected = record.repositories === 'all' ? new Set<string>() : record.repositories;
  const added = (input.added ?? []).map((key) => key.toLowerCase());
  const removed = (input.removed ?? []).map((key) => key.toLowerCase());
  for (const key of added) selected.add(key);
  for (const key of removed) selected.delete(key);
  record.repositories = selected;
  if (added.length > 0) note(world, actor, 'installation_repositories.added', record, added);
  if (removed.length > 0) note(world, actor, 'installation_repositories.removed', record, removed);
  return record;
}

function requireInstallation(world: World, id: number): InstallationRecord {
  const record = world.installations.get(id);
  if (record === undefined) throw notFound();
  return record;
}

function note(world: World, sender: string, event: string, record: InstallationRecord, repositories?: string[]): void {
  const [name = event, action = null] = event.split('.');
  const details = { installationId: record.id, ...(repositories === undefined ? {} : { repositories }) };
  announce(world, { name, action, repository: '', sender, details });
}
