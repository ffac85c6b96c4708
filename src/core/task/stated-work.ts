import { proseOf } from '../markdown.ts';
import type { PullRequestFacts, StatedWork } from './facts.ts';
import { type Ref, refKey } from './identity.ts';
import { closingReferences, hostOf, revertedCommits, revertingReferences, taskLines } from './text-references.ts';

/**
 * Reads a body as Markdown, which takes longer than all that is decided by it: once for each pull request, when it is loaded.
 * Whoever changes its body reads it again.
 */
export function readStatedWork({ body, ref, url }: Pick<PullRequestFacts, 'body' | 'ref' | 'url'>): StatedWork {
  const namesTasks = NAMES_TASKS.test(body);
  const namesReverts = NAMES_REVERTS.test(body);
  if (!namesTasks && !namesReverts) return NOTHING;
  const prose = proseOf(body);
  const place = { repository: ref, host: hostOf(url) };
  return {
    closing: namesTasks ? closingReferences(prose, place) : [],
    taskLines: namesTasks ? taskLines(prose) : [],
    reverting: namesReverts ? revertingReferences(prose, place) : [],
    revertedCommits: namesReverts ? revertedCommits(prose) : [],
  };
}

/**
 * The tasks that a pull request closes by its own words, whatever branch it goes into: a keyword in its body or in the message
 * of a commit. What takes something back repeats the words of that.
 */
export function closedByWords(
  pullRequest: Pick<PullRequestFacts, 'body' | 'ref' | 'url'>,
  messages: readonly string[],
): readonly Ref[] {
  const { closing, reverting } = readStatedWork(pullRequest);
  const place = { repository: pullRequest.ref, host: hostOf(pullRequest.url) };
  const own = messages.filter((message) => NAMES_TASKS.test(message) && revertedCommits(message).length === 0);
  const found = [
    ...(reverting.length > 0 ? [] : closing),
    ...own.flatMap((message) => closingReferences(message, place)),
  ];
  return [...new Map(found.map(({ ref }) => [refKey(ref), ref])).values()];
}

/** Cheap first look, so that most texts are never searched, and most bodies never parsed as Markdown. */
export const NAMES_TASKS = /close|fix|resolve|tasks?:/i;
const NAMES_REVERTS = /revert/i;

const NOTHING: StatedWork = { closing: [], taskLines: [], reverting: [], revertedCommits: [] };
