import type { Instant } from '../../task/facts.ts';
import type { Ref } from '../../task/identity.ts';
import type { LinkEvent } from './lineage.ts';

/** Who was the parent at a moment. */
export type ParentThen =
  | { readonly kind: 'parent'; readonly parent: Ref; readonly since: Instant | null; readonly by: string | null }
  | { readonly kind: 'none' }
  /** Before the first event that tells, or between events that were not read. */
  | { readonly kind: 'unknown'; readonly reason: string };

interface History {
  /** Oldest first. */
  readonly events: readonly LinkEvent[];
  readonly isWhole: boolean;
  readonly createdAt: Instant;
}

/**
 * Replays the timeline up to and including `at`. An issue that did not exist yet had no parent. When the first event
 * takes a parent away, that one was it before, nobody knows since when.
 */
export function parentAt({ events, isWhole, createdAt }: History, at: Instant): ParentThen {
  const moment = Date.parse(at);
  if (moment < Date.parse(createdAt)) return { kind: 'none' };
  const last = events.findLast((event) => Date.parse(event.at) <= moment);
  const next = events.find((event) => Date.parse(event.at) > moment);
  if (last === undefined && next?.kind === 'removed') {
    return { kind: 'parent', parent: next.other, since: null, by: null };
  }
  if (!isWhole && next === undefined) return { kind: 'unknown', reason: 'the timeline is longer than was read' };
  if (last === undefined || last.kind === 'removed') return { kind: 'none' };
  return { kind: 'parent', parent: last.other, since: last.at, by: last.actor };
}
