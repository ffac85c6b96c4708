import { inWords } from '../in-words.ts';
import { neutralizeInline, renderLink } from '../markdown.ts';
import type { KnownConflict } from '../risk/known-conflicts.ts';
import { formatRef, type RepositoryRef } from '../task/identity.ts';
import type { ReviewState } from '../task/review-state.ts';
import { countWords } from './progress-words.ts';
import type { ChildPullRequest, CountedState, Progress } from './rollup.ts';

/** How a state is shown: one picture that reads on light and dark, and the word. */
const STATES: Readonly<Record<CountedState, { readonly icon: string; readonly cell: string }>> = {
  done: { icon: '✅', cell: '🟩' },
  integrated: { icon: '☑️', cell: '🟩' },
  approved: { icon: '👍', cell: '🟦' },
  implemented: { icon: '👀', cell: '🟦' },
  in_progress: { icon: '🔨', cell: '🟨' },
  blocked: { icon: '⛔', cell: '🟥' },
  reverted: { icon: '↩️', cell: '🟥' },
  unblocked: { icon: '⚪', cell: '⬜' },
  unknown: { icon: '❔', cell: '⬜' },
  dropped: { icon: '🚫', cell: '' },
};

const BAR_CELLS = 20;

export const stateIcon = (state: CountedState): string => STATES[state].icon;

export const stateWords = (state: CountedState): string => `${STATES[state].icon} ${inWords(state)}`;

/** Squares in the order of progress, dropped tasks left out; a state that occurs has at least its rounded-down share. */
export function renderBar(progress: Progress): string {
  const order: readonly CountedState[] = [
    'done',
    'integrated',
    'approved',
    'implemented',
    'in_progress',
    'blocked',
    'reverted',
    'unblocked',
    'unknown',
  ];
  let counted = 0;
  let drawn = 0;
  const parts = order.map((state) => {
    counted += progress.counts[state];
    const until = Math.floor((BAR_CELLS * counted) / Math.max(1, progress.relevant));
    const cells = STATES[state].cell.repeat(until - drawn);
    drawn = until;
    return cells;
  });
  return parts.join('');
}

/** `5 of 8 complete · 2 in progress · 1 blocked`. */
export function renderCounts(progress: Progress): string {
  const { done: _done, integrated: _integrated, ...rest } = progress.counts;
  return [`${progress.complete} of ${progress.relevant} complete`, ...countWords(rest)].join(' · ');
}

interface NamedItem {
  readonly ref: { readonly owner: string; readonly repo: string; readonly number: number };
  readonly url: string;
}

/** `#12`, or `octo/other#7` from another repository, as a link. */
export const linkTo = (item: NamedItem, near: RepositoryRef): string =>
  renderLink(neutralizeInline(formatRef(item.ref, near), 160), item.url);

/** At most three names; whom GitHub calls `@kim` stands here without the sign. */
export function renderPeople(names: readonly string[]): string {
  const shown = names.slice(0, 3).map((name) => neutralizeInline(name, 160));
  return names.length > 3 ? `${shown.join(', ')} +${names.length - 3}` : shown.join(', ');
}

const CHECKS: Readonly<Record<ChildPullRequest['checks'], string>> = {
  none: 'no checks',
  success: '✓ checks',
  pending: '● checks',
  failure: '✗ checks',
  unknown: '? checks',
};

const REVIEWS: Readonly<Record<ReviewState, string>> = {
  approved: '✓ approved',
  changes_requested: '✗ changes requested',
  requested: '● review',
  none: 'no review',
  unknown: '? review',
};

/** `#41 open · ✓ checks · ● review`; of merged and closed pull requests only the state. */
export function renderPullRequest(pullRequest: ChildPullRequest, near: RepositoryRef): string {
  const name = `${linkTo(pullRequest, near)} ${pullRequest.state}`;
  const isOpen = pullRequest.state === 'open' || pullRequest.state === 'draft';
  if (!isOpen) return name;
  const conflicts = conflictWords(pullRequest.conflicts ?? [], near);
  return [name, CHECKS[pullRequest.checks], REVIEWS[pullRequest.review], ...conflicts].join(' · ');
}

const MAX_CONFLICTS = 3;

/** Not linked: GitHub would note on the other pull request that the umbrella mentions it. */
function conflictWords(conflicts: readonly KnownConflict[], near: RepositoryRef): readonly string[] {
  return (['verified', 'estimated'] as const).flatMap((basis) => {
    const refs = conflicts.filter((one) => one.basis === basis).map((one) => one.with);
    if (refs.length === 0) return [];
    const shown = refs.slice(0, MAX_CONFLICTS).map((ref) => neutralizeInline(formatRef(ref, near), 160));
    const more = refs.length > MAX_CONFLICTS ? ` +${refs.length - MAX_CONFLICTS}` : '';
    return [`⚠ ${basis === 'verified' ? 'conflicts' : 'likely conflicts'} with ${shown.join(', ')}${more} (${basis})`];
  });
}
