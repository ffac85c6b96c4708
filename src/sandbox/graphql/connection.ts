import { GithubError } from './github-error.ts';

export interface PageArguments {
  readonly first?: number | null;
  readonly last?: number | null;
  readonly after?: string | null;
  readonly before?: string | null;
}

/** One page of a list, still as records: sources are made only for what the page shows. */
export interface Connection {
  readonly items: readonly unknown[];
  /** Position of the page's first item in the whole list. */
  readonly start: number;
  readonly totalCount: number;
  /** Items between the `after` and `before` cursors. */
  readonly filteredCount: number;
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly cursorOf: (index: number) => string;
  readonly sourceOf: (index: number) => unknown;
  /** What only one connection type knows: counts by state, the time of the last entry. */
  readonly extras: Readonly<Record<string, unknown>>;
}

interface ConnectionOptions<Item> {
  /** What the page's elements are as sources; default: the items themselves. */
  readonly toSource?: (item: Item) => unknown;
  /** What a cursor remembers of an item besides its position; without it cursors are positions only. */
  readonly keyOf?: (item: Item) => string | number;
  readonly totalCount?: number;
  readonly extras?: Readonly<Record<string, unknown>>;
}

/**
 * Cuts the page that the arguments ask for. A cursor finds its item again when others were added or removed before it,
 * and falls back to the position when the item itself is gone. `last` alone counts from the end, as on GitHub.
 */
export function connect<Item>(
  items: readonly Item[],
  args: PageArguments,
  options: ConnectionOptions<Item> = {},
): Connection {
  const { toSource = (item: Item) => item, keyOf = () => '' } = options;
  const from = args.after ? positionOf(items, readCursor(args.after), keyOf) + 1 : 0;
  const to = args.before ? Math.max(from, positionOf(items, readCursor(args.before), keyOf)) : items.length;
  const end = args.first == null ? to : Math.min(to, from + args.first);
  const start = args.last == null ? Math.min(from, end) : Math.max(from, end - args.last);
  const page = items.slice(start, end);
  const at = (index: number): Item => page[index] ?? absent(index);
  return {
    items: page,
    start,
    totalCount: options.totalCount ?? items.length,
    filteredCount: Math.max(0, to - from),
    hasNextPage: end < items.length,
    hasPreviousPage: start > 0,
    cursorOf: (index) => writeCursor(start + index, keyOf(at(index))),
    sourceOf: (index) => toSource(at(index)),
    extras: options.extras ?? {},
  };
}

interface Cursor {
  readonly position: number;
  readonly key: string;
}

function positionOf<Item>(items: readonly Item[], cursor: Cursor, keyOf: (item: Item) => string | number): number {
  const item = items[cursor.position];
  if (cursor.key === '' || (item !== undefined && String(keyOf(item)) === cursor.key)) return cursor.position;
  const found = items.findIndex((candidate) => String(keyOf(candidate)) === cursor.key);
  // One further back: what followed the item has moved into its place.
  return found === -1 ? cursor.position - 1 : found;
}

function writeCursor(position: number, key: string | number): string {
  return Buffer.from(`cursor:v2:${position}:${key}`).toString('base64');
}

function readCursor(cursor: string): Cursor {
  const match = /^cursor:v2:(\d+):(.*)$/s.exec(Buffer.from(cursor, 'base64').toString('utf8'));
  if (match === null) {
    throw new GithubError('INVALID_CURSOR_ARGUMENTS', `\`${cursor}\` does not appear to be a valid cursor.`);
  }
  return { position: Number(match[1]), key: match[2] ?? '' };
}

function absent(index: number): never {
  throw new RangeError(`no item ${index} on this page`);
}
