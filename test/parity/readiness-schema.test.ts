import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { reportSchema } from '../../src/core/readiness/report-schema.ts';

const FILE = join(import.meta.dirname, '../../fixtures/readiness.schema.json');

test('the published JSON Schema of a readiness report is the one that reports are made by', () => {
  expect(JSON.parse(readFileSync(FILE, 'utf8'))).toEqual(JSON.parse(JSON.stringify(z.toJSONSchema(reportSchema))));
});
