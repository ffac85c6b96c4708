import type { RepositoryRef } from '../task/identity.ts';
import type { OpenChange } from './open-change.ts';
import type { MergeOrder } from './order/order-merges.ts';

export interface MergeCommand {
  readonly name: string;
  /** One line for a shell; gh asks how to merge. */
  readonly command: string;
  /** Merged before it and in conflict with it: it has to be redone first, surely or probably. Empty where it merges clean. */
  readonly redoAfter: readonly string[];
}

const MOST = 10;

/** The next ten merges as `gh` commands; none for what is not ready, nor where there is no pull request. */
export function nextMerges(
  { places }: MergeOrder,
  changes: readonly OpenChange[],
  repository: RepositoryRef | null,
): readonly MergeCommand[] {
  if (repository === null) return [];
  const numbers = new Map(changes.map(({ name, number }) => [name, number]));
  const ready = places.filter(({ reason }) => reason.kind !== 'not_ready');
  return ready
    .flatMap(({ name, hitBy, hitChance }) => {
      const number = numbers.get(name) ?? null;
      if (number === null) return [];
      const redoAfter = hitChance < 0.5 ? [] : hitBy.map((one) => one.name);
      return [{ name, command: mergeCommand(number, repository), redoAfter }];
    })
    .slice(0, MOST);
}

/** Quoted for a POSIX shell whatever the repository is called, and never read as an option. */
const mergeCommand = (number: number, { owner, repo }: RepositoryRef): string =>
  `gh pr merge ${number} --repo=${quote(`${owner}/${repo}`)}`;

function quote(word: string): string {
  return /^[a-z0-9][a-z0-9._/-]*$/i.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
