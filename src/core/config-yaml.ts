import { type Document, isAlias, isMap, isNode, isPair, isScalar, isSeq, LineCounter, visit } from 'yaml';
import { composeYaml, type YamlBounds, type YamlKind } from './compose-yaml.ts';
import type { FileProblem } from './config-problem.ts';
import { nearestName } from './nearest-name.ts';
import { MISSING } from './schema-words.ts';

/** More than any configuration has. */
const CONFIG: YamlKind = { bounds: { kilobytes: 64, lexemes: 10_000, aliases: 50, depth: 20 } };
const MAX_PROBLEMS = 10;

type Locate = (path: readonly PropertyKey[], key?: string) => { readonly line: number; readonly column: number };

interface YamlFile {
  /** Plain data; an empty file is an empty mapping. */
  readonly value: unknown;
  readonly problems: readonly FileProblem[];
  /** Where the value at a path, or one key of it, stands in the text. */
  readonly locate: Locate;
  /** The nodes at a path as far as a broken file can be read; several when a key is given twice. */
  readonly find: (path: readonly string[]) => readonly unknown[];
}

/** What a file that is not text is read as: what git calls binary has such a character near its start. */
export const NOT_TEXT = '\0';

/** Reads one bounded YAML document without duplicate keys; by default of at most 64 KB, 20 levels and 50 aliases. Never throws. */
export function readYaml(text: string, path: string, kind: YamlKind = CONFIG): YamlFile {
  const { bounds } = kind;
  if (new TextEncoder().encode(text).length > bounds.kilobytes * 1024) {
    return refused(`the file is larger than ${bounds.kilobytes} KB`, `Shorten ${path}.`);
  }
  if (text.includes(NOT_TEXT)) return refused('the file is not text', `Save ${path} as UTF-8 text.`);
  const file = readBoundedYaml(text, kind);
  return typeof file === 'string' ? refused(`the file ${BEYOND[file](bounds)}`, `Write ${path} without them.`) : file;
}

const BEYOND = {
  aliases: ({ aliases }: YamlBounds) => `uses aliases more than ${aliases} times`,
  depth: ({ depth }: YamlBounds) => `is nested deeper than ${depth} levels`,
  lexemes: ({ lexemes }: YamlBounds) => `has more than ${lexemes.toLocaleString('en')} words and signs`,
} as const;

/** zod's issues in the file's own terms. Unknown keys are told one by one, each with the nearest known name. */
export function problemsOfIssues(
  issues: readonly SchemaIssue[],
  locate: Locate,
  jsonSchema: Record<string, unknown>,
): readonly FileProblem[] {
  const single = issues.flatMap((issue) =>
    (issue.code === 'unrecognized_keys' ? (issue.keys ?? []) : [null]).map((key) => ({ issue, key })),
  );
  return firstProblems(single, ({ issue, key }) =>
    key === null
      ? { ...locate(issue.path), path: formatPath(issue.path), message: issue.message, fix: fixOf(issue) }
      : unknownKey(issue.path, key, locate, jsonSchema),
  );
}

function fixOf({ path, message }: SchemaIssue): string {
  const what = path.length === 0 ? 'the file' : `\`${formatPath(path)}\``;
  return `${message === MISSING ? 'Add' : 'Change'} ${what}; \`parasol init\` shows a file that works.`;
}

/** The first ten problems in full, and how many more there are. */
function firstProblems<T>(found: readonly T[], describe: (one: T) => FileProblem): readonly FileProblem[] {
  const next = found[MAX_PROBLEMS];
  const told = found.slice(0, MAX_PROBLEMS).map(describe);
  if (next === undefined) return told;
  const message = `and ${found.length - MAX_PROBLEMS} more`;
  return [...told, { ...describe(next), path: '', message, fix: 'Correct those above first.' }];
}

interface SchemaIssue {
  readonly code?: string | undefined;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly keys?: readonly string[];
}

function readBoundedYaml(text: string, kind: YamlKind): YamlFile | keyof typeof BEYOND {
  const { bounds } = kind;
  const lines = new LineCounter();
  const composed = composeYaml(text, lines, kind);
  if ('beyond' in composed) return composed.beyond;
  const { document, secondAt } = composed;
  if (depthOf(document, bounds.depth) > bounds.depth) return 'depth';
  const locate = locator(document, lines);
  const find = (path: readonly string[]) => nodesAt(document, path);
  const second = secondAt === null ? [] : [{ offset: secondAt, message: SECOND_DOCUMENT }];
  const errors = [...document.errors.map(({ pos, message }) => ({ offset: pos[0], message })), ...second];
  const wrong = errors.length > 0 ? errors : [...badKeys(document.contents), ...undefinedAliases(document)];
  const problems = firstProblems(wrong, ({ offset, message }) => ({
    ...placeOf(lines, offset),
    path: '',
    message,
    fix: 'Correct the YAML at this place.',
  }));
  if (problems.length > 0) return { value: {}, problems, locate, find };
  try {
    return { value: document.toJS({ maxAliasCount: bounds.aliases }) ?? {}, problems, locate, find };
  } catch (error) {
    // Aliases of aliases: the library counts what they stand for together.
    if (error instanceof ReferenceError) return 'aliases';
    throw error;
  }
}

const SECOND_DOCUMENT = 'a second document starts here, and only one is read';

