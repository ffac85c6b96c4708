import { RE2JS } from 're2js';

/** The grammars that hold without a configuration. */
export const DEFAULT_ID_PATTERNS: readonly string[] = [
  'P{phase}.M{milestone}',
  'P{phase}.M{milestone}.T{task}',
  'P{phase}.M{milestone}.T{task}.S{subtask}',
  'M{milestone}-T{task}',
];

export const MAX_ID_PATTERNS = 20;
const MAX_ID_PATTERN_LENGTH = 80;

/** Titles and branch names are at most 256 characters on GitHub; what lies beyond is not searched. */
const MAX_SEARCHED_LENGTH = 1_000;

interface FoundPlannedId {
  /** As written in the text. */
  readonly id: string;
  /** Offset of its first character. */
  readonly index: number;
}

/** Planned ids are compared without regard to case: branch names are often written in lower case. */
export const plannedIdKey = (id: string): string => id.toLowerCase();

/**
 * Every planned id in `text`, in order. The longest match wins and only whole ids count: `P1.M1.T1` is found neither in
 * `P1.M1.T10` nor in `P1.M1.T1.S2`, but it is in `feature/P1.M1.T1-login` and in `P1.M1.T1_login`.
 */
export function findPlannedIds(text: string, patterns: readonly string[]): readonly FoundPlannedId[] {
  const searched = text.slice(0, MAX_SEARCHED_LENGTH);
  const grammar = compiled(patterns);
  const matcher = grammar?.sign.test(searched) ? grammar.ids.matcher(searched) : undefined;
  const found: FoundPlannedId[] = [];
  let from = 0;
  while (matcher !== undefined && from <= searched.length && matcher.find(from)) {
    const index = matcher.start();
    const end = matcher.end();
    const isWhole = startsWord(searched, index) && endsWord(searched, end);
    if (isWhole) found.push({ id: searched.slice(index, end), index });
    from = isWhole ? end : index + 1;
  }
  return found;
}

/** The planned id that a title starts with: `P3.M1.T8: …`, `P3.M1.T8 …` or `[P3.M1.T8] …`; null when it has none. */
export function plannedIdOf(task: { readonly title: string }, patterns: readonly string[]): string | null {
  const title = task.title.trimStart().slice(0, MAX_SEARCHED_LENGTH);
  const isBracketed = title.startsWith('[');
  const text = isBracketed ? title.slice(1) : title;
  const grammar = compiled(patterns);
  const matcher = grammar?.sign.test(text) ? grammar.ids.matcher(text) : undefined;
  if (!matcher?.lookingAt()) return null;
  const next = text.charAt(matcher.end());
  const isClosed = isBracketed ? next === ']' : next === '' || next === ':' || /\s/.test(next);
  return isClosed ? text.slice(0, matcher.end()) : null;
}

/**
 * Whether a title starts with a planned id of that phase, given as in the ids (`P3`) or as a number alone (`3`): by a
 * grammar whose first placeholder is the phase, so that the id goes on with the text that follows it there.
 */
export function isInPhase(task: { readonly title: string }, phase: string, patterns: readonly string[]): boolean {
  const id = plannedIdOf(task, patterns);
  if (id === null) return false;
  return patterns.some((pattern) => {
    const [before = '', after] = pattern.split('{phase}');
    if (after === undefined || PLACEHOLDER.test(before)) return false;
    const next = after.split(PLACEHOLDER)[0] ?? '';
    const starts = [`${before}${phase}${next}`, `${phase}${next}`].map(plannedIdKey);
    return starts.some((start) => isStart(plannedIdKey(id), start));
  });
}

/** A grammar that ends with the phase leaves nothing to tell `P1` from `P12`. */
function isStart(id: string, start: string): boolean {
  return (
    id.startsWith(start) && (id.length === start.length || !/\d$/.test(start) || !/^\d/.test(id.slice(start.length)))
  );
}

/** A title without the planned id in front of it, for places that show the id on its own; a bare id stays. */
export function titleWithoutId(title: string, plannedId: string | null): string {
  if (plannedId === null) return title;
  const starts = [`[${plannedId}]`, plannedId];
  const start = starts.find((one) => title.trimStart().toLowerCase().startsWith(one.toLowerCase()));
  const rest = title
    .trimStart()
    .slice(start?.length ?? 0)
    .replace(/^[\s:\u2013\u2014-]+/u, '');
  return rest === '' ? title : rest;
}

