import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { explainFailure } from '../../src/git/explain-failure.ts';
import type { GitOutcome } from '../../src/git/run-git.ts';

const clone = { folder: tmpdir(), isPartial: false, unindexed: [] };
const failed = (complaint: string, remarks = ''): GitOutcome => ({ ended: 'failed', stdout: '', complaint, remarks });
const UNREAD = 'fatal: unable to read blob object 65b2df87f7df';

test.each([
  ['a blob that is missing', clone, failed(UNREAD), `git says: ${UNREAD}`],
  [
    'a blob that a partial clone lacks',
    { ...clone, isPartial: true },
    failed(UNREAD),
    expect.stringMatching(/^this partial clone lacks .* git fetch --refetch --no-filter$/),
  ],
  [
    'a blob that could not be written for want of room',
    { ...clone, isPartial: true },
    failed(UNREAD, 'error: unable to write file .merge_file_1: No space left on device\nfatal: unable to read'),
    expect.stringMatching(/^the temporary folder .* has no room left for this user; make room there, or set TMPDIR/),
  ],
  ['a git without a word', clone, failed(''), 'git failed without a word'],
  ['a git that was too slow', clone, { ...failed(UNREAD), ended: 'too_slow' as const }, 'git took too long'],
])('says of %s what it is', async (_, at, outcome, reason) => {
  expect(await explainFailure(at, outcome)).toEqual(reason);
});
