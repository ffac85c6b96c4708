import { expect, onTestFinished, test } from 'vitest';
import { fetchClone } from '../../action/fetch-clone.ts';
import { wordsOfGit } from '../../action/words-of-git.ts';
import { audienceOfRepository } from '../../src/core/umbrella/audience.ts';
import { snapshot } from '../core/build-facts.ts';
import { harborWorld, reach } from '../operations/harbor-world.ts';
import { newFolder } from './run-bundle.ts';

test.each([
  [
    "fatal: unable to access 'https://github.com/octo/harbor.git/': The requested URL returned error: 403",
    "fatal: unable to access 'octo/harbor': The requested URL returned error: 403",
  ],
  ['fatal: repository https://github.com/Octo/Harbor.git: not found', 'fatal: repository octo/harbor not found'],
  ["fatal: '/home/runner/work/_temp/clones/octo/harbor.git' is no repository", "fatal: '…' is no repository"],
  ['error: RPC failed; HTTP/2 stream 1 was not closed', 'error: RPC failed; … stream 1 was not closed'],
  ['redirected to https://github.com/octo/vault.git/', 'redirected to …'],
  ['git took too long', 'git took too long'],
])('%s', (message, expected) => {
  expect(wordsOfGit(message, 'octo/harbor')).toBe(expected);
});

test('readers of the repository see why its fetch failed', async () => {
  const { sandbox, context } = await reach(harborWorld().world);
  onTestFinished(() => sandbox.close());
  const repository = { owner: 'octo', repo: 'harbor' };
  const workflow = { repository, serverUrl: 'http://127.0.0.1:9' } as Parameters<typeof fetchClone>[1]['workflow'];
  const clone = await fetchClone(context.github, { workflow, branches: [], folder: newFolder(), token: null });
  if (clone.known) throw new Error('nothing answers there');
  expect(clone.gap.what).toMatch(/^git could not fetch octo\/harbor \(.*'octo\/harbor'/);
  const readers = audienceOfRepository(snapshot([], []), repository, 'umbrella_readers');
  expect(readers.shownGap(clone.gap)).toEqual(clone.gap);
});
