#!/usr/bin/env node
// Prints the path of a Node 24 (what GitHub's runners start the Action with), which is fetched from npm where this machine
// has none: PARASOL_NODE24 names another one. It is kept in the user's cache folder, outside the repository.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const system = process.platform === 'win32' ? 'win' : process.platform;
const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'parasol');
const home = join(cache, `node24-${system}-${process.arch}`);
const program = join(home, 'package', 'bin', system === 'win' ? 'node.exe' : 'node');

const isNode24 = (path) => {
  const { stdout } = spawnSync(path, ['--version'], { encoding: 'utf8' });
  return typeof stdout === 'string' && stdout.startsWith('v24.');
};

const run = (command, args, cwd) => {
  const { status, stderr, error } = spawnSync(command, args, { cwd, encoding: 'utf8', timeout: 300_000 });
  if (status === 0) return;
  console.error(`Node 24 could not be fetched: \`${command} ${args.join(' ')}\` failed. ${error?.message ?? stderr}`);
  process.exit(1);
};

/** In a folder beside, which then takes its place: two that fetch at once do not meet. */
const fetchNode = () => {
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'node24-'));
  run('npm', ['pack', `node-${system}-${process.arch}@24`, '--silent', '--pack-destination', folder], folder);
  run('sh', ['-c', 'tar -xzf *.tgz && rm *.tgz'], folder);
  rmSync(home, { recursive: true, force: true });
  renameSync(folder, home);
};

if (isNode24(process.execPath)) console.log(process.execPath);
else if (process.env.PARASOL_NODE24) console.log(process.env.PARASOL_NODE24);
else {
  if (!existsSync(program) || !isNode24(program)) fetchNode();
  console.log(program);
}
