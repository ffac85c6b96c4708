import { findRepository } from '../find-record.ts';
import { gitPerson } from '../git-person.ts';
import { serializeRepository } from '../serialize/serialize-repository.ts';
import { serializeUser } from '../serialize/serialize-user.ts';
import { repositoryUrls } from '../serialize/urls.ts';
import type { CommitRecord, FileRecord, PushDetails, RepositoryRecord, World } from '../world.ts';
import type { JsonObject } from './json.ts';
import type { PayloadContext } from './payload-context.ts';

/** What `push` says. The sandbox knows the files of a push, not of each commit: the last one carries them all. */
export function buildPushFields({ world, event, baseUrl }: PayloadContext): JsonObject {
  const repository = findRepository(world, event.repository);
  const push = event.details.push;
  if (repository === null || push === undefined) return {};
  const commits = push.commits.flatMap((sha) => findCommit(world, repository, sha) ?? []);
  const shown = commits.map((commit) =>
    pushedCommit(world, repository, { commit, files: commit.sha === push.after ? push.files : [], baseUrl }),
  );
  return {
    ref: push.ref,
    before: push.before,
    after: push.after,
    pusher: gitPerson(world, event.sender),
    created: NO_COMMIT.test(push.before),
    deleted: NO_COMMIT.test(push.after),
    forced: push.forced ?? false,
    base_ref: null,
    compare: compareUrl(repository, push, baseUrl),
    commits: shown,
    head_commit: shown.at(-1) ?? null,
  };
}

const NO_COMMIT = /^0+$/;

/** In `push` deliveries a repository's times are seconds since 1970, and its owner carries a name. */
export function serializePushedRepository(world: World, repository: RepositoryRecord, baseUrl: string) {
  const shown = serializeRepository(world, repository, baseUrl);
  const seconds = (time: string) => Math.floor(Date.parse(time) / 1000);
  return {
    ...shown,
    owner: { ...serializeUser(world, repository.owner, baseUrl), ...gitPerson(world, repository.owner) },
    created_at: seconds(shown.created_at),
    pushed_at: seconds(shown.pushed_at),
    stargazers: 0,
    master_branch: repository.defaultBranch,
  };
}

/** Commits of a fork's branch are kept with the repository that the pull request goes to. */
function findCommit(world: World, repository: RepositoryRecord, sha: string): CommitRecord | undefined {
  const source = repository.forkOf == null ? null : findRepository(world, repository.forkOf);
  return repository.commits.get(sha) ?? source?.commits.get(sha);
}

function pushedCommit(
  world: World,
  repository: RepositoryRecord,
  input: { readonly commit: CommitRecord; readonly files: readonly FileRecord[]; readonly baseUrl: string },
) {
  const { commit, files } = input;
  const person = { ...gitPerson(world, commit.author), username: commit.author };
  const paths = (status: FileRecord['status'][]) =>
    files.filter((file) => status.includes(file.status)).map(({ path }) => path);
  return {
    id: commit.sha,
    tree_id: commit.tree,
    distinct: true,
    message: commit.message,
    timestamp: commit.committedAt,
    url: `${repositoryUrls(repository, input.baseUrl).html}/commit/${commit.sha}`,
    author: person,
    committer: person,
    added: paths(['added']),
    removed: paths(['removed']),
    modified: paths(['modified', 'renamed']),
  };
}

function compareUrl(repository: RepositoryRecord, push: PushDetails, baseUrl: string): string {
  const { html } = repositoryUrls(repository, baseUrl);
  return `${html}/compare/${push.before.slice(0, 12)}...${push.after.slice(0, 12)}`;
}
