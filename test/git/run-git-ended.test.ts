import { spawn } from 'node:child_process';
import { expect, test, vi } from 'vitest';
import { runGit } from '../../src/git/run-git.ts';

vi.mock('node:child_process', { spy: true });

test('what is to be ended at once is not started', async () => {
  expect((await runGit({ args: ['--version'] })).ended).toBe('done');
  expect(spawn).toHaveBeenCalledTimes(1);
  expect((await runGit({ args: ['--version'], signal: AbortSignal.abort() })).ended).toBe('cancelled');
  expect(spawn).toHaveBeenCalledTimes(1);
});
