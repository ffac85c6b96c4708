import type { Gap, GapCause } from '../core/reading.ts';
import type { GraphqlProblem, GraphqlReply } from './client.ts';

/** Why a null in an answer is null: GitHub's refusals, found again by the object and the field that they emptied. */
export interface Unread {
  readonly note: (reply: GraphqlReply<unknown>) => void;
  readonly mark: (holder: object, field: Key, problem: GraphqlProblem) => void;
  /** The refusal behind an empty field; null when there is nothing on GitHub. */
  readonly at: (holder: object, field: Key) => GraphqlProblem | null;
}

type Key = string | number;

export function createUnread(): Unread {
  const problems = new WeakMap<object, Map<Key, GraphqlProblem>>();
  const mark: Unread['mark'] = (holder, field, problem) => {
    const fields = problems.get(holder) ?? new Map<Key, GraphqlProblem>();
    if (!fields.has(field)) fields.set(field, problem);
    problems.set(holder, fields);
  };
  const note: Unread['note'] = (reply) => {
    for (const problem of reply.problems) {
      const empty = findEmptied(reply.data, problem.path);
      if (empty !== null) mark(empty.holder, empty.field, problem);
    }
  };
  return { note, mark, at: (holder, field) => problems.get(holder)?.get(field) ?? null };
}

/** The place where the path runs into a null: GraphQL empties the nearest parent that may be null. */
function findEmptied(data: unknown, path: readonly Key[]): { readonly holder: object; readonly field: Key } | null {
  let holder: unknown = data;
  for (const field of path) {
    if (typeof holder !== 'object' || holder === null) return null;
    const value: unknown = Reflect.get(holder, field);
    if (value === null || value === undefined) return { holder, field };
    holder = value;
  }
  return null;
}

const CAUSES: Readonly<Record<string, GapCause>> = {
  FORBIDDEN: 'forbidden',
  NOT_FOUND: 'forbidden',
  INSUFFICIENT_SCOPES: 'forbidden',
  RATE_LIMITED: 'rate_limited',
  // Our own word, for what the server's schema does not have.
  NOT_SUPPORTED: 'not_supported',
};

/** `permission` as GitHub names it; it is said only where a permission is what lacks. */
export function gapOf(problem: GraphqlProblem, what: string, permission: string): Gap {
  const cause = CAUSES[problem.type ?? ''] ?? 'unavailable';
  return cause === 'forbidden' ? { cause, what, permission } : { cause, what };
}

/** Not all of it was fetched. */
export const truncated = (what: string): Gap => ({ cause: 'truncated', what });
