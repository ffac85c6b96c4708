import * as z from 'zod';
import { messageWithKey } from '../../config-problem.ts';
import { laneSchema } from '../../config-schema.ts';
import { problemsOfIssues, readYaml } from '../../config-yaml.ts';
import { inOurWords } from '../../schema-words.ts';
import type { FilePlace, Placed, TemplateProblem } from './file-place.ts';
import { splitFrontMatter } from './split-front-matter.ts';

/** What one file says of a lane; every key that it leaves out is undefined or an empty list. */
export interface LaneLayer {
  readonly settings: z.output<typeof laneSchema>;
  /** Where the value at a path of `settings` stands. */
  readonly at: (path: readonly PropertyKey[]) => FilePlace;
}

interface LaneFile {
  readonly layer: LaneLayer;
  readonly text: Placed<string>;
  readonly problems: readonly TemplateProblem[];
}

/** Front matter has the keys of a lane in the configuration, without the text, which is what follows it. */
const frontMatterSchema = laneSchema.omit({ body: true, body_file: true });

const EMPTY = laneSchema.parse({});

/** Reads `.github/lanes/NAME.md`. One that is wrong says nothing of the lane but its problems. */
export function readLaneFile(text: string, path: string): LaneFile {
  const { yaml, text: body, textLine } = splitFrontMatter(text);
  const unended = yaml === null && /^---[ \t]*$/m.test(body.split('\n', 1)[0] ?? '') ? [withoutEnd(path)] : [];
  const file = readYaml(yaml ?? '', path);
  // The front matter begins in the second line of the file.
  const lineOf = (line: number): number => line + 1;
  const at = (keys: readonly PropertyKey[]): FilePlace => ({ path, line: lineOf(file.locate(keys).line) });
  const placed = { value: body, place: { path, line: textLine } };
  const parsed = file.problems.length > 0 ? null : frontMatterSchema.safeParse(file.value, inOurWords);
  if (parsed?.success === true) return { layer: { settings: parsed.data, at }, text: placed, problems: unended };
  const found =
    parsed === null ? file.problems : problemsOfIssues(parsed.error.issues, file.locate, FRONT_MATTER_SCHEMA);
  const problems = found.map((problem) => {
    return { path, line: lineOf(problem.line), message: messageWithKey(problem), fix: problem.fix };
  });
  return { layer: { settings: EMPTY, at }, text: placed, problems };
}

const withoutEnd = (path: string): TemplateProblem => ({
  path,
  line: 1,
  message: 'the front matter has no end',
  fix: 'Close it with a line of `---`.',
});

const FRONT_MATTER_SCHEMA: Record<string, unknown> = { ...z.toJSONSchema(frontMatterSchema, { io: 'input' }) };
