import { inWords } from '../../../core/in-words.ts';
import { visibleLine } from '../../../core/markdown.ts';
import { formatRef, refKey } from '../../../core/task/identity.ts';
import type { ChildRollup, Rollup } from '../../../core/umbrella/rollup.ts';
import { nearText } from '../near-text.ts';

/** What an event did to one rollup. */
export interface ChangedRollup {
  readonly rollup: Rollup;
  /** One line each. */
  readonly changes: readonly string[];
}

/** What one rollup says that the one before did not, a line each; everything when there was none before. */
export function diffRollups(before: Rollup | null, after: Rollup): readonly string[] {
  if (before === null) return [`first rollup: ${after.children.length} children shown`];
  const known = new Map(before.children.map((child) => [refKey(child.ref), child]));
  return [
    ...after.children.flatMap((child) => diffChild(known.get(refKey(child.ref)) ?? null, child, after)),
    ...goneChildren(before, after),
    ...diffVerdict(before, after),
  ];
}

function diffChild(before: ChildRollup | null, after: ChildRollup, { umbrella }: Rollup): readonly string[] {
  const name = formatRef(after.ref, umbrella.ref);
  if (before === null) return [`${name} ${visibleLine(after.title)}: new, ${stateText(after)}`];
  const next = nextText(after, umbrella.ref);
  return [
    ...changed(stateText(before), stateText(after), `${name} is`),
    ...changed(pullsText(before, umbrella.ref), pullsText(after, umbrella.ref), `${name} has`),
    ...changed(before.missingArtifacts.join(', '), after.missingArtifacts.join(', '), `${name} misses`),
    ...(nextText(before, umbrella.ref) === next ? [] : [`${name} next: ${next}`]),
  ];
}

const stateText = ({ state }: ChildRollup): string => inWords(state.state);

function pullsText({ pullRequests }: ChildRollup, near: Rollup['umbrella']['ref']): string {
  return pullRequests
    .filter(({ state }) => state !== 'closed')
    .map(({ ref, state, checks, review }) => {
      return `${formatRef(ref, near)} ${state}, checks ${checks}, review ${inWords(review)}`;
    })
    .join('; ');
}

function nextText({ nextAction }: ChildRollup, near: Rollup['umbrella']['ref']): string {
  if (nextAction === null) return 'nothing';
  return [nearText(nextAction.text, near), ...nextAction.actors.map((actor) => `(${visibleLine(actor)})`)].join(' ');
}

function changed(before: string, after: string, subject: string): readonly string[] {
  if (before === after) return [];
  return [`${subject} ${before === '' ? 'nothing' : before} -> ${after === '' ? 'nothing' : after}`];
}

function goneChildren(before: Rollup, after: Rollup): readonly string[] {
  const left = new Set(after.children.map(({ ref }) => refKey(ref)));
  return before.children
    .filter(({ ref }) => !left.has(refKey(ref)))
    .map(({ ref, title }) => `${formatRef(ref, after.umbrella.ref)} ${visibleLine(title)}: no longer a child`);
}

function diffVerdict(before: Rollup, after: Rollup): readonly string[] {
  return changed(inWords(before.integration.verdict), inWords(after.integration.verdict), 'integration');
}
