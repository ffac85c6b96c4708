import type { CommentChange } from '../change.ts';
import { neutralizeInHtml } from '../markdown.ts';
import type { Instant } from '../task/facts.ts';
import type { Ref } from '../task/identity.ts';
import type { OwnComment } from '../umbrella/snapshot.ts';
import { baseIn, isOver } from './readiness-comment.ts';

interface StandingReport {
  readonly on: Ref;
  readonly marker: string;
  readonly ownComment: Pick<OwnComment, 'id' | 'body'>;
  readonly now: Instant;
  /** The base of the scope, and the commit that it is at; null where there is no such branch any more. */
  readonly branch: string;
  readonly head: string | null;
}

/**
 * The write that makes a report which somebody asked for once say that it holds no longer: its time is up, or its base is at
 * another commit. What it told stays, because it was asked for as of then. Nothing where it still holds or says so already.
 */
export function planExpiredComment({
  on,
  marker,
  ownComment,
  now,
  branch,
  head,
}: StandingReport): readonly CommentChange[] {
  const { id: commentId, body } = ownComment;
  if (isExpired(body)) return [];
  const why = isOver(body, now) ? 'its time is up' : moveOf(baseIn(body), { branch, head });
  if (why === null) return [];
  const told = body.replace(/\n### (.*)/, (_, headline: string) => `\n${EXPIRED}${headline}\n\n${noteOn(why)}`);
  return [{ kind: 'update_comment', on, commentId, marker, body: told }];
}

const EXPIRED = '### Expired: ';

/** Whether a report says that it holds no longer. */
export const isExpired = (body: string): boolean => body.includes(`\n${EXPIRED}`);

const noteOn = (why: string): string =>
  `This verdict holds no longer: ${why}. Below is what it told; the command, commented again, tells how things stand now.`;

function moveOf(base: string | null, { branch, head }: Pick<StandingReport, 'branch' | 'head'>): string | null {
  if (base === null || base === head) return null;
  const name = `<code>${neutralizeInHtml(branch, 100)}</code>`;
  return head === null ? `${name} is gone` : `${name} moved from ${base.slice(0, 7)} to ${head.slice(0, 7)}`;
}
