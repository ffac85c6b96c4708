import { parseCommands } from '../../core/commands.ts';
import { type Ref, type RepositoryRef, refKey, repositoryKey } from '../../core/task/identity.ts';
import { refOfIssue, repositoryOf } from './payload-subjects.ts';
import type { WebhookPayload } from './webhook-payload.ts';

/** What an event says that may change a readiness report, besides what it does to umbrellas. */
export interface ReadinessEvent {
  readonly repository: RepositoryRef;
  readonly push: PushedBranch | null;
  /** Commits whose checks began or ended. */
  readonly shas: readonly string[];
  /** Issues and pull requests that are not what they were. */
  readonly refs: readonly Ref[];
  /** A waiver was written, changed or deleted on one of them. */
  readonly waives: boolean;
}

/** Heads around a push: null where there is no branch. */
interface PushedBranch {
  readonly branch: string;
  readonly isDefault: boolean;
  readonly before: string | null;
  readonly after: string | null;
}

const ITEM_EVENTS: ReadonlySet<string> = new Set(['issues', 'pull_request', 'pull_request_review']);
const NO_COMMIT = /^0+$/;

/** Null for events that change no report. */
export function readinessOfEvent(name: string, payload: WebhookPayload): ReadinessEvent | null {
  if (payload.repository === undefined) return null;
  const none = { repository: repositoryOf(payload.repository), push: null, shas: [], refs: [], waives: false };
  if (name === 'push') return { ...none, push: pushOf(payload) };
  const sha = payload.check_run?.head_sha ?? payload.check_suite?.head_sha ?? payload.sha;
  if (sha !== undefined) return { ...none, shas: [sha] };
  if (name === 'issue_dependencies') return { ...none, refs: waitingAndBlocker(payload) };
  const ref = refOfIssue(payload, payload.issue) ?? refOfPullRequest(payload);
  if (ref === null) return null;
  if (name === 'issue_comment') return isAboutWaivers(payload) ? { ...none, refs: [ref], waives: true } : null;
  return ITEM_EVENTS.has(name) ? { ...none, refs: [ref] } : null;
}

function pushOf({ ref, before, after, repository }: WebhookPayload): ReadinessEvent['push'] {
  const branch = /^refs\/heads\/(.+)$/s.exec(ref ?? '')?.[1];
  if (branch === undefined) return null;
  const isDefault = branch === repository?.default_branch;
  return { branch, isDefault, before: commitOf(before), after: commitOf(after) };
}

const commitOf = (sha: string | undefined): string | null => (sha === undefined || NO_COMMIT.test(sha) ? null : sha);

/** One of them may be in another repository, and either may be out of sight. */
const waitingAndBlocker = (payload: WebhookPayload): readonly Ref[] =>
  [payload.blocked_issue, payload.blocking_issue].flatMap((issue) => refOfIssue(payload, issue) ?? []);

const refOfPullRequest = ({ pull_request: pull, repository }: WebhookPayload): Ref | null =>
  pull === undefined || repository === undefined ? null : { ...repositoryOf(repository), number: pull.number };

const isAboutWaivers = ({ comment, changes }: WebhookPayload): boolean =>
  [comment?.body, changes?.body?.from].some((body) =>
    parseCommands((body ?? '').slice(0, MOST_READ)).some((command) => command.name === 'waive'),
  );

/** Characters, as of other commands (`commands-of-comment`). */
const MOST_READ = 4000;

/** What a report was made from. */
export interface ReportBase {
  readonly repository: RepositoryRef;
  readonly branch: string;
  readonly sha: string | null;
  /** Keys of what is in scope, of what that waits for, and of its umbrella. */
  readonly items: ReadonlySet<string>;
  /** Whatever happens to its items is told otherwise: then only waivers count. */
  readonly isFollowed: boolean;
}

/** Whether an event moved the base of a report to another commit. */
export const moves = ({ repository, push }: ReadinessEvent, base: ReportBase): boolean =>
  repositoryKey(repository) === repositoryKey(base.repository) &&
  push?.branch === base.branch &&
  push.after !== base.sha;

/**
 * Whether an event may change a report that was made from this. The default branch has the reviewed waivers, and the fixes that
 * a release branch may lack.
 */
export function concerns({ repository, push, shas, refs, waives }: ReadinessEvent, base: ReportBase): boolean {
  const isHere = repositoryKey(repository) === repositoryKey(base.repository);
  if (isHere && push !== null && (push.branch === base.branch || push.isDefault || isGoneFrom(push, base))) return true;
  if (isHere && base.sha !== null && shas.includes(base.sha)) return true;
  return (waives || !base.isFollowed) && refs.some((ref) => base.items.has(refKey(ref)));
}

/** Another branch is gone that was at the same commit, whose check spoke for both. */
const isGoneFrom = ({ before, after }: PushedBranch, { sha }: ReportBase): boolean => after === null && before === sha;
