import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import type { RepositoryRef } from '../core/task/identity.ts';
import { locateRepository, readSmall } from './locate-repository.ts';

/** Where a clone comes from, as far as its address tells. */
export interface RemoteOrigin extends RepositoryRef {
  /** In lower case, with its port where the address has one. */
  readonly host: string;
}

/** A clone on this machine and where it comes from. */
export interface CloneIdentity {
  /** The real path of the folder that holds its objects: the same for every linked worktree. */
  readonly folder: string;
  /** Of the remote `origin`; null where there is none, or one that is no address of a server. */
  readonly origin: RemoteOrigin | null;
  /** By name, those of its remotes that are addresses of servers. */
  readonly remotes: ReadonlyMap<string, RemoteOrigin>;
}

const CONFIG_BYTES = 1024 * 1024;

/** Git is not run: its configuration file is read as data. Throws `not_found` where no repository is. */
export async function identifyClone(path: string): Promise<CloneIdentity> {
  const { commonFolder } = await locateRepository(path);
  const config = await readSmall(join(commonFolder, 'config'), CONFIG_BYTES);
  const remotes = config === null ? new Map<string, RemoteOrigin>() : remotesOfConfig(config);
  return { folder: await realpath(commonFolder), origin: remotes.get('origin') ?? null, remotes };
}

export const originOfConfig = (config: string): RemoteOrigin | null => remotesOfConfig(config).get('origin') ?? null;

/** The first `url` of each `[remote "NAME"]`; names with quotation marks or backslashes are left out. */
function remotesOfConfig(config: string): ReadonlyMap<string, RemoteOrigin> {
  const urls = new Map<string, string>();
  let name: string | null = null;
  for (const line of config.split(/\r?\n/)) {
    const section = /^\s*\[(.+?)\]/.exec(line)?.[1];
    if (section !== undefined) name = /^remote\s+"([^"\\]+)"$/i.exec(section)?.[1] ?? null;
    const url = /^\s*url\s*=\s*(\S+)/i.exec(line)?.[1];
    if (name !== null && url !== undefined && !urls.has(name)) urls.set(name, url);
  }
  return new Map(
    [...urls].flatMap(([remote, url]) => {
      const origin = originOfUrl(url);
      return origin === null ? [] : [[remote, origin] as const];
    }),
  );
}

// https://USER@HOST/o/r.git, ssh://git@HOST:22/o/r.git, git@HOST:o/r.git
const REMOTE_URL =
  /(?:^[a-z+]+:\/\/(?:[^/@\s]*@)?([^/\s]+)\/|^(?:[^/\s:@]+@)?([^/\s:]+):)\/?([^/\s]+)\/([^/\s]+?)(?:\.git)?\/?$/i;

export function originOfUrl(url: string): RemoteOrigin | null {
  const [, addressed, short, owner, repo] = REMOTE_URL.exec(url) ?? [];
  const host = addressed ?? short;
  if (host === undefined || owner === undefined || repo === undefined) return null;
  return { host: host.toLowerCase().replace(/:22$/, ''), owner, repo };
}
