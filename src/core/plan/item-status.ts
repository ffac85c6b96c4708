/**
 * What became of an item. `started`: the write was about to be sent, so that after a crash nobody knows. `skipped`: GitHub
 * said so already, or a need failed. `failed`: not sent, or refused. `unknown`: the write was sent, and nobody can tell
 * whether it arrived.
 * `undoing` is to `undone` what `started` is to `done`. `kept`: undo left it, because somebody changed it since.
 */
export const ITEM_STATUSES = [
  'planned',
  'started',
  'done',
  'skipped',
  'failed',
  'unknown',
  'undoing',
  'undone',
  'kept',
] as const;

export type ItemStatus = (typeof ITEM_STATUSES)[number];

/** What may follow what. A `done` item is never applied again: whoever took it back since meant to. */
const NEXT: Readonly<Record<ItemStatus, readonly ItemStatus[]>> = {
  planned: ['started', 'skipped', 'failed'],
  started: ['started', 'done', 'skipped', 'failed', 'unknown', 'undoing', 'undone', 'kept'],
  done: ['undoing', 'undone', 'kept'],
  skipped: ['started', 'skipped', 'failed', 'done'],
  failed: ['started', 'skipped', 'failed', 'done'],
  unknown: ['started', 'done', 'skipped', 'failed', 'unknown', 'undoing', 'undone', 'kept'],
  undoing: ['undoing', 'undone', 'kept'],
  undone: [],
  kept: ['undoing', 'undone', 'kept'],
};

export const canFollow = (from: ItemStatus, to: ItemStatus): boolean => NEXT[from].includes(to);

/** A write for it is about to be sent. */
export const isAttempt = (status: ItemStatus): boolean => status === 'started' || status === 'undoing';

/** Nobody knows whether its write stands on GitHub until it is read again. */
export const isInDoubt = (status: ItemStatus): boolean =>
  status === 'started' || status === 'unknown' || status === 'undoing';
