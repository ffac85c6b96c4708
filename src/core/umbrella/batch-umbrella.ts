import { issueKeyOf } from '../issue-marker.ts';
import type { TaskFacts } from '../task/facts.ts';
import { type Ref, repositoryKey } from '../task/identity.ts';

/** GitHub's limit of sub-issues under one issue, closed ones included. */
export const CHILDREN_PER_ISSUE = 100;

/**
 * The key of an umbrella's batch: `batch/octo/harbor/12/2`. Batches count from 2, because the umbrella's own children are
 * the first.
 */
export const batchKey = (umbrella: Ref, number: number): string =>
  `batch/${repositoryKey(umbrella)}/${umbrella.number}/${number}`;

/** Whether an issue with this key is a batch of any umbrella. */
export const isBatchKey = (key: string): boolean => key.startsWith('batch/');

/** Which batch of `umbrella` an issue with this text is; null for any other issue. */
export function batchNumberOf(body: string, umbrella: Ref): number | null {
  const key = issueKeyOf(body);
  const prefix = batchKey(umbrella, 0).slice(0, -1);
  const number = key?.startsWith(prefix) ? Number(key.slice(prefix.length)) : Number.NaN;
  return Number.isInteger(number) && number > 1 ? number : null;
}

/**
 * Whether an issue only holds some of its parent's children, so that reports show those as the parent's own.
 *
 * The marker counts whoever wrote it, because plans may be applied by another identity than the one that reads. So that
 * nobody hides a task by writing it, the marker has to name the very issue above, linking there takes triage rights, and
 * an issue without children stays a task.
 */
export const isBatch = ({ body, parent, childrenTotal }: Pick<TaskFacts, 'body' | 'parent' | 'childrenTotal'>) =>
  parent !== null && childrenTotal > 0 && batchNumberOf(body, parent) !== null;
