import { type Document, isNode, LineCounter, parseDocument, type Tags } from 'yaml';
import type * as z from 'zod';
import { UserError } from '../../core/failure.ts';
import { type WorldFile, worldFileSchema } from './world-file-schema.ts';

export type FilePath = readonly (string | number)[];

export interface ParsedWorldFile {
  readonly file: WorldFile;
  /** A failure at a place of the file, with its line. */
  readonly problem: (path: FilePath, message: string, hint: string, cause?: unknown) => UserError;
}

type Issue = z.core.$ZodIssue;

const FORMAT_HINT = 'The format is described in fixtures/worlds/README.md.';

/** Reads a world file; throws `world_invalid` with the line of the first thing that does not fit. */
export function parseWorldFile(path: string, text: string): ParsedWorldFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, customTags: withoutFloats });
  const problem: ParsedWorldFile['problem'] = (place, message, hint, cause) => {
    const line = lineOf(document, lines, place);
    const name = place.length === 0 ? '' : ` ${formatPath(place)}`;
    return new UserError('world_invalid', `${path}:${line}:${name} ${message}`, hint, { cause });
  };
  const [syntax] = document.errors;
  if (syntax !== undefined) {
    const at = `${path}:${syntax.linePos?.[0].line ?? 1}`;
    throw new UserError('world_invalid', `${at}: ${syntax.message.split('\n')[0]}`, 'Correct the YAML.');
  }
  const parsed = worldFileSchema.safeParse(document.toJS());
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

/** The line of the deepest part of the path that the file has. */
function lineOf(document: Document, lines: LineCounter, path: FilePath): number {
  for (let length = path.length; length > 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range != null) return lines.linePos(node.range[0]).line;
  }
  return 1;
}

function formatPath(path: FilePath): string {
  return path.map((key, index) => (typeof key === 'number' ? `[${key}]` : index === 0 ? key : `.${key}`)).join('');
}
