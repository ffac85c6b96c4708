import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { UserError } from '../../src/core/failure.ts';
import { CATALOG } from '../../src/operations/catalog.ts';
import type { OperationContext } from '../../src/operations/operation.ts';
import { inputFields } from '../../src/surfaces/cli/input-fields.ts';
import { PRESENTATIONS } from '../../src/surfaces/cli/presentations.ts';
import { toolName } from '../../src/surfaces/mcp/build-mcp-server.ts';

describe('the catalogue', () => {
  test('names each operation once, in words that fit every surface', () => {
    const names = CATALOG.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const entry of CATALOG) {
      expect(entry.name).toMatch(/^[a-z]+(\.[a-z]+)?$/);
      expect(toolName(entry)).toMatch(/^[a-z_]{1,64}$/);
      expect(entry.summary).toMatch(/^[A-Z].{10,110}\.$/);
    }
  });

  test('is what the command line shows, no more and no less', () => {
    expect(Object.keys(PRESENTATIONS).toSorted()).toEqual(CATALOG.map(({ name }) => name).toSorted());
  });

  test.each(CATALOG.map((entry) => [entry.name, entry] as const))('%s has a form on every surface', (name, entry) => {
    const presentation = PRESENTATIONS[name];
    const fields = inputFields(entry.input);
    expect(fields.every(({ description }) => description.length > 0)).toBe(true);
    const named = [...(presentation?.hidden ?? []), ...[presentation?.positional ?? []].flat()];
    expect(fields.map((field) => field.name)).toEqual(expect.arrayContaining(named));
    expect(z.toJSONSchema(entry.input, { io: 'input' })).toMatchObject({ type: 'object' });
    expect(z.toJSONSchema(entry.output)).toMatchObject({ type: 'object' });
  });

  test.each(CATALOG.filter(({ input }) => 'ref' in input.shape).map((entry) => [entry.name, entry] as const))(
    '%s names the field that is wrong, and asks nothing of GitHub',
    async (_, entry) => {
      const attempt = async () => entry.run(UNREACHABLE, { ref: 7 });
      await expect(attempt).rejects.toThrow(UserError);
      await expect(attempt).rejects.toMatchObject({ code: 'usage', message: expect.stringContaining('ref: ') });
    },
  );
});

const UNREACHABLE: OperationContext = {
  get github(): never {
    throw new Error('GitHub was asked');
  },
  now: () => '2026-03-02T09:00:00Z',
  defaultRepository: null,
};
