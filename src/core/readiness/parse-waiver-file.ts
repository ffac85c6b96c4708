import * as z from 'zod';
import type { FileProblem } from '../config-problem.ts';
import { problemsOfIssues, readYaml } from '../config-yaml.ts';
import { endOfDay } from '../end-of-day.ts';
import { inOurWords } from '../schema-words.ts';
import { parseRef, type RepositoryRef } from '../task/identity.ts';
import type { WaiverFacts } from './readiness-facts.ts';
import { CRITERION_IDS } from './report-schema.ts';

const NO_ITEM = { error: 'names no issue or pull request: #12, owner/repo#12 or its address' };

const entrySchema = z
  .strictObject({
    by: z.string().trim().min(1).max(100),
    reason: z.string().trim().min(1).max(1_000),
    until: z.string().refine((text) => endOfDay(text) !== null, 'is no day such as 2026-05-04'),
    item: z.union([z.string().max(300), z.int().positive()], NO_ITEM).optional(),
    criterion: z.enum(CRITERION_IDS).optional(),
    sha: z
      .string()
      .regex(/^[0-9a-f]{7,40}$/i, 'is no commit such as 1a2b3c4')
      .optional(),
    on: z
      .string()
      .refine((text) => endOfDay(text) !== null, 'is no day such as 2026-05-04')
      .optional(),
  })
  .refine(
    ({ item, criterion }) => item !== undefined || criterion !== undefined,
    'names neither an item nor a criterion',
  );

const fileSchema = z.strictObject({ version: z.literal(1).optional(), waivers: z.array(entrySchema).max(500) });

interface WaiverFile {
  readonly text: string;
  readonly path: string;
  /** What `#12` means. */
  readonly repository: RepositoryRef;
  readonly url: string | null;
}

interface ReadWaivers {
  readonly waivers: readonly WaiverFacts[];
  /** Entries with a problem waive nothing; the others hold. */
  readonly problems: readonly FileProblem[];
}

/**
 * The reviewed file of waivers:
 *
 *     waivers:
 *       - { item: '#12', criterion: base_ci, until: 2026-05-04, by: kim, reason: the runner is being replaced }
 *
 * `item`, `criterion` or both say what is set aside; `sha` binds it to one base, `on` says when it was written.
 */
export function parseWaiverFile({ text, path, repository, url }: WaiverFile): ReadWaivers {
  const { value, problems, locate } = readYaml(text, path);
  if (problems.length > 0) return { waivers: [], problems };
  const schema = z.toJSONSchema(fileSchema, { io: 'input' });
  const frame = z
    .strictObject({ ...fileSchema.shape, waivers: z.array(z.unknown()).max(500) })
    .safeParse(value, inOurWords);
  if (!frame.success) return { waivers: [], problems: problemsOfIssues(frame.error.issues, locate, schema) };
  const read = frame.data.waivers.map((entry, place) => readEntry(entry, { place, repository, url }));
  const issues = read.flatMap((one) => ('issues' in one ? one.issues : []));
  return {
    waivers: read.flatMap((one) => ('waiver' in one ? [one.waiver] : [])),
    problems: problemsOfIssues(issues, locate, schema),
  };
}

interface EntryPlace extends Pick<WaiverFile, 'repository' | 'url'> {
  readonly place: number;
}

type ReadEntry = { readonly waiver: WaiverFacts } | { readonly issues: readonly z.core.$ZodIssue[] };

function readEntry(entry: unknown, { place, repository, url }: EntryPlace): ReadEntry {
  const path = ['waivers', place];
  const parsed = entrySchema.safeParse(entry, inOurWords);
  if (!parsed.success)
    return { issues: parsed.error.issues.map((issue) => ({ ...issue, path: [...path, ...issue.path] })) };
  const { by, reason, until, item, criterion = null, sha = null, on } = parsed.data;
  const ref = item === undefined ? null : parseRef(`${item}`, { defaultRepository: repository, ids: [] });
  if (item !== undefined && (ref === null || !('number' in ref))) {
    const message = `${JSON.stringify(item)} names no issue or pull request: #12, owner/repo#12 or its address`;
    return { issues: [{ code: 'custom', path: [...path, 'item'], message, input: item }] };
  }
  const named = ref !== null && 'number' in ref ? ref : null;
  const times = { writtenAt: `${on ?? BEFORE_ALL}T00:00:00Z`, until: endOfDay(until) ?? '' };
  return {
    waiver: { by, isAuthorised: true, ...times, reason, item: named, criterion, sha: sha?.toLowerCase() ?? null, url },
  };
}

/** A file that does not say when something was written: whatever was written elsewhere is newer. */
const BEFORE_ALL = '1970-01-01';
