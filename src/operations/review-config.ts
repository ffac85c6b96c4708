/**
 * Says on a pull request what is wrong with the `.github/parasol.yml` that it brings: line, reason and fix, in one comment
 * that changes with the file and says so when it is valid. Used by the App on every event that changes what a pull
 * request brings; forks and drafts included.
 *
 * A pull request that never broke the file gets nothing. Neither does any where the mode in force is `off` or `observe`,
 * nor that of somebody without write access where nothing is configured yet.
 */
import {
  CONFIG_REVIEW_MARKER,
  type ConfigReviewFacts,
  needsAuthorsRole,
  planConfigReview,
} from '../core/config-review.ts';
import { UserError } from '../core/failure.ts';
import { formatRef, type Ref } from '../core/task/identity.ts';
import { type ConfigChange, loadConfigChange } from '../github/load-config-change.ts';
import { loadRole } from '../github/load-role.ts';
import { applyChanges, type ChangeOutcome, type WrittenComment } from './apply-changes.ts';
import { configInForce } from './config-in-force.ts';
import type { OperationContext } from './operation.ts';

/** What an event said of the pull request's head. */
export interface HeadExpectation {
  readonly sha: string;
  /** What it was until then; null where the event does not say. */
  readonly before: string | null;
}

interface ReviewOptions {
  readonly expected?: HeadExpectation | null;
  /** The comment as this process wrote it here last, which a stale answer may not show yet. */
  readonly written?: WrittenComment;
  /** Lets GitHub's replicas catch up. */
  readonly pause?: () => Promise<void>;
}

type Context = Pick<OperationContext, 'github'>;

/** The changes that were made. Throws `UserError` when the file cannot be read just now or the comment not be written. */
export async function reviewConfig(
  context: Context,
  pullRequest: Ref,
  options: ReviewOptions = {},
): Promise<readonly ChangeOutcome[]> {
  const change = await loadFresh(context, pullRequest, options);
  if (change === null) return [];
  const facts = factsOf(pullRequest, change, options.written ?? null);
  const known = needsAuthorsRole(facts)
    ? { ...facts, authorMayWrite: await mayWrite(context, pullRequest, change) }
    : facts;
  const outcomes = await applyChanges(context, planConfigReview(known));
  const failed = outcomes.find(({ outcome }) => outcome === 'failed');
  if (failed !== undefined) throw failed.cause ?? commentGone(pullRequest);
  return outcomes;
}

/** A head that is not the event's may be older or newer than it; one that the event replaced is surely older. */
async function loadFresh(
  { github }: Context,
  pullRequest: Ref,
  { expected = null, pause = async () => {} }: ReviewOptions,
): Promise<ConfigChange | null> {
  const load = () => loadConfigChange(github, pullRequest, CONFIG_REVIEW_MARKER);
  const first = await load();
  if (first === null || expected === null || first.headSha === expected.sha) return first;
  await pause();
  const second = await load();
  if (second === null || second.headSha !== expected.before) return second;
  throw new UserError(
    'github_unavailable',
    `GitHub still shows an old head of ${formatRef(pullRequest)}.`,
    'Try again.',
  );
}

function factsOf(pullRequest: Ref, change: ConfigChange, written: WrittenComment | null): ConfigReviewFacts {
  const { url, isOpen, isChanged, headText, hasBaseFile } = change;
  const ownComment = change.ownComment ?? written;
  const wish = configInForce(change).rollupWish;
  return { pullRequest, url, isOpen, isChanged, headText, hasBaseFile, ownComment, wish, authorMayWrite: 'unasked' };
}

const WRITERS: ReadonlySet<string> = new Set(['write', 'maintain', 'admin']);

async function mayWrite({ github }: Context, { owner, repo }: Ref, { author }: ConfigChange): Promise<boolean> {
  return author !== null && WRITERS.has(await loadRole(github, { owner, repo }, author));
}

function commentGone(pullRequest: Ref): UserError {
  return new UserError(
    'github_unavailable',
    `The comment on ${formatRef(pullRequest)} vanished while it was being edited.`,
    'Try again.',
  );
}
