import { UserError } from '../failure.ts';
import { inOurWords, pathWords } from '../schema-words.ts';
import { REPORT_SCHEMA_NAME, type ReadinessReport, reportSchema } from './report-schema.ts';

/** A report of before, as JSON. Throws `usage` for anything else, with the first place that is wrong. */
export function parsePreviousReport(text: string, name: string): ReadinessReport {
  const hint = `Name the JSON that an earlier run wrote: a report of the schema ${REPORT_SCHEMA_NAME}.`;
  const parsed = reportSchema.safeParse(parseJson(text, name, hint), inOurWords);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const wrong = issue === undefined ? 'it cannot be read' : `${pathWords(issue.path)} ${issue.message}`;
  throw new UserError('usage', `${name} is no report: ${wrong}.`, hint);
}

function parseJson(text: string, name: string, hint: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new UserError('usage', `${name} is not JSON.`, hint, { cause });
  }
}
