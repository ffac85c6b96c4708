import { mkdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { build } from 'esbuild';
import { packageRoot } from '../../src/surfaces/cli/package-root.ts';

export interface BundledCli {
  /** The file to run with Node. */
  readonly path: string;
  readonly remove: () => Promise<void>;
}

/**
 * Bundles the command line from the sources as they are, inside the package so that it finds its dependencies; `entry` is
 * another file that runs it.
 */
export async function bundleCli(entry = 'src/surfaces/cli/parasol.ts'): Promise<BundledCli> {
  const name = basename(entry, '.ts');
  const folder = join(packageRoot(), 'node_modules', '.cache', `parasol-test-${name}-${process.pid}`);
  await mkdir(folder, { recursive: true });
  await build({
    entryPoints: [join(packageRoot(), entry)],
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
  return { path: join(folder, `${name}.js`), remove: () => rm(folder, { recursive: true }) };
}
