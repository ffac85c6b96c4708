import type { Gap } from '../../reading.ts';
import type { TaskFacts } from '../../task/facts.ts';
import type { Ref } from '../../task/identity.ts';
import type { Progress } from '../rollup.ts';
import type { LineEdit } from './edit-lines.ts';

/** One place where an umbrella's text and its links, or its text and the work, say different things. */
export interface DriftFinding {
  readonly kind: 'not_linked' | 'not_listed' | 'box' | 'summary';
  /** The task it is about; null for a summary of all. */
  readonly ref: Ref | null;
  /** Line of the umbrella's body, from 1; null for what the text lacks. */
  readonly line: number | null;
  /** Words of the body, as they stand there. */
  readonly quote: string | null;
  readonly text: string;
  /** What sets it right; null where a person has to decide, and `text` says why. */
  readonly fix: DriftFix | null;
}

export type DriftFix = { readonly kind: 'link' } | { readonly kind: 'edit'; readonly edit: LineEdit };

export interface Drift {
  readonly findings: readonly DriftFinding[];
  /** Without these nobody can say that there is no drift. */
  readonly gaps: readonly Gap[];
}

/** What a listed reference turned out to be; `unread` where nobody looked, a `hidden` parent is one that the audience may not see. */
export type ListedThing =
  | { readonly kind: 'issue'; readonly state: TaskFacts['state']; readonly parent: Ref | 'hidden' | null }
  | { readonly kind: 'pull_request' | 'missing' | 'unread' };

export interface DriftFacts {
  readonly umbrella: Pick<TaskFacts, 'ref' | 'url' | 'body' | 'children' | 'childrenTotal'>;
  /** The issues above it that are known and that the audience may see, nearest first. */
  readonly ancestors: readonly Ref[];
  /** Children that the audience may see, in GitHub's order. */
  readonly children: readonly Pick<TaskFacts, 'ref' | 'title' | 'state'>[];
  /** Of the direct children, hidden ones included. */
  readonly progress: Progress;
  /** By `refKey`: what the references are that the text lists and that are no children. */
  readonly others: ReadonlyMap<string, ListedThing>;
}
