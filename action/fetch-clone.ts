import { join } from 'node:path';
import { UserError } from '../src/core/failure.ts';
import { known, type Reading, unknown } from '../src/core/reading.ts';
import { createMirrors } from '../src/git/mirrors.ts';
import type { GitHubClient } from '../src/github/client.ts';
import { loadConfig } from '../src/github/load-config.ts';
import { loadOpenPullRequests } from '../src/github/load-open-pull-requests.ts';
import { wordsOfGit } from './words-of-git.ts';
import type { WorkflowRun } from './workflow-run.ts';

interface CloneWish {
  readonly workflow: WorkflowRun;
  /** Beside the default branch and the bases of open pull requests. */
  readonly branches: readonly string[];
  /** Private to this run: nobody else may have put a git configuration there. */
  readonly folder: string;
  readonly token: string | null;
}

/** A hosted runner has 14 GB left; a job of minutes is no place for more. */
const LIMITS = { timeoutMs: 10 * 60_000, maxBytes: 6_000_000_000 };

/**
 * Fetches the heads and the history that a report needs into a bare clone of our own. The default checkout has one commit,
 * and is not ours to write into. The token goes to git by its environment.
 */
export async function fetchClone(
  github: GitHubClient,
  { workflow, branches, folder, token }: CloneWish,
): Promise<Reading<string>> {
  const { repository, serverUrl } = workflow;
  const name = `${repository.owner}/${repository.repo}`;
  try {
    const [{ defaultBranch }, pulls] = await Promise.all([
      loadConfig(github, repository),
      loadOpenPullRequests(github, repository),
    ]);
    const bases = [...(defaultBranch === null ? [] : [defaultBranch]), ...pulls.map(({ base }) => base), ...branches];
    const mirrors = createMirrors({ folder: join(folder, 'clones'), remote: serverUrl, limits: LIMITS });
    const wish = { branches: [...new Set(bases)], pulls: pulls.map(({ ref }) => ref.number), token };
    const outcome = await mirrors.use(repository, wish, async (fetched) => fetched);
    if (outcome.ready) return known(outcome.path);
    return unavailable(`git could not fetch ${name} (${wordsOfGit(outcome.reason, name)})`);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return unavailable(`${name} could not be fetched (${error.message})`);
  }
}

const unavailable = (what: string): Reading<never> =>
  unknown({ cause: 'unavailable', what, permission: 'contents: read' });
