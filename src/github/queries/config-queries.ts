import { selectList } from './connections.ts';

const PATH = '.github/parasol.yml';

/** The configuration on the default branch: no list, so nothing is added to a call's points. */
export const CONFIG_FILE = `object(expression: "HEAD:${PATH}") { __typename ... on Blob { text isBinary } }`;

/** Configuration texts alone: 1 point. */
export const CONFIG_QUERY = `query Config($owner: String!, $repo: String!) {
  rateLimit { cost }
  repository(owner: $owner, name: $repo) { ${CONFIG_FILE} defaultBranchRef { name } }
  ownerDefaults: repository(owner: $owner, name: ".github") { ${CONFIG_FILE} }
}`;

const VERSION = `oid committedDate url file(path: "${PATH}") { object { __typename ... on Blob { text isBinary } } }`;

const MERGES = `associatedPullRequests(first: 10) { nodes { mergedAt baseRefName mergeCommit { ${VERSION} } } }`;

/**
 * The last 20 commits that changed the configuration, newest first, with the merges that brought them: 1 point. GitHub
 * follows the side of a merge that the file came from, so a commit may be one that the default branch never ended in.
 */
export const CONFIG_HISTORY_QUERY = `query ConfigHistory($owner: String!, $repo: String!) {
  rateLimit { cost }
  repository(owner: $owner, name: $repo) {
    defaultBranchRef {
      name
      target { ... on Commit { history(first: 20, path: "${PATH}") { nodes { ${VERSION} ${MERGES} } } } }
    }
  }
}`;

const HEAD_FILE = `oid file(path: "${PATH}") { oid object { __typename ... on Blob { text isBinary } } }`;

const CHANGED_FILES = 'nodes { path } pageInfo { hasNextPage endCursor }';

/**
 * One pull request's configuration beside the one in force: 1 point. The head is its last commit, which GitHub keeps in
 * the base repository also for forks; `headRef` would lead into the fork, where the App may not read.
 */
export const CONFIG_CHANGE_QUERY = `query ConfigChange($owner: String!, $repo: String!, $number: Int!) {
  rateLimit { cost }
  repository(owner: $owner, name: $repo) {
    ${CONFIG_FILE}
    pullRequest(number: $number) {
      url state headRefOid author { __typename login }
      baseRef { target { ... on Commit { oid file(path: "${PATH}") { oid } } } }
      commits(last: 1) { nodes { commit { ${HEAD_FILE} } } }
      files(first: 100) { ${CHANGED_FILES} }
      ${selectList('comments')}
    }
  }
  ownerDefaults: repository(owner: $owner, name: ".github") { ${CONFIG_FILE} }
}`;

/** Further pages of a pull request's files: 1 point. */
export const CHANGED_FILES_QUERY = `query ChangedFiles($owner: String!, $repo: String!, $number: Int!, $after: String) {
  rateLimit { cost }
  repository(owner: $owner, name: $repo) {
    pullRequest(number: $number) { files(first: 100, after: $after) { ${CHANGED_FILES} } }
  }
}`;
