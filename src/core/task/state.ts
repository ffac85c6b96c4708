import type { Instant } from './facts.ts';

/** DESIGN's table, in order: the first match wins. */
export const TASK_STATES = [
  'dropped',
  'reverted',
  'done',
  'integrated',
  'approved',
  'implemented',
  'blocked',
  'in_progress',
  'unblocked',
] as const;

export type TaskState = (typeof TASK_STATES)[number];

export interface TaskStateVerdict {
  /** `unknown` when a fact that decides could not be read; never a guess. */
  readonly state: TaskState | 'unknown';
  /** When the state was entered; null when unknown. */
  readonly since: Instant | null;
  /** One sentence: what decided. */
  readonly reason: string;
  /** Web address of the pull request, commit or blocker that decided; absent where none did. */
  readonly evidenceUrl?: string;
  /** A label in the configuration set the state; then this is what the facts alone say. */
  readonly computed?: TaskState | 'unknown';
  /** For instance "closed without a merged change". */
  readonly remark?: string;
}
