import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { UserError } from '../core/failure.ts';
import { openRepository, type Repository } from '../git/open-repository.ts';
import { type CloneIdentity, identifyClone } from '../git/read-origin.ts';
import type { OperationContext } from './operation.ts';

/** A clone at hand, and the folder that keeps what was computed about its repository. */
export interface RiskClone extends CloneIdentity {
  /** As it was named. */
  readonly path: string;
  readonly repository: Repository;
  readonly cacheFolder: string;
}

/**
 * Opens a clone, has it used and closes it again. Throws `usage` where the caller is not who runs this process: then no
 * folder of the machine is any of their business.
 */
export async function withClone<T>(
  { machine }: Pick<OperationContext, 'machine'>,
  path: string,
  use: (clone: RiskClone) => Promise<T>,
): Promise<T> {
  if (machine === undefined) {
    const hint = 'Run it where the clone is: parasol risk queue --repo PATH, or parasol mcp on that machine.';
    throw new UserError('usage', 'Folders of this machine are not read for others.', hint);
  }
  const identity = await identifyClone(path);
  const repository = await openRepository(path);
  try {
    return await use({ ...identity, path, repository, cacheFolder: riskCacheFolder(machine.cacheFolder, identity) });
  } finally {
    await repository.close();
  }
}

/** One folder for every clone of one repository, or for a clone that comes from nowhere. */
export function riskCacheFolder(cacheFolder: string, { origin, folder }: CloneIdentity): string {
  const key = origin === null ? folder : `${origin.host}/${origin.owner}/${origin.repo}`.toLowerCase();
  return join(cacheFolder, 'risk', createHash('sha256').update(key).digest('hex').slice(0, 32));
}
