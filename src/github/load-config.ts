import type { Gap } from '../core/reading.ts';
import type { RepositoryRef } from '../core/task/identity.ts';
import type { GitHubClient } from './client.ts';
import { type ConfigAnswer, readConfigTexts } from './config-texts.ts';
import { startGathering } from './gathering.ts';
import { CONFIG_QUERY } from './queries/umbrella-query.ts';

interface ConfigTexts {
  /** `.github/parasol.yml` on the default branch; null when there is none. */
  readonly configText: string | null;
  readonly ownerConfigText: string | null;
  readonly defaultBranch: string | null;
  readonly gaps: readonly Gap[];
}

interface Answer extends ConfigAnswer {
  readonly repository:
    | (NonNullable<ConfigAnswer['repository']> & { readonly defaultBranchRef: { readonly name: string } | null })
    | null;
}

/** The configuration texts that hold for a repository. A repository that cannot be seen has none. */
export async function loadConfig(client: GitHubClient, repository: RepositoryRef): Promise<ConfigTexts> {
  const gathering = startGathering(client);
  const { owner, repo } = repository;
  const tried = `read the configuration of ${owner}/${repo}`;
  const reply = await client.graphql<Answer>(CONFIG_QUERY, { owner, repo }, { tried });
  gathering.unread.note(reply);
  const { text, ownerText } = readConfigTexts(gathering, reply.data, repository);
  const defaultBranch = reply.data.repository?.defaultBranchRef?.name ?? null;
  return { configText: text, ownerConfigText: ownerText, defaultBranch, gaps: gathering.gaps };
}
