/**
 * Brings an umbrella's rollup comment up to date: reads the umbrella, decides what the comment should say, and edits the
 * one comment in place when it says something else. Used by the App on every event and by `/parasol rollup`.
 *
 * It writes only where somebody wants it: the repository (or its owner) has a configuration with `rollup: { mode: comment }`,
 * which is what a configuration means unless it says otherwise; or the comment is already there; or someone asked by
 * command. With `mode: off` or `mode: observe` it writes only to take back what a change of visibility has hidden.
 *
 * Of a configuration that is wrong the last valid version holds. One that cannot be read, because a permission is missing
 * or because it is wrong where it says the mode and was never valid, starts nothing: no comment is made unless someone asks by command. One that is there already is edited, because it is
 * where `unknown`, and what is wrong, can be said.
 */
import { UserError } from '../core/failure.ts';
import { type Ref, refKey } from '../core/task/identity.ts';
import { isBatch } from '../core/umbrella/batch-umbrella.ts';
import { planRollupComment } from '../core/umbrella/plan-rollup-comment.ts';
import { renderRollupComment } from '../core/umbrella/render-comment.ts';
import type { Rollup } from '../core/umbrella/rollup.ts';
import type { OwnComment, UmbrellaSnapshot } from '../core/umbrella/snapshot.ts';
import { loadUmbrella } from '../github/load-umbrella.ts';
import { applyChanges, type ChangeOutcome, type WrittenComment } from './apply-changes.ts';
import { buildUmbrellaRollup } from './build-umbrella-rollup.ts';
import type { RollupWish } from './config-in-force.ts';
import type { OperationContext } from './operation.ts';
import { withClaimsAtHand } from './read-claims.ts';
import { contradicts } from './stale-read.ts';
import type { Expectation } from './subject.ts';
import { tickBoxes } from './tick-boxes.ts';

interface RefreshOptions {
  /** Someone asked for it by command: written even where nothing is configured. */
  readonly asked?: boolean;
  /** Someone's view of a repository changed: a comment that is there is corrected whatever the configuration says. */
  readonly corrects?: boolean;
  readonly dryRun?: boolean;
  /** Boxes of the umbrella's own checklist are set as well, where the configuration says so. */
  readonly ticks?: boolean;
  /** False: a comment that is there is edited, but none is made. */
  readonly creates?: boolean;
  /** What recent events said; a snapshot that contradicts one of them is read once more, after `pause`. */
  readonly expectations?: readonly Expectation[];
  /** The comment as this process wrote it here last, which a stale answer may not show yet. */
  readonly written?: WrittenComment;
  /** What is known of pull requests' integration; nothing is read for it. */
  readonly conflicts?: UmbrellaSnapshot['conflicts'];
  /** Lets GitHub's replicas catch up. */
  readonly pause?: () => Promise<void>;
}

export interface RefreshResult {
  readonly umbrella: Ref;
  /**
   * Of the comment alone. `quiet`: nobody wants a rollup here; `turned_off`: the configuration says off or observe; `not_an_umbrella`: no
   * children, and no comment of ours to correct.
   */
  readonly outcome: 'written' | 'unchanged' | 'dry_run' | 'quiet' | 'turned_off' | 'not_an_umbrella';
  readonly rollup: Rollup;
  /** The comment's text, whether or not it was written. */
  readonly body: string;
  readonly changes: readonly ChangeOutcome[];
  /** Whether the umbrella's readiness report is to be kept on it as well: it has children, and the configuration says so. */
  readonly pinsReadiness: boolean;
  /** What the facts still contradicted when they were taken: GitHub answers stale, and another refresh is due later. */
  readonly contradicted: readonly Expectation[];
}

/** Throws `UserError` when the umbrella cannot be read or the comment cannot be written. */
export async function refreshRollup(
  context: OperationContext,
  umbrella: Ref,
  options: RefreshOptions = {},
): Promise<RefreshResult> {
  const first = await attempt(context, umbrella, options);
  const isGone = first.changes.some(({ outcome, code }) => outcome === 'failed' && code === 'not_found');
  const result = isGone ? await attempt(context, umbrella, withoutMemory(options)) : first;
  const failed = result.changes.find(({ outcome }) => outcome === 'failed');
  if (failed === undefined) return result;
  throw failed.cause ?? commentGone(umbrella);
}

