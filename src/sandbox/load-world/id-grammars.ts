import { DEFAULT_ID_PATTERNS, MAX_ID_PATTERNS, plannedIdOf, problemOfIdPattern } from '../../core/task/planned-id.ts';

/**
 * Grammars under which the ids of a file are planned ids: the default ones and, within what a configuration may hold,
 * those that the other ids need. All are read as exactly as the room allows (`bd-{part}.{task}`, then `bd-{id}`, then
 * `{id}-{task}`, then `b{id}`); if even the last needs more room, the most frequent win. An id that no grammar can
 * express, such as one letter or one with a space, gets none.
 */
export function idGrammars(ids: readonly string[]): readonly string[] {
  const others = ids.filter((id) => plannedIdOf({ title: `[${id}]` }, DEFAULT_ID_PATTERNS) !== id);
  const room = MAX_ID_PATTERNS - DEFAULT_ID_PATTERNS.length;
  const attempts = READINGS.map((_, breadth) => grammarsAt(breadth, others));
  const grammars = attempts.find(({ length }) => length <= room) ?? attempts.at(-1) ?? [];
  return [...DEFAULT_ID_PATTERNS, ...grammars.slice(0, room)];
}

/** What the placeholders of the core's grammars match: `{part}` a run, `{id}` a chain of runs, `{task}` digits. */
const RUN = /[A-Za-z0-9]+/g;
const CHAIN = /[A-Za-z0-9]+(?:[.-][A-Za-z0-9]+)*/g;

/** Ways to read an id as a grammar, from the most exact to the broadest; null when the way does not apply. */
const READINGS: readonly ((id: string) => string | null)[] = [
  (id) => fixedStart(id, /^[A-Za-z]+/) + afterStart(id).replace(RUN, '{part}'),
  (id) => fixedStart(id, /^[A-Za-z]+/) + afterStart(id).replace(CHAIN, '{id}'),
  (id) => {
    const [, before = '', after = ''] = /^(\D*)\d+(.*)$/s.exec(id) ?? [id];
    return /\d/.test(id) ? `${before.replace(CHAIN, '{id}')}{task}${after.replace(CHAIN, '{id}')}` : null;
  },
  (id) => (/\d/.test(id) ? null : fixedStart(id, /^[A-Za-z]/) + id.slice(1).replace(CHAIN, '{id}')),
];

/** The letters that an id starts with; of one that is a single word all but the last, so that something may vary. */
function fixedStart(id: string, start: RegExp): string {
  const letters = start.exec(id)?.[0] ?? '';
  return letters === id ? letters.slice(0, -1) : letters;
}

const afterStart = (id: string): string => id.slice(fixedStart(id, /^[A-Za-z]+/).length);

/** The grammars of a breadth, the most frequent first. */
function grammarsAt(breadth: number, ids: readonly string[]): readonly string[] {
  const idsByGrammar = new Map<string, string[]>();
  for (const id of ids) {
    const grammar = grammarOf(id, breadth);
    if (grammar !== null) idsByGrammar.set(grammar, [...(idsByGrammar.get(grammar) ?? []), id]);
  }
  const byFrequency = [...idsByGrammar].sort(([, some], [, others]) => others.length - some.length);
  return byFrequency.map(([grammar, all]) => withDigits(grammar, all));
}

const reads = (grammar: string, id: string): boolean => plannedIdOf({ title: `[${id}]` }, [grammar]) === id;

/** The broadest usable reading up to `breadth`; if there is none, the first one beyond it. */
function grammarOf(id: string, breadth: number): string | null {
  const usable = READINGS.map((read) => read(id)).map((grammar) =>
    grammar === null || problemOfIdPattern(grammar) !== null || !reads(grammar, id) ? null : grammar,
  );
  const exact = usable.slice(0, breadth + 1).findLast((grammar) => grammar !== null);
  return exact ?? usable.find((grammar) => grammar !== null) ?? null;
}

/** Where every id of a grammar has nothing but digits, the grammar asks for digits. */
function withDigits(grammar: string, ids: readonly string[]): string {
  const [start = '', ...rest] = grammar.split('{part}');
  const runs = ids.map((id) => id.slice(start.length).match(RUN) ?? []);
  return rest.reduce((text, literal, index) => {
    const isDigits = runs.every((one) => /^\d+$/.test(one[index] ?? ''));
    return text + (isDigits ? '{task}' : '{part}') + literal;
  }, start);
}
