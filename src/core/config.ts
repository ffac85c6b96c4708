import { isScalar } from 'yaml';
import * as z from 'zod';
import type { ConfigProblem, FileProblem } from './config-problem.ts';
import { configSchema } from './config-schema.ts';
import { problemsOfIssues, readYaml } from './config-yaml.ts';

export type Config = z.output<typeof configSchema>;
export type ArtifactRule = Config['tasks']['artifacts'][number];

interface ParsedConfig {
  readonly config: Config;
  readonly problems: readonly ConfigProblem[];
  /** False when `text` has a problem; then it is left aside whole, and the owner's or the built-in defaults hold. */
  readonly valid: boolean;
  /** Where `config.rollup.mode` comes from: a file that says it, the default, or the caution that a broken file asks for. */
  readonly rollupMode: 'stated' | 'default' | 'unreadable';
}

interface ConfigSource {
  /** Text of the repository's file; null when it has none. */
  readonly text: string | null;
  /** Text of the owner's default, from the `.github` repository. */
  readonly ownerText: string | null;
  /** Name of the file, for problems; `.github/parasol.yml` by default. */
  readonly path?: string;
}

/** What holds where nothing is configured. */
export const DEFAULT_CONFIG: Config = configSchema.parse({});

/**
 * The configuration in force. Never throws: a file with a problem is left aside whole and its problems are told with
 * line, reason and fix. The repository's file is laid over the owner's: mappings merge key by key, lists and values
 * replace. Problems of the owner's file are told too, but do not make the repository's file invalid.
 *
 * Only `rollup.mode` is read from a broken file as well, because such a file must never switch writing on. The first
 * line that fits holds:
 *
 * | the repository's file        | the owner's file              | `rollup.mode` | `rollupMode` |
 * | ---------------------------- | ----------------------------- | ------------- | ------------ |
 * | names a mode, broken or not  | any                           | that mode     | `stated`     |
 * | is broken and names none     | any                           | `observe`     | `unreadable` |
 * | valid without a mode, or none | names a mode, broken or not  | that mode     | `stated`     |
 * | valid without a mode, or none | is broken and names none     | `observe`     | `unreadable` |
 * | valid without a mode, or none | valid without a mode, or none | `comment`    | `default`    |
 */
export function parseConfig(source: ConfigSource): ParsedConfig {
  const key = JSON.stringify([source.text, source.ownerText, source.path]);
  const parsed = recent.get(key) ?? parseLayers(source);
  recent.delete(key);
  recent.set(key, parsed);
  for (const oldest of recent.keys()) {
    if (recent.size <= MAX_RECENT) break;
    recent.delete(oldest);
  }
  return parsed;
}

/** One refresh asks several times for the configuration of the same texts. */
const recent = new Map<string, ParsedConfig>();
const MAX_RECENT = 50;

function parseLayers(source: ConfigSource): ParsedConfig {
  const own = readLayer(source.text, source.path ?? '.github/parasol.yml');
  const owners = readLayer(source.ownerText, "the owner's default");
  const merged = configSchema.safeParse(mergeLayers(owners.input, own.input));
  const config = merged.success ? merged.data : DEFAULT_CONFIG;
  const deciding = [own, owners].find(({ mode }) => mode !== null)?.mode ?? null;
  return {
    config: { ...config, rollup: { ...config.rollup, mode: deciding?.mode ?? DEFAULT_CONFIG.rollup.mode } },
    problems: [...own.problems.map(markAsOwn), ...owners.problems.map(markAsOwners)],
    valid: own.problems.length === 0,
    rollupMode: deciding?.source ?? 'default',
  };
}

/** The JSON Schema of `.github/parasol.yml`, for editors. */
export function configJsonSchema(): Record<string, unknown> {
  return { ...z.toJSONSchema(configSchema, { io: 'input' }) };
}

interface Layer {
  readonly input: unknown;
  readonly problems: readonly FileProblem[];
  /** Null where the file leaves the mode to others. */
  readonly mode: LayerMode | null;
}

interface LayerMode {
  readonly mode: RollupMode;
  readonly source: 'stated' | 'unreadable';
}

type RollupMode = Config['rollup']['mode'];

function readLayer(text: string | null, path: string): Layer {
  if (text === null) return { input: {}, problems: [], mode: null };
  const file = readYaml(text, path);
  const parsed = file.problems.length > 0 ? null : configSchema.safeParse(file.value);
  const named = namedMode(file);
  const stated = named === null ? null : ({ mode: named, source: 'stated' } as const);
  if (parsed?.success === true) return { input: file.value, problems: [], mode: stated };
  const problems =
    parsed === null ? file.problems : problemsOfIssues(parsed.error.issues, file.locate, configJsonSchema());
  return { input: {}, problems, mode: stated ?? { mode: 'observe', source: 'unreadable' } };
}

/** The one mode that a file names, also as `rollup: off`, in any case, or as YAML's `false`. */
function namedMode(file: ReturnType<typeof readYaml>): RollupMode | null {
  const scalars = file.find(['rollup']).filter((node) => isScalar(node));
  const nodes = [...file.find(['rollup', 'mode']), ...scalars];
  const named = new Set(nodes.map((node) => modeOf(isScalar(node) ? node.value : null)));
  const [mode = null] = named;
  return named.size === 1 ? mode : null;
}

function modeOf(value: unknown): RollupMode | null {
  if (value === false) return 'off';
  const parsed = configSchema.shape.rollup.safeParse({ mode: String(value).trim().toLowerCase() });
  return parsed.success ? parsed.data.mode : null;
}

const markAsOwn = (problem: FileProblem): ConfigProblem => ({ ...problem, source: 'repository' });

const markAsOwners = (problem: FileProblem): ConfigProblem => ({
  ...problem,
  source: 'owner',
  message: `in the owner's default: ${problem.message}`,
});

function mergeLayers(below: unknown, above: unknown): unknown {
  if (!isMapping(below) || !isMapping(above)) return above === undefined ? below : above;
  const keys = new Set([...Object.keys(below), ...Object.keys(above)]);
  return Object.fromEntries([...keys].map((key) => [key, mergeLayers(below[key], above[key])]));
}

const isMapping = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
