import type { Gap } from '../core/reading.ts';
import type { RepositoryRef } from '../core/task/identity.ts';
import type { ConfigTexts } from '../core/umbrella/config-of-snapshot.ts';
import type { GitHubClient } from './client.ts';
import { type ConfigAnswer, readConfigTexts } from './config-texts.ts';
import { startGathering } from './gathering.ts';
import { CONFIG_QUERY } from './queries/config-queries.ts';

interface LoadedConfig extends ConfigTexts {
  /** False where there is no such repository, or it may not be seen. */
  readonly isThere: boolean;
  readonly defaultBranch: string | null;
  readonly gaps: readonly Gap[];
}

interface Answer extends ConfigAnswer {
  readonly repository:
    | (NonNullable<ConfigAnswer['repository']> & { readonly defaultBranchRef: { readonly name: string } | null })
    | null;
}

/** The configuration texts that hold for a repository. A repository that cannot be seen has none. */
export async function loadConfig(client: GitHubClient, repository: RepositoryRef): Promise<LoadedConfig> {
  const gathering = startGathering(client);
  const { owner, repo } = repository;
  const tried = `read the configuration of ${owner}/${repo}`;
  const reply = await client.graphql<Answer>(CONFIG_QUERY, { owner, repo }, { tried });
  gathering.unread.note(reply);
  const texts = await readConfigTexts(gathering, reply.data, repository);
  const defaultBranch = reply.data.repository?.defaultBranchRef?.name ?? null;
  return { ...texts, isThere: reply.data.repository !== null, defaultBranch, gaps: gathering.gaps };
}