interface Mistake {
  readonly offset: number;
  readonly message: string;
}

/** In one pass: the library would look for each anchor in the whole document. */
function undefinedAliases(document: Document): readonly Mistake[] {
  const anchors = new Set<string>();
  const found: Mistake[] = [];
  visit(document, {
    Value: (_key, { anchor }) => {
      if (anchor !== undefined) anchors.add(anchor);
    },
    Alias: (_key, { source, range }) => {
      const message = `\`*${source.slice(0, 80)}\` stands for nothing: there is no \`&${source.slice(0, 80)}\` above it`;
      if (!anchors.has(source)) found.push({ offset: range?.[0] ?? 0, message });
    },
  });
  return found;
}

function badKeys(root: unknown): readonly Mistake[] {
  if (!isMap(root) && !isSeq(root)) return [];
  const seen = new Set<unknown>();
  return root.items.flatMap((item) => {
    const key = isPair(item) && isScalar(item.key) ? item.key : null;
    const isRepeated = key !== null && seen.has(key.value);
    // Objects take this for something else, so that what stands below it would be lost.
    const isProto = key?.value === '__proto__';
    const message = isProto ? 'A key cannot be called __proto__' : 'Map keys must be unique';
    seen.add(key?.value);
    const own = isRepeated || isProto ? [{ offset: key?.range?.[0] ?? 0, message }] : [];
    return [...own, ...badKeys(valueOfItem(item))];
  });
}

function nodesAt(document: Document, path: readonly string[]): readonly unknown[] {
  let level: readonly unknown[] = [document.contents];
  for (const step of path) {
    const pairs = level.flatMap((node) => (isMap(node) ? node.items : [])).filter((pair) => keyOf(pair) === step);
    // Each alias is looked up in the whole document, and nobody means a key that is given this often.
    if (pairs.length > MAX_PROBLEMS) return [];
    level = pairs.map((pair) => (isAlias(pair.value) ? pair.value.resolve(document) : pair.value));
  }
  return level;
}

const keyOf = (pair: { readonly key: unknown }): unknown => (isScalar(pair.key) ? pair.key.value : undefined);

/** At most one more than asked for. */
function depthOf(document: Document, most: number): number {
  let level: unknown[] = [document.contents];
  let depth = 0;
  while (level.length > 0 && depth <= most) {
    level = level.flatMap((node) => (isMap(node) || isSeq(node) ? node.items : []).map(valueOfItem));
    depth += 1;
  }
  return depth;
}

const valueOfItem = (item: unknown): unknown => (isPair(item) ? item.value : item);

function locator(document: Document, lines: LineCounter): Locate {
  return (path, key) => {
    const steps = path.map((step) => (typeof step === 'number' ? step : String(step)));
    const node: unknown = key === undefined ? nodeAt(document, steps) : keyAt(document, steps, key);
    const offset = isNode(node) ? node.range?.[0] : undefined;
    return placeOf(lines, offset ?? 0);
  };
}

function placeOf(lines: LineCounter, offset: number): ReturnType<Locate> {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(line, 1), column: Math.max(col, 1) };
}

/** The node at a path or, for a value that is missing, the nearest one around it. */
function nodeAt(document: Document, path: readonly (string | number)[]): unknown {
  for (let length = path.length; length > 0; length -= 1) {
    const node: unknown = document.getIn(path.slice(0, length), true);
    if (isNode(node)) return node;
  }
  return document.contents;
}

function keyAt(document: Document, path: readonly (string | number)[], key: string): unknown {
  const map: unknown = path.length === 0 ? document.contents : document.getIn(path, true);
  if (!isMap(map)) return map;
  return map.items.find((pair) => isScalar(pair.key) && String(pair.key.value) === key)?.key ?? map;
}

function unknownKey(
  path: readonly PropertyKey[],
  key: string,
  locate: Locate,
  jsonSchema: Record<string, unknown>,
): FileProblem {
  const names = knownKeys(jsonSchema, path);
  const nearest = nearestName(key, names);
  const fix = nearest === null ? `Remove it; known here: ${names.join(', ')}.` : `Did you mean \`${nearest}\`?`;
  const message = `\`${key.slice(0, 80)}\` is not a known key`;
  return { ...locate(path, key), path: formatPath([...path, key]), message, fix };
}

function knownKeys(schema: Record<string, unknown>, path: readonly PropertyKey[]): readonly string[] {
  let here: unknown = schema;
  for (const step of path) here = typeof step === 'number' ? inside(here, 'items') : propertyOf(here, String(step));
  const properties = inside(here, 'properties');
  return typeof properties === 'object' && properties !== null ? Object.keys(properties) : [];
}

const propertyOf = (schema: unknown, key: string): unknown =>
  inside(inside(schema, 'properties'), key) ?? inside(schema, 'additionalProperties');

const inside = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? Object.getOwnPropertyDescriptor(value, key)?.value : undefined;

/** `tasks.artifacts[0].from`. */
function formatPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`;
    return text === '' ? String(step) : `${text}.${String(step)}`;
  }, '');
}

function refused(message: string, fix: string): YamlFile {
  const problem = { line: 1, column: 1, path: '', message, fix };
  return { value: {}, problems: [problem], locate: () => ({ line: 1, column: 1 }), find: () => [] };
}
