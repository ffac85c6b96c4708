import type { WalkedCommit } from './gather-steps.ts';
import { titleOf } from './stated-reverts.ts';

/** The author, second of authoring and title of a commit: what a rebase keeps. */
export const originOf = ({ author, message }: Pick<WalkedCommit, 'author' | 'message'>): string =>
  `${author}\n${titleOf(message)}`;

/**
 * The steps that a change was rebased into: from its last one (`place`) back as far as they carry the origins of its own
 * commits. `line` holds the base's steps, the oldest first.
 */
export function rebasedSteps(
  line: readonly WalkedCommit[],
  place: number,
  origins: ReadonlySet<string>,
): readonly number[] {
  const places = [place];
  for (let at = place - 1; at >= 0 && places.length < origins.size; at -= 1) {
    const step = line[at];
    if (step === undefined || step.parents.length > 1 || !origins.has(originOf(step))) break;
    places.push(at);
  }
  return places;
}
