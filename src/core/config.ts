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
 */
export function parseConfig(source: ConfigSource): ParsedConfig {
  const own = readLayer(source.text, source.path ?? '.github/parasol.yml');
  const owners = readLayer(source.ownerText, "the owner's default");
  const merged = configSchema.safeParse(mergeLayers(owners.input, own.input));
  return {
    config: merged.success ? merged.data : DEFAULT_CONFIG,
    problems: [...own.problems.map(markAsOwn), ...owners.problems.map(markAsOwners)],
    valid: own.problems.length === 0,
  };
}

/** The JSON Schema of `.github/parasol.yml`, for editors. */
export function configJsonSchema(): Record<string, unknown> {
  return { ...z.toJSONSchema(configSchema, { io: 'input' }) };
}

interface Layer {
  readonly input: unknown;
  readonly problems: readonly FileProblem[];
}

function readLayer(text: string | null, path: string): Layer {
  if (text === null) return { input: {}, problems: [] };
  const file = readYaml(text, path);
  if (file.problems.length > 0) return { input: {}, problems: file.problems };
  const parsed = configSchema.safeParse(file.value);
  if (parsed.success) return { input: file.value, problems: [] };
  return { input: {}, problems: problemsOfIssues(parsed.error.issues, file.locate, configJsonSchema()) };
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
