import { proseOf, shorten, visibleLine } from '../markdown.ts';
import type { PullRequestFacts } from './facts.ts';
import type { Ref } from './identity.ts';
import type { LinkEvidence, LinkSource } from './link.ts';
import { findPlannedIds } from './planned-id.ts';
import { allReferences, closingReferences, hostOf, type TextPlace, taskLines } from './text-references.ts';

/** One place in a pull request that names a task. */
export interface Mention {
  readonly target: { readonly ref: Ref } | { readonly plannedId: string };
  readonly evidence: LinkEvidence;
}

/** Everything in a pull request that names a task as its own: closing keywords, `Task:` lines, planned ids. */
export function mentionsIn(pullRequest: PullRequestFacts, ids: readonly string[]): readonly Mention[] {
  const place = { repository: pullRequest.ref, host: hostOf(pullRequest.url) };
  const commits = pullRequest.commits.known ? pullRequest.commits.value : [];
  return [
    ...(NAMES_TASKS.test(pullRequest.body) ? mentionsInText(proseOf(pullRequest.body), 'body', { place, ids }) : []),
    ...commits.flatMap((commit) =>
      NAMES_TASKS.test(commit.message)
        ? mentionsInText(commit.message, `commit ${commit.sha.slice(0, 7)}`, { place, ids })
        : [],
    ),
    ...(isRevertTitle(pullRequest) ? [] : plannedIdMentions(pullRequest, ids)),
  ];
}

/** Cheap first look, so that most bodies are never parsed as Markdown. */
const NAMES_TASKS = /close|fix|resolve|tasks?:/i;

/** GitHub's revert button repeats the title and the branch of what it reverts. */
const isRevertTitle = (pullRequest: PullRequestFacts): boolean =>
  /^(?:revert|reapply) "/i.test(pullRequest.title) || /^revert-\d+-/.test(pullRequest.headRefName);

function mentionsInText(
  text: string,
  where: string,
  options: { readonly place: TextPlace; readonly ids: readonly string[] },
): readonly Mention[] {
  const closing = closingReferences(text, options.place).map(({ ref, quote }) => ({
    target: { ref },
    evidence: evidenceOf('closing_keyword', where, quote),
  }));
  const named = taskLines(text).flatMap(({ line, rest }) => {
    const evidence = evidenceOf('task_line', where, line);
    const refs = allReferences(rest, options.place).map(({ ref }) => ({ target: { ref }, evidence }));
    const plannedIds = findPlannedIds(rest, options.ids).map(({ id }) => ({ target: { plannedId: id }, evidence }));
    return [...refs, ...plannedIds];
  });
  return [...closing, ...named];
}

function plannedIdMentions(pullRequest: PullRequestFacts, ids: readonly string[]): readonly Mention[] {
  const found = (text: string, where: string): readonly Mention[] =>
    findPlannedIds(text, ids).map(({ id }) => ({
      target: { plannedId: id },
      evidence: evidenceOf('planned_id', where, text),
    }));
  return [...found(pullRequest.headRefName, 'branch'), ...found(pullRequest.title, 'title')];
}

const MAX_QUOTE_LENGTH = 120;

export const evidenceOf = (source: LinkSource, place: string, quote: string): LinkEvidence => ({
  source,
  place,
  quote: shorten(visibleLine(quote), MAX_QUOTE_LENGTH),
});
