import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Where PGlite keeps its files: `PARASOL_DATA`, else `parasol` in the user's data folder.
 * Source of the default: XDG Base Directory Specification 0.8, which also says that a relative path is to be ignored.
 */
export function storeFolder({ PARASOL_DATA, XDG_DATA_HOME, HOME }: Environment): string {
  if (PARASOL_DATA) return resolve(PARASOL_DATA);
  const base = XDG_DATA_HOME && isAbsolute(XDG_DATA_HOME) ? XDG_DATA_HOME : join(HOME || homedir(), '.local', 'share');
  return join(base, 'parasol');
}
