import type { CommitRecord, RepositoryRecord, World } from '../world.ts';
import { serializeUser } from './serialize-user.ts';
import { repositoryUrls } from './urls.ts';

/** A commit as the commits API shows it. */
export function serializeCommit(world: World, repository: RepositoryRecord, commit: CommitRecord, baseUrl: string) {
  const { html, api } = repositoryUrls(repository, baseUrl);
  const url = `${api}/commits/${commit.sha}`;
  const signature = { ...gitPerson(world, commit.author), date: commit.committedAt };
  const treeSha = treeOf(commit);
  return {
    sha: commit.sha,
    node_id: commit.nodeId,
    commit: {
      author: signature,
      committer: signature,
      message: commit.message,
      tree: { sha: treeSha, url: `${api}/git/trees/${treeSha}` },
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
    tree_id: treeOf(commit),
    message: commit.message,
    timestamp: commit.committedAt,
    author: person,
    committer: person,
  };
}

/** Name and address as they stand in a commit. */
export function gitPerson(world: World, login: string) {
  const account = world.accounts.get(login.toLowerCase());
  return { name: account?.name ?? login, email: `${login.replace('[bot]', '')}@users.noreply.github.com` };
}

/** The sandbox keeps no trees: any other hash that belongs to the commit will do. */
export function treeOf(commit: CommitRecord): string {
  return [...commit.sha].reverse().join('');
}
