import { shorten, visibleLine } from '../markdown.ts';
import type { PullRequestFacts, StatedWork } from './facts.ts';
import type { Ref } from './identity.ts';
import type { LinkEvidence } from './link.ts';
import { findPlannedIds } from './planned-id.ts';
import { NAMES_TASKS } from './stated-work.ts';
import { allReferences, closingReferences, hostOf, type TextPlace, taskLines } from './text-references.ts';

/** One place in a pull request that names a task. */
export interface Mention {
  readonly target: { readonly ref: Ref } | { readonly plannedId: string };
  readonly evidence: LinkEvidence;
}

/** Everything in a pull request that names a task as its own: closing keywords, `Task:` lines, planned ids. */
export function mentionsIn(pullRequest: PullRequestFacts, ids: readonly string[]): readonly Mention[] {
  const place = { repository: pullRequest.ref, host: hostOf(pullRequest.url) };
  const mentions = statedMentions(pullRequest.stated, { place, ids, where: 'body', url: pullRequest.url });
  for (const { sha, message } of pullRequest.commits.known ? pullRequest.commits.value : []) {
    if (!NAMES_TASKS.test(message)) continue;
    const stated = { closing: closingReferences(message, place), taskLines: taskLines(message) };
    const url = commitUrl(pullRequest, sha);
    mentions.push(...statedMentions(stated, { place, ids, where: `commit ${sha.slice(0, 7)}`, url }));
  }
  if (!isRevertTitle(pullRequest)) mentions.push(...plannedIdMentions(pullRequest, ids));
  return mentions;
}

/** GitHub's revert button repeats the title and the branch of what it reverts. */
const isRevertTitle = (pullRequest: PullRequestFacts): boolean =>
  /^(?:revert|reapply) "/i.test(pullRequest.title) || /^revert-\d+-/.test(pullRequest.headRefName);

/** A commit of a pull request has a page there, even when its branch is in a fork. */
const commitUrl = (pullRequest: PullRequestFacts, sha: string): string => `${pullRequest.url}/commits/${sha}`;

interface MentionPlace {
  readonly place: TextPlace;
  readonly ids: readonly string[];
  /** `body`, or `commit 1a2b3c4`. */
  readonly where: string;
  readonly url: string;
}

function statedMentions(
  stated: Pick<StatedWork, 'closing' | 'taskLines'>,
  { place, ids, where, url }: MentionPlace,
): Mention[] {
  const mentions: Mention[] = stated.closing.map(({ ref, quote }) => ({
    target: { ref },
    evidence: evidenceOf({ source: 'closing_keyword', place: where, quote, url }),
  }));
  for (const { line, rest } of stated.taskLines) {
    const evidence = evidenceOf({ source: 'task_line', place: where, quote: line, url });
    for (const { ref } of allReferences(rest, place)) mentions.push({ target: { ref }, evidence });
    for (const { id } of findPlannedIds(rest, ids)) mentions.push({ target: { plannedId: id }, evidence });
  }
  return mentions;
}

function plannedIdMentions(pullRequest: PullRequestFacts, ids: readonly string[]): readonly Mention[] {
  const found = (text: string, where: string): readonly Mention[] =>
    findPlannedIds(text, ids).map(({ id }) => ({
      target: { plannedId: id },
      evidence: evidenceOf({ source: 'planned_id', place: where, quote: text, url: pullRequest.url }),
    }));
  return [...found(pullRequest.headRefName, 'branch'), ...found(pullRequest.title, 'title')];
}

const MAX_QUOTE_LENGTH = 120;

/** The same evidence with its quote on one short line. */
export const evidenceOf = ({ source, place, quote, url }: LinkEvidence): LinkEvidence => ({
  source,
  place,
  quote: shorten(visibleLine(quote), MAX_QUOTE_LENGTH),
  url,
});
