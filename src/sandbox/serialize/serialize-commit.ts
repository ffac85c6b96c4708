import { gitPerson } from '../git-person.ts';
import type { CommitRecord, RepositoryRecord, World } from '../world.ts';
import { serializeUser } from './serialize-user.ts';
import { repositoryUrls } from './urls.ts';

/** A commit as the commits API shows it. */
export function serializeCommit(world: World, repository: RepositoryRecord, commit: CommitRecord, baseUrl: string) {
  const { html, api } = repositoryUrls(repository, baseUrl);
  const url = `${api}/commits/${commit.sha}`;
  const signature = { ...gitPerson(world, commit.author), date: commit.committedAt };
  return {
    sha: commit.sha,
    node_id: commit.nodeId,
    commit: {
      author: signature,
      committer: signature,
      message: commit.message,
      tree: { sha: commit.tree, url: `${api}/git/trees/${commit.tree}` },
      url: `${api}/git/commits/${commit.sha}`,
      comment_count: 0,
      verification: { verified: false, reason: 'unsigned', signature: null, payload: null, verified_at: null },
    },
    url,
    html_url: `${html}/commit/${commit.sha}`,
    comments_url: `${url}/comments`,
    author: serializeUser(world, commit.author, baseUrl),
    committer: serializeUser(world, commit.author, baseUrl),
    parents: commit.parents.map((sha) => ({ sha, url: `${api}/commits/${sha}`, html_url: `${html}/commit/${sha}` })),
  };
}

/** The short form that check suites carry as `head_commit`. */
export function serializeHeadCommit(world: World, commit: CommitRecord) {
  const person = gitPerson(world, commit.author);
  return {
    id: commit.sha,
    tree_id: commit.tree,
    message: commit.message,
    timestamp: commit.committedAt,
    author: person,
    committer: person,
  };
}
