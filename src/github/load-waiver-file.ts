import { UserError } from '../core/failure.ts';
import { parseWaiverFile } from '../core/readiness/parse-waiver-file.ts';
import type { WaiverFacts } from '../core/readiness/readiness-facts.ts';
import { type Gap, known, type Reading, unknown } from '../core/reading.ts';
import type { RepositoryRef } from '../core/task/identity.ts';
import type { GitHubClient } from './client.ts';
import { loadFile } from './load-file.ts';
import { problemOf } from './problem-of-failure.ts';
import { gapOf } from './unread.ts';

interface LoadedWaivers {
  readonly waivers: Reading<readonly WaiverFacts[]>;
  readonly gaps: readonly Gap[];
}

/** The waivers of a file on the default branch, none where there is no file: one call. Entries with a problem are gaps. */
export async function loadWaiverFile(
  client: GitHubClient,
  repository: RepositoryRef,
  path: string,
): Promise<LoadedWaivers> {
  const name = `${path} of ${repository.owner}/${repository.repo}`;
  try {
    const file = await loadFile(client, repository, path);
    if (file === null) return { waivers: known([]), gaps: [] };
    const { waivers, problems } = parseWaiverFile({ text: file.text, path, repository, url: file.url });
    const gaps = problems.map(({ line, path: place, message }): Gap => {
      const where = place === '' ? '' : ` (${place})`;
      return { cause: 'invalid', what: `${name}, line ${line}${where}: ${message}`, repository };
    });
    return { waivers: known(waivers), gaps };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const gap = { ...gapOf(problemOf(error), name, 'contents: read'), repository };
    return { waivers: unknown(gap), gaps: [gap] };
  }
}
