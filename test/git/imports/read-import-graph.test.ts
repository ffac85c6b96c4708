import { describe, expect, it } from 'vitest';
import { type ImportCache, readImportGraph } from '../../../src/git/imports/read-import-graph.ts';
import { edgesOf, memoryTree } from './memory-tree.ts';

const graphOf = (texts: Readonly<Record<string, string | null>>) => readImportGraph(memoryTree(texts));

describe('JavaScript and TypeScript', () => {
  it('imports by every syntax count, types among them, and text and comments do not', async () => {
    const graph = await graphOf({
      'src/a.ts': [
        "import { b } from './b.ts';",
        "import type { C } from './c.js';",
        "export * from './d';",
        "type E = import('./e').E;",
        "import F = require('./f');",
        "const g = () => import('./g');",
        "const h = require('./h');",
        "// import './no';",
        'const text = `import "./no"`;',
        "import './self/../a.ts';",
      ].join('\n'),
      ...Object.fromEntries(
        ['b.ts', 'c.ts', 'd.ts', 'e.d.ts', 'f.cts', 'g.mjs', 'h/index.js', 'no.ts'].map((name) => [`src/${name}`, '']),
      ),
    });
    expect(edgesOf(graph)).toEqual({
      'src/a.ts': ['b.ts', 'c.ts', 'd.ts', 'e.d.ts', 'f.cts', 'g.mjs', 'h/index.js'].map((name) => `src/${name}`),
    });
    expect([graph.external, graph.unresolved, graph.files]).toEqual([0, 0, 9]);
  });

  it('JSX is read, and files of any kind are found', async () => {
    const graph = await graphOf({
      'a.jsx': "import './b.css';\nexport const A = () => <div>{import('./c')}</div>;",
      'b.css': '',
      'c.tsx': '',
    });
    expect(edgesOf(graph)).toEqual({ 'a.jsx': ['b.css', 'c.tsx'] });
  });

  it("packages of the repository are found by name, through their manifests, and the nearest configuration's paths hold", async () => {
    const graph = await graphOf({
      'apps/web/main.ts':
        "import '@octo/gates';\nimport '@octo/gates/wide';\nimport '~/local';\nimport 'react';\nimport 'node:fs';",
      'apps/web/tsconfig.json':
        '{ "extends": ["../../base.json", "@tsconfig/node20/tsconfig.json"], /* here */ "compilerOptions": { "paths": { "~/*": ["./lib/*"] } }, }',
      'base.json': '{ "extends": "@tsconfig/strictest", "compilerOptions": { "paths": { "+/*": ["./gone/*"] } } }',
      'apps/web/lib/local.ts': '',
      'packages/gates/package.json':
        '{ "name": "@octo/gates", "exports": { ".": "./src/index.ts", "./wide": { "types": "./src/wide.ts" } } }',
      'packages/gates/src/index.ts': '',
      'packages/gates/src/wide.ts': '',
    });
    expect(edgesOf(graph)).toEqual({
      'apps/web/main.ts': ['apps/web/lib/local.ts', 'packages/gates/src/index.ts', 'packages/gates/src/wide.ts'],
    });
    expect([graph.external, graph.unresolved]).toEqual([2, 0]);
  });

  it('what leads nowhere is counted and not guessed: computed names, missing files, builds of own packages', async () => {
    const graph = await graphOf({
      'a.ts': "import './gone';\nimport(name);\nimport '@octo/gates';\nimport '../../outside';",
      'gates/package.json': '{ "name": "@octo/gates", "main": "./dist/index.js" }',
      'broken/package.json': '{',
      'broken/tsconfig.json': '{',
      'broken/b.ts': "import '../a';\nimport 'elsewhere';",
    });
    expect(edgesOf(graph)).toEqual({ 'broken/b.ts': ['a.ts'] });
    expect([graph.external, graph.unresolved]).toEqual([1, 4]);
  });
});

