import type { PullRequestFacts, TaskFacts } from '../task/facts.ts';
import { formatRef } from '../task/identity.ts';
import type { Action } from './report-schema.ts';

/** What there is to do about a change that was reverted while a task needs it, in the same words wherever it is told. */
export const bringBack = ({ ref, url }: PullRequestFacts, task: TaskFacts): Action => ({
  text: `bring ${formatRef(ref)} back, or close ${formatRef(task.ref)} as not planned`,
  command: null,
  url,
});
