const PATH = '.github/parasol.yml';

/** The configuration on the default branch: no list, so nothing is added to a call's points. */
export const CONFIG_FILE = `object(expression: "HEAD:${PATH}") { __typename ... on Blob { text } }`;

/** Configuration texts alone: 1 point. */
export const CONFIG_QUERY = `query Config($owner: String!, $repo: String!) {
  rateLimit { cost }
  repository(owner: $owner, name: $repo) { ${CONFIG_FILE} defaultBranchRef { name } }
  ownerDefaults: repository(owner: $owner, name: ".github") { ${CONFIG_FILE} }
}`;

const VERSION = `oid committedDate url file(path: "${PATH}") { object { __typename ... on Blob { text } } }`;

/** The last 20 versions of the configuration on the default branch, newest first: 1 point. */
export const CONFIG_HISTORY_QUERY = `query ConfigHistory($owner: String!, $repo: String!) {
  rateLimit { cost }
  repository(owner: $owner, name: $repo) {
    defaultBranchRef { target { ... on Commit { history(first: 20, path: "${PATH}") { nodes { ${VERSION} } } } } }
  }
}`;
