import type * as z from 'zod';
import { visibleLine } from '../../core/markdown.ts';
import { formatRef } from '../../core/task/identity.ts';
import type { workClaim } from '../../operations/work-claim.ts';
import type { workRelease } from '../../operations/work-release.ts';
import type { workRenew } from '../../operations/work-renew.ts';
import type { Shown } from '../../operations/work-schema.ts';
import { endOfWorld } from './next-of-plan.ts';
import { leftOutLines } from './render-next.ts';
import { renderNotes } from './render-notes.ts';
import type { View } from './view.ts';

/** The task that was claimed and what its agent must keep, or why there is none and when to ask again. */
export function renderClaim(output: z.output<typeof workClaim.output>, view: View): string {
  const { claim, again: isAgain, task, reason, retryAt, shown } = output;
  const notes = [...leftOutLines(output), ...renderNotes(output, view)];
  if (claim === null || task === null) {
    const again = retryAt === null ? 'Asking again helps only once that changes.' : `Ask again at ${retryAt}.`;
    return lines([visibleLine(reason ?? 'Nothing is free.'), again, ...notes]);
  }
  const name = view.colors.bold(`${formatRef(claim.task)} ${visibleLine(task.title)}`);
  const unblocks = task.unblocks === 0 ? [] : [`unblocks ${task.unblocks}`];
  const unsure = task.unsure === null ? [] : [task.unsure];
  const lane = task.lane === null ? [] : [`lane ${visibleLine(task.lane)}`];
  return lines([
    name,
    [visibleLine(task.url), ...lane, ...unblocks, ...unsure].join(' · '),
    `agent ${claim.agent} · token ${claim.token} · until ${claim.expiresAt}${isAgain ? ` · ${HELD}` : ''}`,
    ...signLines(shown, view),
    ...notes,
    ...endOfWorld('claims', view),
  ]);
}

const HELD = 'held already (--another gives one more)';

export function renderRenewal({ claim, shown }: z.output<typeof workRenew.output>, view: View): string {
  const { task, agent, token, expiresAt } = claim;
  return lines([
    `${formatRef(task)} · agent ${agent} · token ${token} · until ${expiresAt}`,
    ...signLines(shown, view),
  ]);
}

export function renderRelease({ task, agent, shown }: z.output<typeof workRelease.output>, view: View): string {
  return lines([`${formatRef(task)} is no longer claimed by agent ${agent}.`, ...signLines(shown, view)]);
}

/** Only what did not go as configured is worth a line. */
function signLines(shown: Shown | null, { colors }: View): readonly string[] {
  if (shown === null || shown.reason === null) return [];
  return [`${colors.yellow('note:')} not shown on GitHub (${shown.as}): ${visibleLine(shown.reason)}`];
}

const lines = (all: readonly string[]): string => all.map((line) => `${line}\n`).join('');
