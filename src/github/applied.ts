import type { Change } from '../core/change.ts';
import type { Ref } from '../core/task/identity.ts';

/** What became of one change on GitHub. */
export interface Applied {
  /**
   * `already_there`: GitHub says this already, nothing was written. `changed_meanwhile`: the text that was to be replaced
   * is another by now, nothing was written. `vanished`: what was to be changed is gone; nothing was written.
   */
  readonly outcome: 'applied' | 'already_there' | 'changed_meanwhile' | 'vanished';
  readonly url: string | null;
  readonly id: number | null;
  /** Only for `create_issue`: the issue that stands now, made by this or found. */
  readonly issue?: Ref;
}

export type ChangeOf<Kind extends Change['kind']> = Extract<Change, { kind: Kind }>;

export const applied: Applied = { outcome: 'applied', url: null, id: null };
export const alreadyThere: Applied = { outcome: 'already_there', url: null, id: null };
export const vanished: Applied = { outcome: 'vanished', url: null, id: null };
