import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { draftHarbor, prepareClone, SOON } from '../operations/risk-clone-world.ts';
import { type BundledCli, bundleCli } from './bundle-cli.ts';

let cli: BundledCli;

beforeAll(async () => {
  cli = await bundleCli();
});
afterAll(() => cli.remove());

/** The machine's git, but that its trial merges never end; each writes down which process it is. */
const SLOW_GIT = `#!/bin/sh
case "$*" in *merge-tree*) echo $$ >> "$TMPDIR/merges"; exec sleep 120;; esac
PATH="\${PATH#*:}" exec git "$@"
`;

/** One that is dead and that nobody has asked about yet counts as ended. */
function isRunning(pid: string): boolean {
  const stat = `/proc/${pid}/stat`;
  return existsSync(stat) && !/\) Z /.test(readFileSync(stat, 'utf8'));
}

test.skipIf(!existsSync('/proc/self/stat')).each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  '%s during trial merges ends them, leaves no folder behind, and ends the process as ever',
  async (signal) => {
    const { folder } = prepareClone(draftHarbor);
    const tools = join(folder, '..', 'tools');
    const temporary = join(folder, '..', 'temporary');
    for (const place of [tools, temporary]) mkdirSync(place);
    writeFileSync(join(tools, 'git'), SLOW_GIT);
    chmodSync(join(tools, 'git'), 0o755);
    const env = { ...process.env, PATH: `${tools}:${process.env.PATH}`, TMPDIR: temporary, HOME: temporary };
    const args = [cli.path, 'risk', 'matrix', '--repo', folder, '--base', 'main', '--now', SOON];
    const child = spawn(process.execPath, args, { env, stdio: 'ignore' });
    const ended = once(child, 'exit');
    const merges = join(temporary, 'merges');
    await vi.waitFor(() => expect(existsSync(merges)).toBe(true), { timeout: 30_000, interval: 20 });
    expect(readdirSync(temporary).filter((name) => name.startsWith('parasol-git-'))).toHaveLength(1);
    child.kill(signal);
    expect(await ended).toEqual([null, signal]);
    const pids = readFileSync(merges, 'utf8').trim().split('\n');
    await vi.waitFor(() => expect(pids.filter(isRunning)).toEqual([]));
    expect(readdirSync(temporary).filter((name) => name.startsWith('parasol-git-'))).toEqual([]);
  },
  60_000,
);
