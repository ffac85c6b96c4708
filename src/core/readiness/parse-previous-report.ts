import { UserError } from '../failure.ts';
import { REPORT_SCHEMA_NAME, type ReadinessReport, reportSchema } from './report-schema.ts';

/** A report of before, as JSON. Throws `usage` for anything else, with the first place that is wrong. */
export function parsePreviousReport(text: string, name: string): ReadinessReport {
  const hint = `Name the JSON that an earlier run wrote: a report of the schema ${REPORT_SCHEMA_NAME}.`;
  const parsed = reportSchema.safeParse(parseJson(text, name, hint));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new UserError('usage', `${name} is no report: ${issue?.path.join('.') || 'it'}: ${issue?.message}.`, hint);
}

function parseJson(text: string, name: string, hint: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new UserError('usage', `${name} is not JSON.`, hint, { cause });
  }
}
