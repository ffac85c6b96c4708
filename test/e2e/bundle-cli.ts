import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

const ROOT = join(import.meta.dirname, '..', '..');

export interface BundledCli {
  /** The file to run with Node. */
  readonly path: string;
  readonly remove: () => Promise<void>;
}

/** Bundles the command line from the sources as they are, inside the package so that it finds its dependencies. */
export async function bundleCli(): Promise<BundledCli> {
  const folder = join(ROOT, 'node_modules', '.cache', `parasol-test-${process.pid}`);
  await mkdir(folder, { recursive: true });
  await build({
    entryPoints: [join(ROOT, 'src', 'surfaces', 'cli', 'parasol.ts')],
    outdir: folder,
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    jsx: 'automatic',
    jsxImportSource: 'hono/jsx',
    logLevel: 'error',
  });
  return { path: join(folder, 'parasol.js'), remove: () => rm(folder, { recursive: true }) };
}
