import type { Ref } from '../../src/core/task/identity.ts';
import { refKey } from '../../src/core/task/identity.ts';
import type { BackfillTask } from '../../src/core/umbrella/backfill/backfill-task.ts';
import { reservedNumbers } from '../../src/sandbox/load-world/reserved-numbers.ts';
import type { TaskRow } from '../../src/sandbox/load-world/task-row.ts';

/** A recorded history whose parents are set apart, so that they can be inferred and compared. */
export interface HiddenHistory {
  /** Without parents, in the order of time: the earlier half is for fitting. */
  readonly tasks: readonly BackfillTask[];
  /** The recorded parent of a task, both by `refKey`; the first counts. */
  readonly parents: ReadonlyMap<string, string>;
  /** The recorded blockers of a task, by `refKey`. */
  readonly blockers: ReadonlyMap<string, ReadonlySet<string>>;
  readonly idOf: (ref: Ref) => string;
  /** How many tasks have no time of creation: they come first, in the natural order of their ids. */
  readonly undated: number;
}

const REPOSITORY = { owner: 'world', repo: 'history' };

/** Ten digits: `#885` in a text is a number of the real project, and must not hit a task by chance. */
const FIRST_NUMBER = 1_000_000_000;

export function hideParents(rows: readonly TaskRow[]): HiddenHistory {
  const reserved = reservedNumbers(rows.map(({ id }) => id));
  // Numbers in the order of a hash: neither the order of rows nor that of ids shows through.
  const shuffled = [...rows].sort((one, other) => hashOf(one.id) - hashOf(other.id) || (one.id < other.id ? -1 : 1));
  const refs = new Map(
    shuffled.map(({ id }, i): [string, Ref] => [id, { ...REPOSITORY, number: reserved.get(id) ?? FIRST_NUMBER + i }]),
  );
  const ids = new Map([...refs].map(([id, ref]) => [refKey(ref), id]));
  const keyOf = (id: string): readonly string[] =>
    [refs.get(id)].flatMap((ref) => (ref === undefined ? [] : refKey(ref)));
  const sorted = [...rows].sort(compareRows);
  return {
    tasks: sorted.flatMap((row) => {
      const ref = refs.get(row.id);
      return ref === undefined ? [] : [taskOf(row, ref, refs)];
    }),
    parents: mapOf(rows, ({ id, parents }) => {
      const [child, parent] = [keyOf(id)[0], (parents ?? []).flatMap(keyOf)[0]];
      return child === undefined || parent === undefined ? [] : [[child, parent]];
    }),
    blockers: mapOf(rows, ({ id, blockedBy }) =>
      keyOf(id).map((key): [string, ReadonlySet<string>] => [key, new Set((blockedBy ?? []).flatMap(keyOf))]),
    ),
    idOf: (ref) => ids.get(refKey(ref)) ?? `#${ref.number}`,
    undated: rows.filter(({ createdAt }) => createdAt == null).length,
  };
}

const mapOf = <V>(
  rows: readonly TaskRow[],
  entries: (row: TaskRow) => readonly [string, V][],
): ReadonlyMap<string, V> => new Map(rows.flatMap(entries));

function taskOf(row: TaskRow, ref: Ref, refs: ReadonlyMap<string, Ref>): BackfillTask {
  return {
    ref,
    plannedId: row.id,
    title: row.title,
    body: row.body ?? '',
    author: null,
    labels: row.labels ?? [],
    issueType: row.kind ?? null,
    milestone: null,
    createdAt: row.createdAt ?? null,
    closedAt: row.closedAt ?? null,
    parent: null,
    blockers: (row.blockedBy ?? []).flatMap((id) => refs.get(id) ?? []),
  };
}

const natural = new Intl.Collator('en', { numeric: true });

/** By time of creation; without one first, by id: ids that count up were given in that order. */
function compareRows(one: TaskRow, other: TaskRow): number {
  const [a, b] = [Date.parse(one.createdAt ?? ''), Date.parse(other.createdAt ?? '')].map((t) =>
    Number.isNaN(t) ? 0 : t,
  );
  return (a ?? 0) - (b ?? 0) || natural.compare(one.id, other.id);
}

/** FNV-1a: http://www.isthe.com/chongo/tech/comp/fnv/ */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return hash;
}
