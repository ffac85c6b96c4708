#!/usr/bin/env node
// Builds the command line into dist/ (packages stay outside the bundle) and, with --action, the Action into action/dist/
// (everything inside it, since a runner installs nothing). `--check` rebuilds the Action elsewhere and compares.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const shared = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  logLevel: 'warning',
};

const buildCommandLine = () =>
  build({
    ...shared,
    entryPoints: { parasol: 'src/surfaces/cli/parasol.ts' },
    outdir: 'dist',
    splitting: true,
    packages: 'external',
    sourcemap: true,
    jsx: 'automatic',
    jsxImportSource: 'hono/jsx',
  });

// An ESM bundle of CommonJS packages needs `require`: esbuild's output calls it for Node's own modules.
const buildAction = (outdir) =>
  build({
    ...shared,
    entryPoints: { index: 'action/main.ts' },
    outdir,
    minify: true,
    legalComments: 'none',
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  });

const readBundle = (folder) =>
  readdirSync(folder)
    .sort()
    .map((name) => [name, readFileSync(join(folder, name), 'utf8')]);

if (process.argv.includes('--check')) {
  const fresh = mkdtempSync(join(tmpdir(), 'parasol-action-'));
  await buildAction(fresh);
  const isCurrent = JSON.stringify(readBundle(fresh)) === JSON.stringify(readBundle(join(root, 'action/dist')));
  rmSync(fresh, { recursive: true });
  if (!isCurrent) {
    console.error('action/dist is not what the sources build: run `npm run build` and commit action/dist.');
    process.exit(1);
  }
  console.log('action/dist is up to date.');
} else {
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  await buildCommandLine();
  if (process.argv.includes('--action')) {
    rmSync(join(root, 'action/dist'), { recursive: true, force: true });
    await buildAction('action/dist');
  }
}
