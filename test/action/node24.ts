import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from './run-bundle.ts';

/** The Node that runners start the Action with: its path, or why there is none. It is fetched once into the user's cache. */
export function findNode24(): { readonly path: string } | { readonly missing: string } {
  const { stdout, stderr, status } = spawnSync(process.execPath, [join(ROOT, '.ci/fetch-node24.mjs')], {
    encoding: 'utf8',
  });
  return status === 0 ? { path: stdout.trim() } : { missing: stderr.trim().split('\n')[0] ?? '' };
}
