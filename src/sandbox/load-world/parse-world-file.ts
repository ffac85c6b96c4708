import type { Tags } from 'yaml';
import type * as z from 'zod';
import type { YamlKind } from '../../core/compose-yaml.ts';
import { readYaml } from '../../core/config-yaml.ts';
import { UserError } from '../../core/failure.ts';
import { inOurWords } from '../../core/schema-words.ts';
import { type WorldFile, worldFileSchema } from './world-file-schema.ts';

export type FilePath = readonly (string | number)[];

export interface ParsedWorldFile {
  readonly file: WorldFile;
  /** A failure at a place of the file, with its line. */
  readonly problem: (path: FilePath, message: string, hint: string, cause?: unknown) => UserError;
}

type Issue = z.core.$ZodIssue;

const FORMAT_HINT = 'The format is described in fixtures/worlds/README.md.';

/** Worlds are told in one file, and read once. */
const WORLD: YamlKind = {
  bounds: { kilobytes: 4_096, lexemes: 1_000_000, aliases: 1_000, depth: 20 },
  tags: withoutFloats,
};

/** Reads a world file; throws `world_invalid` with the line of the first thing that does not fit. */
export function parseWorldFile(path: string, text: string): ParsedWorldFile {
  const { value, problems, locate } = readYaml(text, path, WORLD);
  const problem: ParsedWorldFile['problem'] = (place, message, hint, cause) => {
    const name = place.length === 0 ? '' : ` ${formatPath(place)}`;
    return new UserError('world_invalid', `${path}:${locate(place).line}:${name} ${message}`, hint, { cause });
  };
  const [wrong] = problems;
  if (wrong !== undefined) throw new UserError('world_invalid', `${path}:${wrong.line}: ${wrong.message}`, wrong.fix);
  const parsed = worldFileSchema.safeParse(value, inOurWords);
  if (parsed.success) return { file: parsed.data, problem };
  const issue = parsed.error.issues.find(({ code }) => code === 'unrecognized_keys') ?? parsed.error.issues[0];
  const place = (issue?.path ?? []).map((key) => (typeof key === 'symbol' ? String(key) : key));
  throw problem(place, issue === undefined ? 'does not fit' : reasonOf(issue), FORMAT_HINT);
}

/** For a value with several possible forms: what keeps it from each. */
function reasonOf(issue: Issue): string {
  if (issue.code !== 'invalid_union') return issue.message;
  const reasons = issue.errors.flatMap((branch) => branch.map(reasonOf));
  return reasons.length === 0 ? issue.message : [...new Set(reasons)].join(', or: ');
}

/** World files have no fractions, but colours such as 5319e7 that YAML would read as one. */
function withoutFloats(tags: Tags): Tags {
  return tags.filter((tag) => typeof tag === 'string' || tag.tag !== 'tag:yaml.org,2002:float');
}

function formatPath(path: FilePath): string {
  return path.map((key, index) => (typeof key === 'number' ? `[${key}]` : index === 0 ? key : `.${key}`)).join('');
}