const withoutMemory = ({ written: _gone, ...options }: RefreshOptions): RefreshOptions => options;

async function attempt(context: OperationContext, umbrella: Ref, options: RefreshOptions): Promise<RefreshResult> {
  const { snapshot: read, contradicted } = await loadFresh(context, umbrella, options);
  // While GitHub contradicts an event nobody knows which of the two is old.
  const isSure = contradicted.length === 0 && options.ticks === true;
  const ticked = isSure ? await tickBoxes(context, read, { dryRun: options.dryRun ?? false }) : null;
  const { snapshot, changes: ticks } = ticked ?? { snapshot: read, changes: [] };
  const { rollup, ...wish } = buildUmbrellaRollup(snapshot, { now: context.now(), audience: 'umbrella_readers' });
  const body = renderRollupComment(rollup);
  const ownComment = commentOf(snapshot.ownComment, options);

  const task = snapshot.tasks.get(refKey(snapshot.umbrella));
  // The umbrella above shows a batch's children as its own.
  const total = task !== undefined && isBatch(task) ? 0 : rollup.progress.total;
  const decided = {
    umbrella: snapshot.umbrella,
    rollup,
    body,
    contradicted,
    pinsReadiness: wish.pinsReadiness && total > 0,
  };
  const facts = { rollupWish: wish.rollupWish, hasComment: ownComment !== null, total };
  const reason = reasonNotToWrite(facts, options);
  if (reason !== null) return { ...decided, outcome: reason, changes: ticks };
  const planned = planRollupComment({ ownComment, umbrella: snapshot.umbrella, body });
  if (planned.length === 0) return { ...decided, outcome: 'unchanged', changes: ticks };
  const changes = await applyChanges(context, planned, { dryRun: options.dryRun ?? false });
  return { ...decided, outcome: options.dryRun ? 'dry_run' : 'written', changes: [...ticks, ...changes] };
}

/** What GitHub shows, or else what this process wrote, unless an event says that someone else has touched it since. */
function commentOf(
  shown: OwnComment | null,
  { written, expectations = [] }: RefreshOptions,
): Pick<OwnComment, 'id' | 'body' | 'copies'> | null {
  const isTouched = expectations.some((expected) => 'commentId' in expected && expected.commentId === written?.id);
  return shown ?? (isTouched ? null : (written ?? null));
}

interface Loaded {
  readonly snapshot: UmbrellaSnapshot;
  readonly contradicted: readonly Expectation[];
}

async function loadFresh(
  context: OperationContext,
  umbrella: Ref,
  { expectations = [], conflicts, pause }: RefreshOptions,
): Promise<Loaded> {
  const load = async (): Promise<Loaded> => {
    const snapshot = await loadUmbrella(context.github, umbrella, { now: context.now });
    const claimed = await withClaimsAtHand(context, snapshot);
    return {
      snapshot: conflicts === undefined ? claimed : { ...claimed, conflicts },
      contradicted: expectations.filter((expectation) => contradicts(snapshot, expectation)),
    };
  };
  const first = await load();
  if (pause === undefined || first.contradicted.length === 0) return first;
  await pause();
  return load();
}

interface WriteFacts {
  readonly rollupWish: RollupWish;
  readonly hasComment: boolean;
  /** Children. */
  readonly total: number;
}

function reasonNotToWrite(
  { rollupWish, hasComment, total }: WriteFacts,
  { asked = false, corrects = false, creates = true }: RefreshOptions,
): 'quiet' | 'turned_off' | 'not_an_umbrella' | null {
  if (hasComment && (corrects || rollupWish !== 'unwanted')) return null;
  if (rollupWish === 'unwanted') return 'turned_off';
  if (total === 0) return 'not_an_umbrella';
  return creates && (rollupWish === 'wanted' || asked) ? null : 'quiet';
}

function commentGone({ owner, repo, number }: Ref): UserError {
  return new UserError(
    'not_found',
    `The rollup comment of ${owner}/${repo}#${number} vanished twice while it was being written.`,
    'Comment `/parasol rollup` on the umbrella to have it written again.',
  );
}
