import { UserError } from '../core/failure.ts';
import type { RepositoryRef } from '../core/task/identity.ts';
import type { GitHubClient } from './client.ts';
import { demandAnswer } from './demand-answer.ts';
import { filesQuery } from './queries/scaffold-queries.ts';
import { type BlobNode, textOfBlob } from './text-of-blob.ts';

/** Far below GitHub's limit on what one call may take. */
const MAX_FILES = 100;

/**
 * Texts of the default branch by path, in one call; null for those that are not there. Takes at most 100 files of 64 KB:
 * more fail with `config_invalid`.
 */
export async function loadFiles(
  client: GitHubClient,
  repository: RepositoryRef,
  paths: readonly string[],
): Promise<ReadonlyMap<string, string | null>> {
  if (paths.length === 0) return new Map();
  const name = `${repository.owner}/${repository.repo}`;
  if (paths.length > MAX_FILES) {
    const message = `The templates of ${name} name ${paths.length} files; ${MAX_FILES} can be read.`;
    throw new UserError('config_invalid', message, 'Let several tasks share a file.');
  }
  const tried = `read ${paths.length} files of ${name}`;
  const variables = Object.fromEntries(paths.map((path, n) => [`path${n}`, `HEAD:${path}`]));
  const reply = await client.graphql<{ readonly repository: Readonly<Record<string, BlobNode | null>> | null }>(
    filesQuery(paths.length),
    { ...repository, ...variables },
    { tried },
  );
  demandAnswer(reply, tried);
  if (reply.data.repository === null || reply.problems.some(({ type }) => type === 'FORBIDDEN')) {
    const message = `GitHub does not let this token read files of ${name}.`;
    throw new UserError('forbidden', message, 'It needs the permission contents: read.');
  }
  const { repository: files } = reply.data;
  return new Map(paths.map((path, n) => [path, textOfBlob(files[`file${n}`], path)]));
}
