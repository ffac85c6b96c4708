import type { RepositoryRef } from '../task/identity.ts';
import type { OpenChange } from './open-change.ts';
import type { MergeOrder } from './order/order-merges.ts';

export interface MergeCommand {
  readonly name: string;
  /** One line for a shell. GitHub refuses it once somebody pushed to the head. */
  readonly command: string;
  /** Merged before it and in conflict with it: it has to be redone first, surely or probably. Empty where it merges clean. */
  readonly redoAfter: readonly string[];
  /** In words, what is to be done or seen before. */
  readonly before: readonly string[];
}

export type MergeMethod = 'merge' | 'squash' | 'rebase';

interface Place {
  readonly repository: RepositoryRef | null;
  readonly mergeMethod: MergeMethod;
}

const MOST = 10;

/** The next ten merges as `gh` commands; none for what is not ready, nor where there is no pull request. */
export function nextMerges(
  { places }: MergeOrder,
  changes: readonly OpenChange[],
  { repository, mergeMethod }: Place,
): readonly MergeCommand[] {
  if (repository === null) return [];
  const byName = new Map(changes.map((change) => [change.name, change]));
  const ready = places.filter(({ reason }) => reason.kind !== 'not_ready');
  return ready
    .flatMap(({ name, hitBy, hitChance }) => {
      const change = byName.get(name);
      if (change === undefined || change.number === null) return [];
      const redoAfter = hitChance < 0.5 ? [] : hitBy.map((one) => one.name);
      return [{ name, command: mergeCommand(change, repository, mergeMethod), redoAfter, before: beforeMerge(change) }];
    })
    .slice(0, MOST);
}

/** GitHub merges no draft. */
const beforeMerge = ({ number, isDraft, before }: OpenChange): readonly string[] =>
  isDraft ? [`a draft: gh pr ready ${number} first`, ...before] : before;

/** Quoted for a POSIX shell whatever the repository is called, and never read as an option. */
const mergeCommand = ({ number, headSha }: OpenChange, { owner, repo }: RepositoryRef, method: MergeMethod): string =>
  `gh pr merge ${number} --repo=${quote(`${owner}/${repo}`)} --${method} --match-head-commit=${quote(headSha)}`;

function quote(word: string): string {
  return /^[a-z0-9][a-z0-9._/-]*$/i.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
