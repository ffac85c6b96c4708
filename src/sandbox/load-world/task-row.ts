import * as z from 'zod';
import { UserError } from '../../core/failure.ts';
import { inOurWords, pathWords } from '../../core/schema-words.ts';

const time = z.string().refine((text) => !Number.isNaN(Date.parse(text)), 'is no time');

const schema = z.object({
  id: z.string().min(1),
  title: z.string(),
  body: z.string().nullish(),
  status: z.string().nullish(),
  kind: z.string().nullish(),
  priority: z.union([z.string(), z.number()]).nullish(),
  labels: z.array(z.string()).nullish(),
  createdAt: time.nullish(),
  updatedAt: time.nullish(),
  closedAt: time.nullish(),
  parents: z.array(z.string()).nullish(),
  blockedBy: z.array(z.string()).nullish(),
});

/** One line of a task file. What links it elsewhere than up or before (`discoveredFrom`) has no place on GitHub. */
export type TaskRow = z.output<typeof schema>;

/** The rows of a task file, in its order; throws `world_invalid` with the line of the first one that cannot be read. */
export function parseTaskRows(path: string, text: string): TaskRow[] {
  const seen = new Set<string>();
  return text.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return [];
    const place = `${path}:${index + 1}`;
    const row = parseRow(place, line);
    if (seen.has(row.id)) throw new UserError('world_invalid', `${place}: id ${row.id} is there twice`, 'Remove one.');
    seen.add(row.id);
    return [row];
  });
}

function parseRow(place: string, line: string): TaskRow {
  const parsed = schema.safeParse(parseJson(place, line), inOurWords);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const wrong = issue === undefined ? 'it cannot be read' : `${pathWords(issue.path)} ${issue.message}`;
  const hint = 'A row has an id, a title and optionally body, status, kind, labels, times, parents and blockedBy.';
  throw new UserError('world_invalid', `${place}: ${wrong}.`, hint);
}

function parseJson(place: string, line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (cause) {
    throw new UserError('world_invalid', `${place}: not JSON`, 'Write one JSON object a line.', { cause });
  }
}
