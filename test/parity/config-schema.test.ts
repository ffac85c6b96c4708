import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { configJsonSchema } from '../../src/core/config.ts';

const FILE = join(import.meta.dirname, '../../fixtures/parasol.schema.json');

test('the JSON Schema that editors use is the one that the configuration is checked with', () => {
  expect(JSON.parse(readFileSync(FILE, 'utf8'))).toEqual(JSON.parse(JSON.stringify(configJsonSchema())));
});

test('every key of the configuration says what it is for', () => {
  expect(undescribed(configJsonSchema(), [])).toEqual([]);
});

/** Paths of properties without a description; what a record or a list holds is described where it stands. */
function undescribed(schema: unknown, path: readonly string[]): readonly string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const own = Object.entries(Reflect.get(schema, 'properties') ?? {}).flatMap(([key, property]) => {
    const isDescribed = typeof property === 'object' && property !== null && 'description' in property;
    return [...(isDescribed ? [] : [[...path, key].join('.')]), ...undescribed(property, [...path, key])];
  });
  const inner = ['items', 'additionalProperties'].flatMap((name) =>
    undescribed(Reflect.get(schema, name), [...path, '*']),
  );
  return [...own, ...inner];
}
