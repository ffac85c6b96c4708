#!/usr/bin/env node
// Lets `npm run demo` and `npm test` be the only command on a fresh clone: installs when node_modules is missing or
// older than the lockfile, and rebuilds dist/ when a source is newer. Uses nothing that is not in Node itself.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const modified = (path) => (existsSync(path) ? statSync(path).mtimeMs : 0);
const newestUnder = (folder) =>
  Math.max(0, ...readdirSync(folder, { recursive: true }).map((name) => modified(join(folder, String(name)))));

const run = (command, args) => {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2] });
  if (status !== 0) {
    console.error(
      `\`${command} ${args.join(' ')}\` failed${error ? `: ${error.message}` : ''}. Mend that, then try again.`,
    );
    process.exit(status ?? 1);
  }
};

// npm writes node_modules/.package-lock.json as the last step of an install.
if (modified(join(root, 'node_modules/.package-lock.json')) < modified(join(root, 'package-lock.json'))) {
  console.error('Installing dependencies (first run, or the lockfile changed) …');
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
}
if (modified(join(root, 'dist/parasol.js')) < newestUnder(join(root, 'src'))) run('node', ['.ci/bundle.mjs']);
