#!/usr/bin/env node
// Runs one TypeScript file of this project: `node .ci/run-typescript.mjs test/bench/umbrella.ts [arguments]`.
// The bundle goes below node_modules/.cache, so that packages resolve as they do for the sources.
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const [entry, ...rest] = process.argv.slice(2);
if (!entry) {
  console.error('Name the file to run: node .ci/run-typescript.mjs test/bench/NAME.ts');
  process.exit(3);
}
const outfile = join(root, 'node_modules/.cache/parasol', `${entry.replaceAll(/[^a-z0-9]+/gi, '-')}.mjs`);
await build({
  absWorkingDir: root,
  entryPoints: [resolve(entry)],
  outfile,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  packages: 'external',
  sourcemap: 'inline',
  logLevel: 'warning',
  jsx: 'automatic',
  jsxImportSource: 'hono/jsx',
});
process.argv = [process.argv[0], outfile, ...rest];
await import(pathToFileURL(outfile).href);