describe('other languages', () => {
  it('Python: modules, packages, members that are modules, relative ones, below any root', async () => {
    const graph = await graphOf({
      'src/gates/__init__.py': '',
      'src/gates/wide.py': 'from . import narrow\nfrom .deep.inner import thing\nfrom ..outside import x\nimport os',
      'src/gates/narrow.py':
        'import gates.deep.inner as inner\nfrom gates import wide, Thing\nfrom gates.gone import y',
      'src/gates/deep/inner.py': '"""import gates.wide"""',
    });
    expect(edgesOf(graph)).toEqual({
      'src/gates/wide.py': ['src/gates/__init__.py', 'src/gates/deep/inner.py', 'src/gates/narrow.py'],
      'src/gates/narrow.py': ['src/gates/__init__.py', 'src/gates/deep/inner.py', 'src/gates/wide.py'],
    });
    expect([graph.external, graph.unresolved]).toEqual([1, 2]);
  });

  it('Go: a package is all files of its folder but tests', async () => {
    const graph = await graphOf({
      'go.mod': 'module example.org/harbor\n',
      'main.go': 'package main\nimport (\n\t"fmt"\n\tg "example.org/harbor/gates"\n\t"example.org/harbor/gone"\n)',
      'gates/a.go': 'package gates',
      'gates/b.go': 'package gates',
      'gates/a_test.go': 'package gates\nimport "testing"',
    });
    expect(edgesOf(graph)).toEqual({ 'main.go': ['gates/a.go', 'gates/b.go'] });
    expect([graph.external, graph.unresolved]).toEqual([2, 1]);
  });

  it('Rust: modules, paths from the crate, from above, and from other crates of the repository', async () => {
    const graph = await graphOf({
      'gate-core/Cargo.toml': '[package]\nname = "gate-core"\n',
      'gate-core/src/lib.rs': 'mod wide;\npub mod narrow;\nmod inline { fn x() {} }\nmod gone;',
      'gate-core/src/wide.rs': 'use crate::narrow::{deep::Thing, Other};\nuse std::io;',
      'gate-core/src/narrow/mod.rs': 'mod deep;\nuse super::wide::*;',
      'gate-core/src/narrow/deep.rs': 'use super::super::wide;',
      'app/Cargo.toml': '[package]\nname = "app"\n',
      'app/src/main.rs': 'use gate_core::narrow::Other;',
    });
    expect(edgesOf(graph)).toEqual({
      'gate-core/src/wide.rs': ['gate-core/src/narrow/deep.rs', 'gate-core/src/narrow/mod.rs'],
      'gate-core/src/narrow/mod.rs': ['gate-core/src/wide.rs'],
      'gate-core/src/narrow/deep.rs': ['gate-core/src/wide.rs'],
      'app/src/main.rs': ['gate-core/src/narrow/mod.rs'],
    });
    expect(graph.declares).toEqual(
      new Map([
        ['gate-core/src/lib.rs', new Set(['gate-core/src/wide.rs', 'gate-core/src/narrow/mod.rs'])],
        ['gate-core/src/narrow/mod.rs', new Set(['gate-core/src/narrow/deep.rs'])],
      ]),
    );
    expect([graph.external, graph.unresolved]).toEqual([1, 1]);
  });

  it('Java, C and Ruby: by the end of the path where only one fits', async () => {
    const graph = await graphOf({
      'app/src/main/java/org/harbor/Gate.java':
        'import org.harbor.deep.Lock;\nimport org.harbor.deep.*;\nimport java.util.List;',
      'app/src/main/java/org/harbor/deep/Lock.java': '',
      'app/src/main/java/org/harbor/deep/Key.java': 'import static org.harbor.Gate.open;',
      'c/gate.c': '#include "lock.h"\n#include <harbor/key.h>\n#include <stdio.h>\n#include "twice.h"',
      'c/lock.h': '',
      'include/harbor/key.h': '',
      'x/twice.h': '',
      'y/twice.h': '',
      'rb/lib/gate.rb': "require_relative 'lock'\nrequire 'harbor/key'\nrequire 'json'",
      'rb/lib/lock.rb': '',
      'rb/lib/harbor/key.rb': '',
    });
    expect(edgesOf(graph)).toEqual({
      'app/src/main/java/org/harbor/Gate.java': [
        'app/src/main/java/org/harbor/deep/Key.java',
        'app/src/main/java/org/harbor/deep/Lock.java',
      ],
      'app/src/main/java/org/harbor/deep/Key.java': ['app/src/main/java/org/harbor/Gate.java'],
      'c/gate.c': ['c/lock.h', 'include/harbor/key.h'],
      'rb/lib/gate.rb': ['rb/lib/harbor/key.rb', 'rb/lib/lock.rb'],
    });
    expect([graph.external, graph.unresolved]).toEqual([3, 1]);
  });
});

it('languages without a reader, and contents that are no text, count as unread and not as independent', async () => {
  const graph = await graphOf({ 'a.kt': 'import b', 'b.kt': '', 'c.ts': null, 'notes.md': 'import' });
  expect(graph.unread).toEqual(
    new Map([
      ['kt', 2],
      ['ts', 1],
    ]),
  );
});

it('with what was read before, only new contents are read', async () => {
  const cache: ImportCache = new Map();
  const before = { 'a.ts': "import './b';", 'b.ts': 'export {};', 'package.json': '{}' };
  await readImportGraph(memoryTree(before), { cache });
  const after = memoryTree({ ...before, 'c.ts': "import './b'; // new", 'moved.ts': 'export {};' });
  const graph = await readImportGraph(after, { cache });
  expect(after.reads).toEqual(['c.ts', 'package.json']);
  expect(edgesOf(graph)).toEqual({ 'a.ts': ['b.ts'], 'c.ts': ['b.ts'] });
});
