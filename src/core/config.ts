import { isScalar } from 'yaml';
import * as z from 'zod';
import type { ConfigProblem, FileProblem } from './config-problem.ts';
import { configSchema } from './config-schema.ts';
import type { ConfigVersion, LastValidConfigs } from './config-version.ts';
import { problemsOfIssues, readYaml } from './config-yaml.ts';
import { inOurWords } from './schema-words.ts';

export type Config = z.output<typeof configSchema>;
export type ArtifactRule = Config['tasks']['artifacts'][number];

interface ParsedConfig {
  readonly config: Config;
  readonly problems: readonly ConfigProblem[];
  /** False when `text` has a problem; then it is left aside whole, and its last valid version holds, or else the defaults. */
  readonly valid: boolean;
  /** The versions that hold in place of broken files. */
  readonly inForce: LastValidConfigs;
  /** Where `config.rollup.mode` comes from: a file that says it, the default, or the caution that a broken file asks for. */
  readonly rollupMode: 'stated' | 'default' | 'unreadable';
}

interface ConfigSource {
  /** Text of the repository's file; null when it has none. */
  readonly text: string | null;
  /** Text of the owner's default, from the `.github` repository. */
  readonly ownerText: string | null;
  /** Last valid versions of broken files, as far as they are known; those of files that are not broken count for nothing. */
  readonly lastValid?: LastValidConfigs;
  /** Name of the file, for problems; `.github/parasol.yml` by default. */
  readonly path?: string;
}

/** What holds where nothing is configured. */
export const DEFAULT_CONFIG: Config = configSchema.parse({});

/**
 * The configuration in force. Never throws: a file with a problem is left aside whole, its problems are told with line,
 * reason and fix, and its last valid version holds in its place. The repository's file is laid over the owner's: mappings
 * merge key by key, lists and values replace. Problems of the owner's file are told too, but do not make the repository's
 * file invalid.
 *
 * Only `rollup.mode` is read from a broken file as well, because such a file must never switch writing on, and one that
 * switches it off is obeyed. Each file says, by the first line that fits:
 *
 * | the file                                            | its mode              | `rollupMode` |
 * | --------------------------------------------------- | --------------------- | ------------ |
 * | is valid and names a mode                           | that mode             | `stated`     |
 * | is valid and names none, or there is none           | left to the next file |              |
 * | is broken and names `off` or `observe`              | that mode             | `stated`     |
 * | is broken, its last valid version names a mode      | that mode             | `stated`     |
 * | is broken, its last valid version names none        | left to the next file |              |
 * | is broken, and no valid version is known            | `observe`             | `unreadable` |
 *
 * The repository's file comes first, then the owner's; where both leave it, it is `comment`, by `default`.
 */
export function parseConfig(source: ConfigSource): ParsedConfig {
  const { repository, owner } = source.lastValid ?? NONE_KNOWN;
  const key = JSON.stringify([source.text, source.ownerText, source.path, repository, owner]);
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
  const lastValid = source.lastValid ?? NONE_KNOWN;
  const own = readLayer(source.text, source.path ?? '.github/parasol.yml', lastValid.repository);
  const owners = readLayer(source.ownerText, "the owner's default", lastValid.owner);
  const merged = configSchema.safeParse(mergeLayers(owners.input, own.input));
  const config = merged.success ? merged.data : DEFAULT_CONFIG;
  const deciding = [own, owners].find(({ mode }) => mode !== null)?.mode ?? null;
  return {
    config: { ...config, rollup: { ...config.rollup, mode: deciding?.mode ?? DEFAULT_CONFIG.rollup.mode } },
    problems: [...own.problems.map(markAsOwn), ...owners.problems.map(markAsOwners)],
    valid: own.problems.length === 0,
    inForce: { repository: own.version, owner: owners.version },
    rollupMode: deciding?.source ?? 'default',
  };
}

const NONE_KNOWN: LastValidConfigs = { repository: null, owner: null };

/** Whether a file with this text would be in force as it stands. */
export const isValidConfig = (text: string): boolean => parseConfig({ text, ownerText: null }).valid;

/** The JSON Schema of `.github/parasol.yml`, for editors. */
export function configJsonSchema(): Record<string, unknown> {
  return { ...z.toJSONSchema(configSchema, { io: 'input' }) };
}

interface Layer {
  readonly input: unknown;
  readonly problems: readonly FileProblem[];
  /** Null where the file leaves the mode to others. */
  readonly mode: LayerMode | null;
  /** What holds in place of the file. */
  readonly version: ConfigVersion | null;
}

interface LayerMode {
  readonly mode: RollupMode;
  readonly source: 'stated' | 'unreadable';
}

type RollupMode = Config['rollup']['mode'];

function readLayer(text: string | null, path: string, lastValid: ConfigVersion | null): Layer {
  if (text === null) return { input: {}, problems: [], mode: null, version: null };
  const file = readYaml(text, path);
  const parsed = file.problems.length > 0 ? null : configSchema.safeParse(file.value, inOurWords);
  const named = namedMode(file);
  const stated = named === null ? null : ({ mode: named, source: 'stated' } as const);
  if (parsed?.success === true) return { input: file.value, problems: [], mode: stated, version: null };
  const problems =
    parsed === null ? file.problems : problemsOfIssues(parsed.error.issues, file.locate, configJsonSchema());
  const isQuiet = named === 'off' || named === 'observe';
  const held = lastValid === null ? null : readLayer(lastValid.text, path, null);
  if (held === null || held.problems.length > 0) {
    const mode = isQuiet ? stated : ({ mode: 'observe', source: 'unreadable' } as const);
    return { input: {}, problems, mode, version: null };
  }
  return { input: held.input, problems, mode: isQuiet ? stated : held.mode, version: lastValid };
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
