import { isValidConfig } from '../core/config.ts';
import type { ConfigVersion } from '../core/config-version.ts';
import type { RepositoryRef } from '../core/task/identity.ts';
import type { ConfigTexts } from '../core/umbrella/config-of-snapshot.ts';
import { configTextOf } from './config-text-of.ts';
import type { Gathering } from './gathering.ts';
import { loadLastValidConfig } from './load-last-valid-config.ts';
import type { ConfigNode } from './nodes.ts';
import { gapOf } from './unread.ts';

export interface ConfigAnswer {
  readonly repository: ConfigNode | null;
  readonly ownerDefaults: ConfigNode | null;
}

/**
 * The configuration of a repository and of its owner; null where there is no file. A refusal is noted as a gap. Of a
 * file that is broken, the last valid version is looked up: one more call, and none when nothing is broken.
 */
export async function readConfigTexts(
  gathering: Gathering,
  answer: ConfigAnswer,
  { owner, repo }: RepositoryRef,
): Promise<ConfigTexts> {
  const { unread, gaps } = gathering;
  const textOf = (node: ConfigNode | null, name: string): string | null => {
    const problem = node === null ? null : unread.at(node, 'object');
    if (problem !== null) {
      const gap = gapOf(problem, `.github/parasol.yml of ${owner}/${name}`, 'contents: read');
      gaps.push({ ...gap, about: 'configuration', repository: { owner, repo: name } });
    }
    return configTextOf(node?.object ?? null);
  };
  const versionOf = async (text: string | null, name: string): Promise<ConfigVersion | null> =>
    text === null || isValidConfig(text) ? null : loadLastValidConfig(gathering, { owner, repo: name }, text);

  const configText = textOf(answer.repository, repo);
  // There the owner's default is the repository's own file.
  const isOwners = repo.toLowerCase() === '.github';
  const ownerConfigText = isOwners ? null : textOf(answer.ownerDefaults, '.github');
  const repository = await versionOf(configText, repo);
  const inForce = { repository, owner: await versionOf(ownerConfigText, '.github') };
  const isHeld = inForce.repository !== null || inForce.owner !== null;
  return { configText, ownerConfigText, ...(isHeld ? { lastValidConfigs: inForce } : {}) };
}
