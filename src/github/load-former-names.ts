import { UserError } from '../core/failure.ts';
import { formatRef, type Ref } from '../core/task/identity.ts';
import type { ChangedPaths } from './changed-paths.ts';
import type { GitHubClient } from './client.ts';
import { githubFailure } from './github-failure.ts';
import { problemOf } from './problem-of-failure.ts';
import { gapOf, truncated } from './unread.ts';

/** For one question, over all its pull requests. */
const MOST_CALLS = 30;
const PER_PAGE = 100;

export interface FormerNames {
  /** Where so many moved files of a pull request lay before, which GraphQL does not tell. */
  of(pullRequest: Ref, moved: number): Promise<ChangedPaths>;
}

/** REST tells former names, one call for 100 files; after 30 calls what is left is a gap. */
export function createFormerNames(client: GitHubClient): FormerNames {
  let calls = 0;
  const nextPage = async ({ owner, repo, number }: Ref, page: number): Promise<readonly (string | undefined)[]> => {
    calls += 1;
    const asked = { owner, repo, pull_number: number, per_page: PER_PAGE, page };
    return (await client.rest.pulls.listFiles(asked)).data.map((file) =>
      file.status === 'renamed' ? file.previous_filename : undefined,
    );
  };
  return {
    of: async (pullRequest, moved) => {
      const what = `former names of moved files of ${formatRef(pullRequest)}`;
      const paths: string[] = [];
      try {
        for (let page = 1; paths.length < moved && calls < MOST_CALLS; page += 1) {
          const names = await nextPage(pullRequest, page);
          paths.push(...names.filter((name) => name !== undefined));
          if (names.length < PER_PAGE) break;
        }
        return { paths, gap: paths.length < moved ? truncated(what) : null };
      } catch (cause) {
        const failure = githubFailure(cause, `read the ${what}`);
        if (!(failure instanceof UserError)) throw failure;
        return { paths, gap: gapOf(problemOf(failure), what, 'pull_requests: read') };
      }
    },
  };
}
