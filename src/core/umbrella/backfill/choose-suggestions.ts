import { refKey } from '../../task/identity.ts';
import type { ParentQuestion } from './ask-for-parents.ts';
import type { BackfillTask } from './backfill-task.ts';
import { compareRefs } from './link-proposal.ts';

/** An umbrella that a task could be given, with how probable it is. */
export interface PossibleParent {
  readonly task: BackfillTask;
  readonly umbrella: BackfillTask;
  /** 0–1. */
  readonly probability: number;
}

/** What a task may be given, the most probable first. */
export function possibleParents(
  { task, umbrellas }: ParentQuestion,
  answer: Float64Array | undefined,
  isAllowed: (possible: PossibleParent) => boolean,
): readonly PossibleParent[] {
  return umbrellas
    .map((umbrella, place) => ({ task, umbrella, probability: answer?.[place] ?? 0 }))
    .filter((one) => one.umbrella.ref.owner.toLowerCase() === task.ref.owner.toLowerCase() && isAllowed(one))
    .sort(bySurety);
}

/**
 * One umbrella a task at most: the surest are given first, and none that would stand below its own child. Of two that
 * suggest each other one gets its second choice, if it has one, and nobody has to settle what nobody said.
 */
export function chooseSuggestions(
  ranked: readonly (readonly PossibleParent[])[],
  parents: ReadonlyMap<string, string>,
): readonly PossibleParent[] {
  const above = new Map(parents);
  const given = new Set<string>();
  const chosen: PossibleParent[] = [];
  for (const one of ranked.flat().sort(bySurety)) {
    const [child, parent] = [refKey(one.task.ref), refKey(one.umbrella.ref)];
    if (given.has(child) || standsBelow(parent, child, above)) continue;
    given.add(child);
    above.set(child, parent);
    chosen.push(one);
  }
  return chosen;
}

const bySurety = (one: PossibleParent, other: PossibleParent): number =>
  other.probability - one.probability ||
  compareRefs(one.task.ref, other.task.ref) ||
  compareRefs(one.umbrella.ref, other.umbrella.ref);

const MAX_LEVELS = 64;

function standsBelow(start: string, above: string, parents: ReadonlyMap<string, string>): boolean {
  let key: string | undefined = start;
  for (let level = 0; key !== undefined && level < MAX_LEVELS; level += 1) {
    if (key === above) return true;
    key = parents.get(key);
  }
  return false;
}
