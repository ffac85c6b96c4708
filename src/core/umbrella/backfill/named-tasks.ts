import { type Ref, refKey, repositoryKey, sameRef } from '../../task/identity.ts';
import { plannedIdKey } from '../../task/planned-id.ts';
import { referenceAt } from '../../task/text-references.ts';
import type { BackfillTask } from './backfill-task.ts';

/** Tasks by all their names. */
export interface NamedTasks {
  readonly byRef: ReadonlyMap<string, BackfillTask>;
  /** By `plannedIdKey`; more than one where people gave an id twice. */
  readonly byId: ReadonlyMap<string, readonly BackfillTask[]>;
  /** `repositoryKey` of every repository that was read. */
  readonly repositories: ReadonlySet<string>;
  /** In lower case. */
  readonly host: string;
}

export function nameTasks(tasks: readonly BackfillTask[], host: string): NamedTasks {
  const byId = new Map<string, BackfillTask[]>();
  for (const task of tasks) {
    if (task.plannedId === null) continue;
    const key = plannedIdKey(task.plannedId);
    const same = byId.get(key);
    if (same === undefined) byId.set(key, [task]);
    else same.push(task);
  }
  return {
    byRef: new Map(tasks.map((task) => [refKey(task.ref), task])),
    byId,
    repositories: new Set(tasks.map(({ ref }) => repositoryKey(ref))),
    host,
  };
}

/** What may stand before a reference that follows a label: `Parent: the epic **#12**`. */
const OPENING = /(?:[\s*_"'“(<[]|(?:the|issue|task|epic|ticket|umbrella|story|feature)[ \t]+)*/iy;
/** What may stand between two: a remark in brackets, then a comma or an "and". */
const SEPARATOR = /[\s*_"'”)>\]]*(?:\([^()]{0,200}\)\s*)?(?:,[ \t]*(?:and[ \t]+)?|;|&|\+|[ \t]and[ \t])[\s*_"'“(<[]*/iy;
const BLANK = /[\s[\]()]*/y;

/** Numbers alone are no ids here: people count with them. */
const ID_TOKEN = /(?![0-9]+(?![\p{L}\p{N}._-]))[\p{L}\p{N}]+(?:[._-]+[\p{L}\p{N}]+)*/uy;

/**
 * The tasks with which a text begins, by number, address or planned id: `#12, #13 and P1.M2 were…` begins with three.
 * An id that two tasks carry names both. `isPlain`: each is followed by nothing or by words of its own title, so that no
 * word takes back what is said.
 */
export function leadingReferences(text: string, from: BackfillTask, named: NamedTasks) {
  const refs = new Map<string, Ref>();
  let isPlain = true;
  let next = after(OPENING, text, 0) ?? 0;
  let found = namesAt(text, next, { from, named });
  while (found !== null && refs.size < MAX_REFERENCES) {
    for (const ref of found.refs) refs.set(refKey(ref), ref);
    const end = afterOwnWords(text, found, { from, named });
    const further = after(SEPARATOR, text, end);
    next = further === null ? text.length : (after(OPENING, text, further) ?? further);
    const following = namesAt(text, next, { from, named });
    isPlain &&= isOwnTitle(text.slice(end, following === null ? undefined : (further ?? undefined)), found.refs, named);
    found = following;
  }
  return { refs: [...refs.values()], isPlain };
}

/** Whether a text beside a reference is empty or quotes a title of what is named, and asks nothing. */
export function isOwnTitle(text: string, refs: readonly Ref[], named: NamedTasks): boolean {
  if (text.includes('?')) return false;
  const words = wordsOf(text.replace(/^[\s,;]*(?:and|the)[ \t]+/i, '').replace(/[,;&+\s]+(?:and)?\s*$/i, ''));
  return words === ' ' || refs.some((ref) => wordsOf(named.byRef.get(refKey(ref))?.title ?? '').includes(words));
}

/** Lower case, a space on either side of each. */
const wordsOf = (text: string): string =>
  ` ${(text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? []).join(' ')} `.replace(/^ +$/, ' ');

/** More on one line are no statement that a person would check. */
const MAX_REFERENCES = 100;

interface Names {
  readonly refs: readonly Ref[];
  readonly end: number;
}

interface NamePlace {
  readonly from: BackfillTask;
  readonly named: NamedTasks;
}

/** The reference or planned id that starts at a place. */
export function namesAt(text: string, index: number, { from, named }: NamePlace): Names | null {
  const reference = referenceAt(text, index, { repository: from.ref, host: named.host });
  if (reference !== null) return { refs: [reference.ref], end: reference.end };
  ID_TOKEN.lastIndex = index;
  const [token] = ID_TOKEN.exec(text) ?? [];
  const tasks = token === undefined ? undefined : named.byId.get(plannedIdKey(token));
  return token === undefined || tasks === undefined
    ? null
    : { refs: tasks.map(({ ref }) => ref), end: index + token.length };
}

/** A link shows its address and then its words, which may name the same task again. */
function afterOwnWords(text: string, found: Names, place: NamePlace): number {
  const start = after(BLANK, text, found.end) ?? found.end;
  const words = namesAt(text, start, place);
  const [ref, again] = [found.refs[0], words?.refs[0]];
  return words !== null && ref !== undefined && again !== undefined && sameRef(ref, again) ? words.end : found.end;
}

function after(pattern: RegExp, text: string, index: number): number | null {
  pattern.lastIndex = index;
  return pattern.test(text) ? pattern.lastIndex : null;
}
