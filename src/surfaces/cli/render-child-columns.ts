import { inWords } from '../../core/in-words.ts';
import { visibleLine } from '../../core/markdown.ts';
import type { KnownConflict } from '../../core/risk/known-conflicts.ts';
import { formatRef } from '../../core/task/identity.ts';
import type { ChildPullRequest, ChildRollup, Rollup } from '../../core/umbrella/rollup.ts';
import { ageText } from './age-text.ts';
import { nearText, shownTitle } from './near-text.ts';
import type { Column } from './print-table.ts';
import type { Colors } from './view.ts';

/** More are counted. */
const MAX_CONFLICTS = 3;

/** What a terminal shows of each child. Columns that say nothing for any child are dropped by the table. */
export const childColumns = ({ umbrella }: Rollup, colors: Colors): readonly Column<ChildRollup>[] => [
  { title: 'Task', cell: ({ ref }) => formatRef(ref, umbrella.ref), isHeading: true },
  { title: 'Id', cell: ({ plannedId }) => visibleLine(plannedId ?? ''), isHeading: true },
  { title: 'Title', cell: titleOf, canShrink: true, isHeading: true },
  { title: 'State', cell: (child) => paintState(child, colors) },
  { title: 'Pull request', cell: (child) => pullRequestLines(child, (one) => pullRequestText(one, umbrella.ref)) },
  { title: 'Checks', cell: (child) => pullRequestLines(child, ({ checks }) => (checks === 'none' ? '–' : checks)) },
  { title: 'Review', cell: (child) => pullRequestLines(child, reviewText), canShrink: true },
  { title: 'Conflicts with', cell: (child) => conflictsText(child, umbrella.ref), canShrink: true },
  { title: 'Blocked by', cell: (child) => blockersText(child, umbrella.ref) },
  { title: 'Missing', cell: ({ missingArtifacts }) => missingArtifacts.map(visibleLine).join(', '), canShrink: true },
  { title: 'Next', cell: (child) => nextText(child, umbrella.ref), canShrink: true },
];

function titleOf(child: ChildRollup): string {
  const { nested } = child;
  const tree = nested === null ? '' : ` [${nested.progress.complete}/${nested.progress.relevant}]`;
  return shownTitle(child) + tree;
}

function paintState({ state, ageSeconds, claim }: ChildRollup, colors: Colors): string {
  const age = ageText(ageSeconds);
  const agent = claim === undefined ? '' : `(${visibleLine(claim.agent)})`;
  const text = [inWords(state.state), age, agent].filter((part) => part !== '').join(' ');
  switch (state.state) {
    case 'done':
    case 'integrated':
      return colors.green(text);
    case 'blocked':
    case 'reverted':
      return colors.red(text);
    case 'unknown':
      return colors.yellow(text);
    case 'dropped':
      return colors.dim(text);
    default:
      return text;
  }
}

/** Closed pull requests are left out of the table: they decide nothing. */
function pullRequestLines(child: ChildRollup, line: (one: ChildPullRequest) => string): string {
  return child.pullRequests
    .filter(({ state }) => state !== 'closed')
    .map(line)
    .join('\n');
}

function pullRequestText({ ref, state }: ChildPullRequest, near: Rollup['umbrella']['ref']): string {
  return `${formatRef(ref, near)}${state === 'open' ? '' : ` ${state}`}`;
}

function reviewText({ review, waitingFor }: ChildPullRequest): string {
  if (review === 'none') return '–';
  const text = inWords(review);
  if (waitingFor.length === 0) return text;
  // Who still owes a review is not who has already answered.
  return text + (review === 'requested' ? ': ' : '; waiting for ') + waitingFor.map(visibleLine).join(', ');
}

/** Beside the pull request that they are of; empty where no pull request of the child has any. */
function conflictsText(child: ChildRollup, near: Rollup['umbrella']['ref']): string {
  const hasAny = child.pullRequests.some(({ conflicts = [] }) => conflicts.length > 0);
  return hasAny ? pullRequestLines(child, ({ conflicts = [] }) => conflictWords(conflicts, near) || '–') : '';
}

/** `#12, #13 (verified); likely #14 (estimated)`. */
const conflictWords = (conflicts: readonly KnownConflict[], near: Rollup['umbrella']['ref']): string =>
  (['verified', 'estimated'] as const)
    .flatMap((basis) => {
      const names = conflicts.filter((one) => one.basis === basis).map((one) => formatRef(one.with, near));
      if (names.length === 0) return [];
      const more = names.length > MAX_CONFLICTS ? ` +${names.length - MAX_CONFLICTS}` : '';
      const likely = basis === 'estimated' ? 'likely ' : '';
      return [`${likely}${names.slice(0, MAX_CONFLICTS).join(', ')}${more} (${basis})`];
    })
    .join('; ');

function blockersText({ openBlockers }: ChildRollup, near: Rollup['umbrella']['ref']): string {
  const named = openBlockers.flatMap(({ ref }) => (ref === null ? [] : [formatRef(ref, near)]));
  const hidden = openBlockers.length - named.length;
  return [...named, ...(hidden === 0 ? [] : [`${hidden} private`])].join('\n');
}

function nextText({ nextAction }: ChildRollup, near: Rollup['umbrella']['ref']): string {
  if (nextAction === null) return '';
  const who = nextAction.actors.length === 0 ? '' : ` (${nextAction.actors.map(visibleLine).join(', ')})`;
  return nearText(nextAction.text, near) + who;
}
