import { readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { init, parse } from 'es-module-lexer';
import { expect, test } from 'vitest';
import { COMMANDS } from '../../action/commands.ts';
import { ROOT } from './run-bundle.ts';

const FOLDER = join(ROOT, 'action/dist');
const FILES = new Map(readdirSync(FOLDER).map((name) => [name, readFileSync(join(FOLDER, name), 'utf8')]));

await init;

/** What a file of the bundle imports, at its start or later. */
function importsOf(name: string, { later }: { readonly later: boolean }): readonly string[] {
  const [imports] = parse(FILES.get(name) ?? '');
  return imports.flatMap((found) =>
    found.type !== 'import-meta' && found.specifier !== undefined && (found.type === 'dynamic') === later
      ? [found.specifier]
      : [],
  );
}

/** A file with all that is read before it runs. */
function readWith(name: string, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(name)) return seen;
  seen.add(name);
  for (const path of importsOf(name, { later: false })) if (path.startsWith('./')) readWith(path.slice(2), seen);
  return seen;
}

const fileOf = (command: string): string => [...FILES.keys()].find((name) => name.startsWith(`${command}-`)) ?? '';

test('the bundle needs nothing but Node, and has no more than 3 MB', () => {
  const outside = [...FILES.keys()]
    .flatMap((name) => [...importsOf(name, { later: false }), ...importsOf(name, { later: true })])
    .filter((path) => !path.startsWith('./') && !isBuiltin(path));
  // Never reached: it would count what depends on a file, with parsers that are no part of the bundle.
  expect([...new Set(outside)]).toEqual(['../git/imports/read-import-graph.ts']);
  const bytes = [...FILES.values()].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  expect(bytes).toBeLessThan(3_000_000);
});

test('no database, no parser of sources, no webhook server is in it', () => {
  const marks = /pglite|PostgresDialect|tree-sitter|oxc-parser|enhanced-resolve|@probot|createNodeMiddleware/i;
  const found = [...FILES].flatMap(([name, text]) => text.match(marks)?.[0]?.concat(` in ${name}`) ?? []);
  expect(found).toEqual([]);
});

test('each command is a file of its own that the start does not read', () => {
  const start = readWith('index.js');
  const read = Object.keys(COMMANDS).map((command) => [command, fileOf(command), start.has(fileOf(command))]);
  expect(read).toEqual(Object.keys(COMMANDS).map((command) => [command, expect.stringMatching(/-\w+\.js$/), false]));
  expect([...start].filter((name) => /undici|proxied/.test(name))).toEqual([]);
});

test('hardly anything is read before the first question', () => {
  const bytes = [...readWith('index.js')].reduce((sum, name) => sum + Buffer.byteLength(FILES.get(name) ?? ''), 0);
  expect(bytes).toBeLessThan(20_000);
});

test('no path of the machine that built it is in it', () => {
  expect([...FILES].filter(([, text]) => text.includes(ROOT)).map(([name]) => name)).toEqual([]);
});
