import { expect, it } from 'vitest';
import { parsePreviousReport } from '../../../src/core/readiness/parse-previous-report.ts';
import { reportFor, world } from './build-world.ts';

const REPORT = reportFor(world());

it('takes a report as it was written', () => {
  expect(parsePreviousReport(JSON.stringify(REPORT), 'yesterday.json')).toEqual(REPORT);
});

it.each([
  ['{', 'yesterday.json is not JSON.'],
  ['[]', 'yesterday.json is no report: it is a list where a mapping of keys to values belongs.'],
  ['{}', 'yesterday.json is no report: schema is missing.'],
  [
    JSON.stringify({ ...REPORT, schema: 'readiness/v0' }),
    'yesterday.json is no report: schema is "readiness/v0" where only readiness/v1 is known.',
  ],
  [
    JSON.stringify({ ...REPORT, criteria: [{ ...REPORT.criteria[0], outcome: 'good' }] }),
    'yesterday.json is no report: criteria.0.outcome "good" is none of pass, fail, unknown, not_applicable, waived.',
  ],
  [
    JSON.stringify({ ...REPORT, generated_at: 'yesterday' }),
    'yesterday.json is no report: generated_at is "yesterday" where a time such as 2026-05-04T09:00:00Z belongs.',
  ],
  [
    JSON.stringify({ ...REPORT, verdict: { ...REPORT.verdict, decison: 'go' } }),
    'yesterday.json is no report: verdict has the unknown key decison.',
  ],
])('says of %j which place is wrong, and what belongs there', (text, message) => {
  const hint = 'Name the JSON that an earlier run wrote: a report of the schema readiness/v1.';
  expect(() => parsePreviousReport(text, 'yesterday.json')).toThrow(
    expect.objectContaining({ code: 'usage', message, hint }),
  );
});
