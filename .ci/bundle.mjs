#!/usr/bin/env node
// Builds the command line into dist/ (packages stay outside the bundle) and, with --action, the Action into action/dist/
// (everything inside it, since a runner installs nothing). `--check` rebuilds the Action elsewhere and compares.
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
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

// PGlite first makes a database, which takes it seconds each time: stores in memory begin with one that is packed here.
// Kept beside the packages, because it changes with PGlite alone.
async function packEmptyStore(target) {
  const { version } = JSON.parse(readFileSync(join(root, 'node_modules/@electric-sql/pglite/package.json'), 'utf8'));
  const folder = join(root, 'node_modules/.cache/parasol');
  const packed = join(folder, `empty-store-${version}.tar.gz`);
  if (!existsSync(packed)) {
    const { PGlite } = await import('@electric-sql/pglite');
    const pglite = await PGlite.create('memory://');
    const bytes = Buffer.from(await (await pglite.dumpDataDir('gzip')).arrayBuffer());
    await pglite.close();
    mkdirSync(folder, { recursive: true });
    // Renamed when it is whole: two builds may run at once, and one may be stopped.
    writeFileSync(`${packed}.${process.pid}`, bytes);
    renameSync(`${packed}.${process.pid}`, packed);
  }
  copyFileSync(packed, target);
}

// The toolkit pulls in an HTTP client and a proxy for calls that are not made here, and says of none of its files that they
// do nothing by themselves: without this, a third of what starts first would be code that never runs.
const toolkitWithoutClients = {
  name: 'toolkit-without-clients',
  setup: ({ onResolve, resolve }) =>
    onResolve({ filter: /./ }, async ({ path, importer, pluginData, ...rest }) => {
      if (pluginData === 'asked' || !/node_modules[\\/]@actions[\\/]/.test(importer)) return undefined;
      const found = await resolve(path, { importer, ...rest, pluginData: 'asked' });
      return { ...found, sideEffects: false };
    }),
};

// The throttling plugin brings the light build of bottleneck, which lacks only its way to Redis: one of them is enough.
const oneBottleneck = {
  name: 'one-bottleneck',
  setup: ({ onResolve, resolve }) =>
    onResolve({ filter: /^bottleneck$/ }, ({ kind, resolveDir }) =>
      resolve('bottleneck/light.js', { kind, resolveDir }),
    ),
};

// The Action keeps nothing and has no store; what reads claims where there is one need not bring its query builder.
const noStore = {
  name: 'no-store',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^kysely$/ }, ({ path }) => ({ path, namespace: 'absent' }));
    onLoad({ filter: /./, namespace: 'absent' }, () => ({ contents: 'export const sql = null;' }));
  },
};

// One file for each command, so that a run reads only what it needs. An ESM bundle of CommonJS packages needs `require`:
// esbuild's output calls it for Node's own modules. Parsers of source files are native or WebAssembly: the Action counts no
// dependents and never loads what counts them.
const buildAction = (outdir) =>
  build({
    ...shared,
    entryPoints: { index: 'action/main.ts' },
    outdir,
    splitting: true,
    chunkNames: '[name]-[hash]',
    minify: true,
    legalComments: 'none',
    jsx: 'automatic',
    jsxImportSource: 'hono/jsx',
    external: ['*/imports/read-import-graph.ts'],
    plugins: [toolkitWithoutClients, oneBottleneck, noStore],
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
  await packEmptyStore(join(root, 'dist/empty-store.tar.gz'));
  if (process.argv.includes('--action')) {
    rmSync(join(root, 'action/dist'), { recursive: true, force: true });
    await buildAction('action/dist');
  }
}
