import { proseOf } from '../markdown.ts';
import type { PullRequestFacts, StatedWork } from './facts.ts';
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

/** Cheap first look, so that most texts are never searched, and most bodies never parsed as Markdown. */
export const NAMES_TASKS = /close|fix|resolve|tasks?:/i;
const NAMES_REVERTS = /revert/i;

const NOTHING: StatedWork = { closing: [], taskLines: [], reverting: [], revertedCommits: [] };
