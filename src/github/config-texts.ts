import type { RepositoryRef } from '../core/task/identity.ts';
import type { Gathering } from './gathering.ts';
import type { ConfigNode } from './nodes.ts';
import { gapOf } from './unread.ts';

export interface ConfigAnswer {
  readonly repository: ConfigNode | null;
  readonly ownerDefaults: ConfigNode | null;
}

/** The configuration of a repository and of its owner; null where there is no file. A refusal is noted as a gap. */
export function readConfigTexts({ unread, gaps }: Gathering, answer: ConfigAnswer, { owner, repo }: RepositoryRef) {
  const textOf = (node: ConfigNode | null, name: string): string | null => {
    const problem = node === null ? null : unread.at(node, 'object');
    if (problem !== null) gaps.push(gapOf(problem, `.github/parasol.yml of ${owner}/${name}`, 'contents: read'));
    return node?.object?.text ?? null;
  };
  return { text: textOf(answer.repository, repo), ownerText: textOf(answer.ownerDefaults, '.github') };
}
