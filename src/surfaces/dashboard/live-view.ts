import type { Rollup } from '../../core/umbrella/rollup.ts';

/** What the live page shows; the page only reads it. */
export interface LiveView {
  readonly world: string;
  readonly rollups: readonly LiveRollup[];
  /** Newest first. */
  readonly log: readonly LogLine[];
  readonly story: { readonly done: number; readonly total: number; readonly next: string | null };
  /** Events that a button can make happen now. */
  readonly events: readonly { readonly name: string; readonly label: string }[];
}

export interface LiveRollup {
  readonly rollup: Rollup;
  /** The comment as it stands on the umbrella, in Markdown. */
  readonly body: string;
  /** Rises with each write, so that the page can mark what just changed. */
  readonly version: number;
}

export interface LogLine {
  readonly at: string;
  /** `story`: what a person did; `in`: a webhook arrived; `out`: a write on GitHub. */
  readonly kind: 'story' | 'in' | 'out' | 'failure';
  readonly text: string;
  /** How often it happened in a row; `at` is the last time. */
  readonly count: number;
}

/** An issue or a pull request as a page shows it. */
export interface LiveItem {
  readonly ref: string;
  readonly title: string;
  readonly state: string;
  readonly author: string;
  /** Markdown. */
  readonly body: string;
  readonly comments: readonly { readonly author: string; readonly at: string; readonly body: string }[];
}

export interface ItemAddress {
  readonly owner: string;
  readonly repo: string;
  readonly kind: 'issues' | 'pull';
  readonly number: number;
}

/** What the page's buttons do. */
export interface LiveControls {
  readonly view: () => LiveView;
  /** Null when there is no such issue or pull request. */
  readonly item: (address: ItemAddress) => LiveItem | null;
  /** Aborted when the page goes away, so that open streams end. */
  readonly signal: AbortSignal;
  /** Called on every change of the view; returns the function that stops it. */
  readonly onChange: (listener: () => void) => () => void;
  readonly playNext: () => Promise<void>;
  /** False when there is no such event, or nothing left that it could happen to. */
  readonly playEvent: (name: string) => Promise<boolean>;
}
