import { type Document, isMap, isNode, isPair, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import type { FileProblem } from './config-problem.ts';

const MAX_BYTES = 64 * 1024;
const MAX_DEPTH = 20;
const MAX_ALIASES = 50;

type Locate = (path: readonly PropertyKey[], key?: string) => { readonly line: number; readonly column: number };

interface YamlFile {
  /** Plain data; an empty file is an empty mapping. */
  readonly value: unknown;
  readonly problems: readonly FileProblem[];
  /** Where the value at a path, or one key of it, stands in the text. */
  readonly locate: Locate;
}

/** Reads one bounded YAML document: at most 64 KB, 20 levels, 50 aliases, no duplicate keys. Never throws. */
export function readYaml(text: string, path: string): YamlFile {
  if (new TextEncoder().encode(text).length > MAX_BYTES) {
    return refused('the file is larger than 64 KB', `Shorten ${path}.`);
  }
  try {
    return readBoundedYaml(text);
  } catch (error) {
    // The parser's own limits: too many aliases, or nesting so deep that the stack ends.
    const isAlias = error instanceof ReferenceError;
    const what = isAlias ? `uses aliases more than ${MAX_ALIASES} times` : `is nested deeper than ${MAX_DEPTH} levels`;
    return refused(`the file ${what}`, `Write ${path} without them.`);
  }
}

/** zod's issues in the file's own terms. Unknown keys are told one by one, each with the nearest known name. */
export function problemsOfIssues(
  issues: readonly SchemaIssue[],
  locate: Locate,
  jsonSchema: Record<string, unknown>,
): readonly FileProblem[] {
  return issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') {
      return (issue.keys ?? []).map((key) => unknownKey(issue.path, key, locate, jsonSchema));
    }
    const path = formatPath(issue.path);
    const fix = `Change ${path === '' ? 'the file' : `\`${path}\``}; \`parasol init\` shows a file that works.`;
    return [{ ...locate(issue.path), path, message: issue.message, fix }];
  });
}

interface SchemaIssue {
  readonly code?: string | undefined;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly keys?: readonly string[];
}

function readBoundedYaml(text: string): YamlFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'silent', schema: 'core' });
  const locate = locator(document, lines);
  if (document.errors.some((error) => error.code === 'RESOURCE_EXHAUSTION')) throw new RangeError('too deep');
  if (document.errors.length > 0) {
    const problems = document.errors.slice(0, 10).map((error) => {
      const { line, col } = lines.linePos(error.pos[0]);
      return { line: Math.max(line, 1), column: Math.max(col, 1), path: '', message: error.message, fix: SYNTAX_FIX };
    });
    return { value: {}, problems, locate };
  }
  if (depthOf(document) > MAX_DEPTH) throw new RangeError('too deep');
  return { value: document.toJS({ maxAliasCount: MAX_ALIASES }) ?? {}, problems: [], locate };
}

const SYNTAX_FIX = 'Correct the YAML at this place.';

function depthOf(document: Document): number {
  let level: unknown[] = [document.contents];
  let depth = 0;
  while (level.length > 0 && depth <= MAX_DEPTH + 1) {
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
    const { line, col } = lines.linePos(offset ?? 0);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
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

function nearestName(word: string, names: readonly string[]): string | null {
  const scored = names.map((name) => ({ name, distance: editDistance(word.slice(0, 40), name) }));
  const best = scored.sort((a, b) => a.distance - b.distance)[0];
  return best !== undefined && best.distance <= Math.max(1, Math.floor(best.name.length / 3)) ? best.name : null;
}

/** Levenshtein's distance, one row at a time. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

/** `tasks.artifacts[0].from`. */
function formatPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`;
    return text === '' ? String(step) : `${text}.${String(step)}`;
  }, '');
}

function refused(message: string, fix: string): YamlFile {
  const problem = { line: 1, column: 1, path: '', message, fix };
  return { value: {}, problems: [problem], locate: () => ({ line: 1, column: 1 }) };
}
