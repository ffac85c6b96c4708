import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import type { CliIo } from './cli-io.ts';

/**
 * Where what can be computed again is kept: `parasol` in the user's cache folder.
 * Source of the default: XDG Base Directory Specification 0.8, which also says that a relative path is to be ignored.
 */
export function cacheFolder({ XDG_CACHE_HOME, HOME }: CliIo['env']): string {
  const base = XDG_CACHE_HOME && isAbsolute(XDG_CACHE_HOME) ? XDG_CACHE_HOME : join(HOME || homedir(), '.cache');
  return join(base, 'parasol');
}
