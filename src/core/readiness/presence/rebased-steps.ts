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

/**
 * The same by the messages of its commits (the oldest first), which a rebase keeps and GitHub lists: for a change whose own
 * commits nobody has. Its last step alone where that carries none of them: it was squashed or merged.
 */
export function stepsByMessages(
  line: readonly WalkedCommit[],
  place: number,
  messages: readonly string[],
): readonly number[] {
  const own = messages.map((message) => message.trim());
  const places = [place];
  let at = own.lastIndexOf(line[place]?.message.trim() ?? '');
  for (let step = place - 1; at > 0; step -= 1) {
    const commit = line[step];
    // A commit that was empty, or on the base already, is left out by a rebase.
    at = commit === undefined || commit.parents.length > 1 ? -1 : own.lastIndexOf(commit.message.trim(), at - 1);
    if (at >= 0) places.push(step);
  }
  return places;
}
