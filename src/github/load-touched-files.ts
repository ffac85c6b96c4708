import { UserError } from '../core/failure.ts';
import { known, type Reading, unknown } from '../core/reading.ts';
import { hunksOfPatch } from '../core/risk/hunks-of-patch.ts';
import type { FileStatus, TouchedFile } from '../core/risk/touched-file.ts';
import { formatRef, type Ref } from '../core/task/identity.ts';
import type { GitHubClient } from './client.ts';
import { githubFailure } from './github-failure.ts';
import { problemOf } from './problem-of-failure.ts';
import { gapOf, truncated } from './unread.ts';

/** GitHub itself lists at most 3,000 files of a pull request. */
const MAX_PAGES = 30;
const PAGE = 100;

/**
 * The files that a pull request changes, with the lines: one request for each 100 files. Unknown where GitHub refuses or
 * lists no more, never cut short.
 */
export async function loadTouchedFiles(client: GitHubClient, ref: Ref): Promise<Reading<readonly TouchedFile[]>> {
  const what = `files of ${formatRef(ref)}`;
  const files: TouchedFile[] = [];
  for (let page = 1; page <= MAX_PAGES; page += 1) {
    const read = await readPage(client, ref, page);
    if (read instanceof UserError) return unknown(gapOf(problemOf(read), what, 'pull_requests: read'));
    files.push(...read.map(touchedFile));
    if (read.length < PAGE) return known(files);
  }
  return unknown(truncated(what));
}

type ListedFile = Awaited<ReturnType<GitHubClient['rest']['pulls']['listFiles']>>['data'][number];

async function readPage(
  client: GitHubClient,
  { owner, repo, number }: Ref,
  page: number,
): Promise<readonly ListedFile[] | UserError> {
  try {
    const { data } = await client.rest.pulls.listFiles({ owner, repo, pull_number: number, per_page: PAGE, page });
    return data;
  } catch (error) {
    const failure = githubFailure(error, `read the files of ${formatRef({ owner, repo, number })}`);
    if (failure instanceof UserError) return failure;
    throw failure;
  }
}

function touchedFile({ filename, previous_filename, status, patch, additions, deletions }: ListedFile): TouchedFile {
  const changes = additions + deletions;
  const hunks = patch === undefined ? null : hunksOfPatch({ text: patch, additions, deletions });
  return {
    path: filename,
    ...(previous_filename === undefined ? {} : { oldPath: previous_filename }),
    status: STATUS[status],
    // Without changed lines there is no patch to show: moved as it was, or binary, which GitHub counts as no lines.
    hunks: status === 'renamed' && changes === 0 ? [] : hunks,
  };
}

const STATUS: Readonly<Record<ListedFile['status'], FileStatus>> = {
  added: 'added',
  removed: 'deleted',
  modified: 'modified',
  renamed: 'renamed',
  copied: 'copied',
  changed: 'type_changed',
  unchanged: 'modified',
};
