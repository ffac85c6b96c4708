import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findImpurities, PURE_PACKAGES } from './find-impurities.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const CORE = join(ROOT, 'src/core');
const FILES = readdirSync(CORE, { recursive: true, encoding: 'utf8' }).filter((name) => /\.[cm]?[jt]sx?$/.test(name));

const impuritiesOf = (source: string, name = 'task/probe.ts') => findImpurities(join(CORE, name), source, CORE);

test('every file of core/ is pure: it imports only core/ and pure packages, and nothing comes from outside', () => {
  const found = FILES.flatMap((name) =>
    impuritiesOf(readFileSync(join(CORE, name), 'utf8'), name).map((problem) => `src/core/${name}:${problem}`),
  );
  expect(FILES.length).toBeGreaterThan(40);
  expect(found).toEqual([]);
});

test('core/ uses every package that it may import', () => {
  const text = FILES.map((name) => readFileSync(join(CORE, name), 'utf8')).join('\n');
  expect(PURE_PACKAGES.filter((name) => !text.includes(` from '${name}'`))).toEqual([]);
});

test('the linter lets core/ import the same packages', () => {
  const { overrides } = JSON.parse(readFileSync(join(ROOT, 'biome.json'), 'utf8'));
  const allowed = new Set<string>(PURE_PACKAGES);
  const groups: readonly string[][] = overrides
    .flatMap(({ linter }: Override) => linter?.rules?.style?.noRestrictedImports?.options.patterns ?? [])
    .map(({ group }: { readonly group: string[] }) => group);
  const packages = groups.map((group) => group.flatMap((one) => (/^![^.]/.test(one) ? one.slice(1) : [])));
  expect(packages.map((names) => names.sort())).toEqual(Array(3).fill([...allowed].sort()));
});

interface Override {
  readonly linter?: {
    readonly rules?: {
      readonly style?: {
        readonly noRestrictedImports?: { readonly options: { readonly patterns: readonly { group: string[] }[] } };
      };
    };
  };
}

describe('an impurity is found:', () => {
  test.each([
    ["import { start } from '../../app.ts';", 'imports ../../app.ts'],
    ["import '../../../test/core/build-facts.ts';", 'imports ../../../test/core/build-facts.ts'],
    ["import about from '../../../package.json' with { type: 'json' };", 'imports ../../../package.json'],
    ["import type { World } from '../../sandbox/world.ts';", 'imports ../../sandbox/world.ts'],
    ["import '../../core-of-something/x.ts';", 'imports ../../core-of-something/x.ts'],
    ["import './../../github/client.ts';", 'imports ./../../github/client.ts'],
    ["import { gfm } from 'mdast-util-gfm';", 'imports mdast-util-gfm'],
    ["import { z } from 'zod/v4';", 'imports zod/v4'],
    ["import { readFileSync } from 'node:fs';", 'imports node:fs'],
    ["import fs from 'fs';", 'imports fs'],
    ["import fs = require('fs');", 'imports fs'],
    ["export * from '@octokit/rest';", 'imports @octokit/rest'],
    ["export { X } from '/elsewhere/x.ts';", 'imports /elsewhere/x.ts'],
    ["type Client = import('../../github/client.ts').GitHubClient;", 'imports ../../github/client.ts'],
    ["type Client = typeof import('../../github/client.ts');", 'imports ../../github/client.ts'],
    ["const client = import('../../github/client.ts');", 'imports ../../github/client.ts'],
    ['const client = import(`../../github/client.ts`);', 'imports ../../github/client.ts'],
    [`const client = import(\`../../\${name}/client.ts\`);`, 'imports what is computed'],
    ['/// <reference path="../../github/client.ts" />', 'refers to ../../github/client.ts'],
    ['const here = import.meta.url;', 'uses import.meta'],
    ['await 1;', 'waits'],
    ['for await (const x of y) x();', 'waits'],
    ['const f = async () => 1;', 'is async'],
    ['async function f() {}', 'is async'],
    ['const p = Promise.resolve(1);', 'uses Promise'],
    ['const now = Date.now();', 'uses Date.now'],
    ["const now = Date['now']();", 'uses Date as a whole'],
    ['const { now } = Date;', 'uses Date as a whole'],
    ['const now = Date();', 'uses Date as a whole'],
    ['const now = new Date();', 'makes a Date of no argument'],
    ['const now = new Date;', 'makes a Date of no argument'],
    ['const now = new Date(...[]);', 'makes a Date of no argument'],
    ['const x = Math.random();', 'uses Math.random'],
    ["const x = Math['random']();", 'uses Math as a whole'],
    ['const { random } = Math;', 'uses Math as a whole'],
    ["const f = new Intl.NumberFormat('en-US');", 'uses Intl.NumberFormat'],
    ['const f = Intl.DateTimeFormat();', 'uses Intl.DateTimeFormat as a whole'],
    ["const f = new Intl.DateTimeFormat('en-US');", 'makes an Intl.DateTimeFormat without a language and a zone'],
    [
      'const f = new Intl.DateTimeFormat(tag, { timeZone });',
      'makes an Intl.DateTimeFormat without a language and a zone',
    ],
    ['const { DateTimeFormat } = Intl;', 'uses Intl as a whole'],
    ['const a = fetch(url);', 'uses fetch'],
    ['const home = process.env.HOME;', 'uses process'],
    ["const fs = process.getBuiltinModule('node:fs');", 'uses process'],
    ['const { env } = process;', 'uses process'],
    ['const facts = { process };', 'uses process'],
    ['const timer = setTimeout(f, 1);', 'uses setTimeout'],
    ['const a = performance.now();', 'uses performance'],
    ['const id = crypto.randomUUID();', 'uses crypto'],
    ["const f = globalThis['fetch'];", 'uses globalThis'],
    ["const fs = require('node:fs');", 'uses require'],
    ["const f = new Function('return 1');", 'uses Function'],
    ["eval('1');", 'uses eval'],
    ["console.log('x');", 'uses console'],
  ])('%s', (source, problem) => {
    expect(impuritiesOf(source)).toEqual([`1: ${problem}`]);
  });

  test('with its line', () => {
    expect(impuritiesOf('const a = 1;\n\nconst now = Date.now();\n')).toEqual(['3: uses Date.now']);
  });

  test('where the same path would be pure in a deeper folder', () => {
    const source = "import '../config.ts';";
    expect([impuritiesOf(source, 'task/probe.ts'), impuritiesOf(source, 'probe.ts')]).toEqual([
      [],
      ['1: imports ../config.ts'],
    ]);
  });
});

test.each([
  "import * as z from 'zod';",
  "import type { Ref } from './identity.ts';",
  "export type { Config } from '../config.ts';",
  "type Document = import('yaml').Document;",
  'const seconds = Date.parse(a) - Date.UTC(2026, 1);',
  'const text = new Date(instant).toISOString();',
  'const f = (since: Date) => Math.max(1, since.getTime());',
  'interface Step { readonly process: string; fetch(): number }',
  'const step = { process: 1, fetch: 2 }; const n = step.process + step.fetch;',
  'const { process: name } = step;',
  "const f: Intl.DateTimeFormat = new Intl.DateTimeFormat('en-US', { timeZone: zone, hour: 'numeric' });",
  "const text = 'await Date.now() from node:fs';",
])('%s is pure', (source) => {
  expect(impuritiesOf(source)).toEqual([]);
});
