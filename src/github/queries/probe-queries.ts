/** One thing that Parasol reads, asked in the smallest way that still needs the permission. */
export interface ProbeQuery {
  readonly feature: string;
  readonly permission: string;
  readonly unlocks: string;
  readonly query: string;
  /** What was found, in a few words. */
  readonly describe: (answer: unknown) => string;
}

function probe(feature: string, selection: string, rest: Omit<ProbeQuery, 'feature' | 'query'>): ProbeQuery {
  const name = feature.replace(/[^a-z]+(.)/g, (_, letter: string) => letter.toUpperCase());
  const query = `query Probe${name[0]?.toUpperCase()}${name.slice(1)}($owner: String!, $repo: String!) {
  rateLimit { cost }
  repository(owner: $owner, name: $repo) { ${selection} }
}`;
  return { feature, query, ...rest };
}

/** In the order in which `parasol doctor` shows them. */
export const PROBE_QUERIES: readonly ProbeQuery[] = [
  probe('issues', 'issues(last: 1) { totalCount nodes { id timelineItems(last: 1) { totalCount } } }', {
    permission: 'issues: read',
    unlocks: 'tasks, labels, comments: without it there is no rollup',
    describe: (answer) => `${countAt(answer, 'issues')} issues`,
  }),
  probe('sub-issues', 'issues(last: 1) { totalCount nodes { subIssues(first: 1) { totalCount } parent { id } } }', {
    permission: 'issues: read',
    unlocks: 'umbrellas and their children',
    describe: (answer) => (countAt(answer, 'issues') === '0' ? 'no issue to try it on' : 'readable'),
  }),
  probe(
    'dependencies',
    'issues(last: 1) { totalCount nodes { blockedBy(first: 1) { totalCount } blocking(first: 1) { totalCount } } }',
    {
      permission: 'issues: read',
      unlocks: 'blockers and what they hold up',
      describe: (answer) => (countAt(answer, 'issues') === '0' ? 'no issue to try it on' : 'readable'),
    },
  ),
  probe('pull requests', 'pullRequests(last: 1) { totalCount nodes { id reviewRequests(first: 1) { totalCount } } }', {
    permission: 'pull_requests: read',
    unlocks: 'progress by pull request, reviews, who owes the next step',
    describe: (answer) => `${countAt(answer, 'pullRequests')} pull requests`,
  }),
  probe('contents', 'object(expression: "HEAD:.github/parasol.yml") { __typename } defaultBranchRef { name }', {
    permission: 'contents: read',
    unlocks: '.github/parasol.yml, commit messages, reverts, linked branches',
    describe: (answer) =>
      valueAt(valueAt(answer, 'repository'), 'object') == null
        ? 'no .github/parasol.yml yet'
        : '.github/parasol.yml found',
  }),
];

/** Of use only where checks are posted that a merge queue may require. */
export const MERGE_QUEUE_PROBE = probe('merge queue', 'mergeQueue { id }', {
  permission: 'merge_queues: read',
  unlocks:
    'the checks parasol/risk and parasol/readiness where a merge queue requires them; to post them takes checks: write',
  describe: (answer) =>
    valueAt(valueAt(answer, 'repository'), 'mergeQueue') == null
      ? 'none on the default branch'
      : 'one on the default branch',
});

function countAt(answer: unknown, field: string): string {
  return String(valueAt(valueAt(valueAt(answer, 'repository'), field), 'totalCount') ?? 'no');
}

function valueAt(holder: unknown, field: string): unknown {
  return typeof holder === 'object' && holder !== null ? Reflect.get(holder, field) : undefined;
}
