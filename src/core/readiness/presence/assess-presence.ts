import type { BaseStep } from './base-line.ts';
import { findLosses } from './find-losses.ts';
import { findUndoings } from './find-undoings.ts';
import { bringsBack, countSweeps, judgeUndoing } from './judge-undoing.ts';
import { netChange } from './net-change.ts';
import type { Presence, PresenceCommit, UndoingEvidence } from './presence.ts';
import { numberOf, revertTargets, statedReverts, titleOf } from './stated-reverts.ts';
import type { Undoing } from './undoing.ts';

/** What became of the steps of a base. */
export interface LineFate {
  /** Of a change that the given steps brought, in the words of `Presence`. */
  readonly presenceOf: (places: readonly number[]) => Presence;
  /** Of a change that a step brought together with others; null for one from before all steps. */
  readonly insideOf: (place: number | null) => Presence;
}

/** Looks once at all steps, so that any number of changes can be asked about. */
export function assessLine(
  steps: readonly BaseStep[],
  stepOf: ReadonlyMap<string, number>,
  isRegenerated: (path: string) => boolean,
): LineFate {
  const targets = revertTargets(steps, stepOf);
  const reverts = statedReverts(steps.length, targets);
  const changes = steps.map((step) => netChange(step, isRegenerated));
  const lossOf = findLosses(changes);
  const silent = new Map<number, Undoing>();
  const undoings = findUndoings(changes);
  const sweeps = countSweeps(undoings);
  const line = {
    steps,
    isRevert: (place: number): boolean => targets.has(place),
    sweepOf: (place: number): number => sweeps.get(place) ?? 0,
  };
  const judged = undoings.map((undoing) => ({ undoing, judgement: judgeUndoing(undoing, line) }));
  // A commit that silently undid one change is not believed to have meant another, little as that may be.
  const suspects = new Set(
    judged.flatMap(({ undoing, judgement }) => (judgement.isSilent && bringsBack(undoing) ? [undoing.by] : [])),
  );
  for (const { undoing, judgement } of judged) {
    const known = silent.get(undoing.victim);
    if (known !== undefined && known.share >= undoing.share) continue;
    const isOneOfMany = !judgement.isSilent && judgement.isWeak && suspects.has(undoing.by) && bringsBack(undoing);
    if (judgement.isSilent || isOneOfMany) silent.set(undoing.victim, undoing);
  }
  const commitOf = (place: number): PresenceCommit => describe(steps[place]);
  const unread = (place: number): boolean => steps[place]?.files === null;
  return {
    insideOf: (place) => {
      const out = place === null ? undefined : reverts.get(place);
      return out?.isOut ? { state: 'reverted', by: commitOf(out.by) } : { state: 'present', how: 'ancestor' };
    },
    presenceOf: (places) => {
      const out = places.map((place) => reverts.get(place)).find((revert) => revert?.isOut);
      if (out !== undefined) return { state: 'reverted', by: commitOf(out.by) };
      const undone = places.map((place) => silent.get(place)).find((undoing) => undoing !== undefined);
      if (undone !== undefined) {
        const lost = places.filter((place) => silent.has(place)).toSorted((a, b) => a - b);
        const shas = lost.map((place) => commitOf(place).sha);
        return { state: 'undone', by: commitOf(undone.by), evidence: evidenceOf(undone), lost: shas };
      }
      if (places.some(unread))
        return { state: 'unknown', gap: { cause: 'no_clone', what: `what ${steps[places[0] ?? 0]?.sha} changed` } };
      const by = places.flatMap(lossOf);
      if (by.length > 0) return { state: 'changed_later', by: [...new Set(by)].sort((a, b) => b - a).map(commitOf) };
      return { state: 'present', how: 'ancestor' };
    },
  };
}

function describe(step: BaseStep | undefined): PresenceCommit {
  const message = step?.messages[0] ?? '';
  const number = numberOf(message);
  return {
    ...{ sha: step?.sha ?? '', subject: titleOf(message), at: step?.at ?? '' },
    number: number === null ? null : Number(number),
  };
}

const evidenceOf = ({ files, share, victims }: Undoing): UndoingEvidence => ({
  ...{ files, share, victims },
  removedLines: files.reduce((sum, { removed }) => sum + removed, 0),
  restoredLines: files.reduce((sum, { restored }) => sum + restored, 0),
});
