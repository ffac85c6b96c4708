import type { CommentChange } from '../change.ts';
import { READINESS_MARKER } from '../marker.ts';
import { planOwnComment } from '../plan-own-comment.ts';
import { shortHash } from '../short-hash.ts';
import type { Instant } from '../task/facts.ts';
import type { Ref } from '../task/identity.ts';
import type { OwnComment } from '../umbrella/snapshot.ts';
import { renderReadinessMarkdown } from './render/render-markdown.ts';
import type { ReadinessReport } from './report-schema.ts';

/** What the App's comment with the report of a scope begins with: one comment for each scope under an issue. */
export const readinessMarker = (selector: string): string =>
  `${READINESS_MARKER}<!-- of ${shortHash(selector.toLowerCase())} -->`;

interface ReadinessComment {
  readonly on: Ref;
  /** The scope as it was asked for. */
  readonly selector: string;
  readonly report: ReadinessReport;
  /** With its copies; null where there is none. */
  readonly ownComment: Pick<OwnComment, 'id' | 'body' | 'copies'> | null;
  /** Somebody asked: then the comment says when it was made, even where nothing else is new. */
  readonly isAsked: boolean;
}

/**
 * The writes that make the comment say what the report says: its Markdown as it is, behind hidden words for the scope and
 * the time until which the verdict holds. One that differs only in ages and times is left alone until that time has come.
 */
export function planReadinessComment({
  on,
  selector,
  report,
  ownComment,
  isAsked,
}: ReadinessComment): readonly CommentChange[] {
  const marker = readinessMarker(selector);
  const body = markedReport(report, marker);
  if (ownComment === null) return [{ kind: 'create_comment', on, marker, body }];
  if (isAsked || isOver(ownComment.body, report.generated_at)) {
    const edit: CommentChange = { kind: 'update_comment', on, commentId: ownComment.id, marker, body };
    const deletions = (ownComment.copies ?? []).map(
      (commentId): CommentChange => ({ kind: 'delete_comment', on, commentId }),
    );
    return ownComment.body === body ? deletions : [edit, ...deletions];
  }
  return planOwnComment({ ownComment: { ...ownComment, body: untilAs(ownComment.body, body) }, on, marker, body });
}

/** The report's Markdown, which begins with its marker, with `marker`, the end of its verdict and its base in that one's place. */
export function markedReport(report: ReadinessReport, marker = READINESS_MARKER): string {
  const { expires_at: until } = report.verdict;
  const { base_sha: base } = report.scope;
  const end = until === null ? '' : `<!-- until ${until} -->`;
  const at = base === null ? '' : `<!-- at ${base} -->`;
  return `${marker}${end}${at}${renderReadinessMarkdown(report).slice(READINESS_MARKER.length)}`;
}

const UNTIL = /^((?:<!-- [^>]* -->)*?)<!-- until ([^ >]*) -->/;

/** The commit that the verdict of a text of ours is about; null where it does not say. */
export const baseIn = (text: string): string | null =>
  /^(?:<!-- [^>]* -->)*?<!-- at ([0-9a-f]+) -->/.exec(text)?.[1] ?? null;

/** Whether the verdict that a text of ours tells has ended. */
export function isOver(text: string, now: Instant): boolean {
  const until = UNTIL.exec(text)?.[2];
  return until !== undefined && Date.parse(until) <= Date.parse(now);
}

/** The same text with the end that another one names: what differs in nothing else is then equal. */
export function untilAs(text: string, other: string): string {
  const until = UNTIL.exec(other)?.[2];
  return until === undefined ? text : text.replace(UNTIL, `$1<!-- until ${until} -->`);
}
