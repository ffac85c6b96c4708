/**
 * Brings an umbrella's rollup comment up to date: reads the umbrella, decides what the comment should say, and edits the
 * one comment in place when it says something else. Used by the App on every event and by `/parasol rollup`.
 *
 * It writes only where somebody wants it: the repository (or its owner) has a configuration with `rollup: { mode: comment }`,
 * which is what a configuration means unless it says otherwise; or the comment is already there; or someone asked by
 * command. With `mode: off` or `mode: observe` it never writes.
 */
import { UserError } from '../core/failure.ts';
import type { Ref } from '../core/task/identity.ts';
import { planRollupComment } from '../core/umbrella/plan-rollup-comment.ts';
import { renderRollupComment } from '../core/umbrella/render-comment.ts';
import type { Rollup } from '../core/umbrella/rollup.ts';
import type { UmbrellaSnapshot } from '../core/umbrella/snapshot.ts';
import { loadUmbrella } from '../github/load-umbrella.ts';
import { applyChanges, type ChangeOutcome } from './apply-changes.ts';
import { buildUmbrellaRollup } from './build-umbrella-rollup.ts';
import type { OperationContext } from './operation.ts';
import { contradicts } from './stale-read.ts';
import type { Expectation } from './subject.ts';

interface RefreshOptions {
  /** Someone asked for it by command: written even where nothing is configured. */
  readonly asked?: boolean;
  readonly dryRun?: boolean;
  /** What recent events said; a snapshot that contradicts one of them is read once more, after `pause`. */
  readonly expectations?: readonly Expectation[];
  /** Lets GitHub's replicas catch up. */
  readonly pause?: () => Promise<void>;
}

export interface RefreshResult {
  readonly umbrella: Ref;
  /**
   * `quiet`: nobody wants a rollup here; `turned_off`: the configuration says off or observe; `not_an_umbrella`: no
   * children, and no comment of ours to correct.
   */
  readonly outcome: 'written' | 'unchanged' | 'dry_run' | 'quiet' | 'turned_off' | 'not_an_umbrella';
  readonly rollup: Rollup;
  /** The comment's text, whether or not it was written. */
  readonly body: string;
  readonly changes: readonly ChangeOutcome[];
}

/** Throws `UserError` when the umbrella cannot be read or the comment cannot be written. */
export async function refreshRollup(
  context: OperationContext,
  umbrella: Ref,
  options: RefreshOptions = {},
): Promise<RefreshResult> {
  const first = await attempt(context, umbrella, options);
  const isGone = first.changes.some(({ outcome, code }) => outcome === 'failed' && code === 'not_found');
  const result = isGone ? await attempt(context, umbrella, { ...options, expectations: [] }) : first;
  const failed = result.changes.find(({ outcome }) => outcome === 'failed');
  if (failed === undefined) return result;
  throw failed.cause ?? commentGone(umbrella);
}

async function attempt(context: OperationContext, umbrella: Ref, options: RefreshOptions): Promise<RefreshResult> {
  const snapshot = await loadFresh(context, umbrella, options);
  const { rollup, config } = buildUmbrellaRollup(snapshot, { now: context.now(), audience: 'umbrella_readers' });
  const body = renderRollupComment(rollup);
  const decided = { umbrella: snapshot.umbrella, rollup, body };

  const reason = reasonNotToWrite(snapshot, { mode: config.rollup.mode, total: rollup.progress.total }, options);
  if (reason !== null) return { ...decided, outcome: reason, changes: [] };
  const planned = planRollupComment({ ownComment: snapshot.ownComment, umbrella: snapshot.umbrella, body });
  if (planned.length === 0) return { ...decided, outcome: 'unchanged', changes: [] };
  const changes = await applyChanges(context, planned, { dryRun: options.dryRun ?? false });
  return { ...decided, outcome: options.dryRun ? 'dry_run' : 'written', changes };
}

async function loadFresh(
  { github, now }: OperationContext,
  umbrella: Ref,
  { expectations = [], pause }: RefreshOptions,
): Promise<UmbrellaSnapshot> {
  const snapshot = await loadUmbrella(github, umbrella, { now });
  if (pause === undefined || !expectations.some((expectation) => contradicts(snapshot, expectation))) return snapshot;
  await pause();
  return loadUmbrella(github, umbrella, { now });
}

function reasonNotToWrite(
  { configText, ownerConfigText, ownComment }: UmbrellaSnapshot,
  { mode, total }: { readonly mode: string; readonly total: number },
  { asked = false }: RefreshOptions,
): 'quiet' | 'turned_off' | 'not_an_umbrella' | null {
  if (mode === 'off' || mode === 'observe') return 'turned_off';
  if (ownComment !== null) return null;
  if (total === 0) return 'not_an_umbrella';
  const isConfigured = configText !== null || ownerConfigText !== null;
  return isConfigured || asked ? null : 'quiet';
}

function commentGone({ owner, repo, number }: Ref): UserError {
  return new UserError(
    'not_found',
    `The rollup comment of ${owner}/${repo}#${number} vanished twice while it was being written.`,
    'Comment `/parasol rollup` on the umbrella to have it written again.',
  );
}