/** What is wrong with a grammar from a configuration, in words; null when it can be used. */
export function problemOfIdPattern(pattern: string): string | null {
  if (pattern.length > MAX_ID_PATTERN_LENGTH) return `is longer than ${MAX_ID_PATTERN_LENGTH} characters`;
  if (/\s/.test(pattern)) return 'has a space in it';
  const literals = pattern.split(PLACEHOLDER);
  if (literals.some((literal) => /[{}]/.test(literal))) return 'has a brace that is no {placeholder}';
  const isAnything = !literals.some((literal) => /[\p{L}\p{N}]/u.test(literal)) && !DIGITS_PLACEHOLDER.test(pattern);
  if (isAnything) return 'would match any word: write a fixed part such as `bd-{id}`';
  return literals.length < 2 ? 'has no {placeholder}' : null;
}

const PLACEHOLDER = /\{[a-z][a-z0-9_]{0,30}\}/;
const DIGITS_PLACEHOLDER = /\{(?:phase|milestone|task|subtask)\}/;
const PLACEHOLDERS = new RegExp(PLACEHOLDER, 'g');

interface Grammar {
  readonly ids: RE2JS;
  /** What every id has in it: a letter and a digit side by side, say. Most texts have none, and need no search. */
  readonly sign: RegExp;
}

const compiledPatterns = new WeakMap<readonly string[], Grammar>();

function compiled(patterns: readonly string[]): Grammar | undefined {
  const cached = compiledPatterns.get(patterns);
  if (cached !== undefined) return cached;
  const usable = patterns.slice(0, MAX_ID_PATTERNS).filter((pattern) => problemOfIdPattern(pattern) === null);
  if (usable.length === 0) return undefined;
  // Linear in the text whatever the configuration says: https://swtch.com/~rsc/regexp/regexp1.html
  const ids = RE2JS.compile(usable.map(expressionOf).join('|'), RE2JS.CASE_INSENSITIVE | RE2JS.LONGEST_MATCH);
  const grammar = { ids, sign: new RegExp(usable.map(signOf).join('|'), 'iu') };
  compiledPatterns.set(patterns, grammar);
  return grammar;
}

/** The end of the first fixed part with the beginning of what follows it: two characters, so that the search stays linear. */
function signOf(pattern: string): string {
  const literals = pattern.split(PLACEHOLDER);
  const at = literals.findIndex((literal) => literal !== '');
  const last = [...(literals[at] ?? '')].at(-1) ?? '';
  if (at === literals.length - 1) return escaped(last);
  const isNumber = DIGITS_PLACEHOLDER.test(pattern.match(PLACEHOLDERS)?.[at] ?? '');
  return `${escaped(last)}[${isNumber ? '0-9' : 'A-Za-z0-9'}]`;
}

const escaped = (character: string): string => character.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&');

function expressionOf(pattern: string): string {
  const literals = pattern.split(PLACEHOLDER).map((literal) => RE2JS.quote(literal));
  const placeholders = (pattern.match(PLACEHOLDERS) ?? []).map(expressionOfPlaceholder);
  const endsInLetter = pattern.split(PLACEHOLDER).map((literal) => /\p{L}$/u.test(literal));
  return literals.map((literal, i) => literal + afterLiteral(placeholders[i] ?? '', endsInLetter[i] === true)).join('');
}

/** Right behind a letter a number is meant: `T{n}` is `T1` and `T1a`, and no word that starts with a T; `{id}` is anything. */
const afterLiteral = (placeholder: string, isBehindLetter: boolean): string =>
  isBehindLetter && placeholder === LETTERS_TOO ? '[0-9][A-Za-z0-9]*' : placeholder;

const LETTERS_TOO = '[A-Za-z0-9]+';

function expressionOfPlaceholder(placeholder: string): string {
  if (DIGITS_PLACEHOLDER.test(placeholder)) return '[0-9]+';
  return placeholder === '{id}' ? '[A-Za-z0-9]+(?:[.-][A-Za-z0-9]+)*' : '[A-Za-z0-9]+';
}

const isWordCharacter = (character: string): boolean => /^[\p{L}\p{N}]$/u.test(character);

function startsWord(text: string, index: number): boolean {
  const previous = text.charAt(index - 1);
  if (isWordCharacter(previous)) return false;
  return previous !== '.' || !isWordCharacter(text.charAt(index - 2));
}

function endsWord(text: string, end: number): boolean {
  const next = text.charAt(end);
  if (isWordCharacter(next)) return false;
  return next !== '.' || !isWordCharacter(text.charAt(end + 1));
}
