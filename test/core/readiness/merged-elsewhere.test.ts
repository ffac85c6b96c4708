import { expect, it, test } from 'vitest';
import { integrationOutcomes } from '../../../src/core/readiness/criteria/integration-outcomes.ts';
import { askedOfBase } from '../../../src/core/readiness/merged-elsewhere.ts';
import { known, unknown } from '../../../src/core/reading.ts';
import type { PullRequestFacts } from '../../../src/core/task/facts.ts';
import { refKey } from '../../../src/core/task/identity.ts';
import { closedBy, pullRequestFacts, ref, shaOf, taskFacts } from '../build-facts.ts';
import { baseCommit, viewOf, world } from './build-world.ts';

const AT = '2026-05-04T09:00:00Z';
const LATER = '2026-05-05T09:00:00Z';
const INTO_DEV = pullRequestFacts({ mergedAt: AT, baseRefName: 'dev', isDefaultBase: false });
const ofDev = (input: Partial<PullRequestFacts>) => pullRequestFacts({ number: 50, headRefName: 'dev', ...input });
const TASK = taskFacts({ number: 2, ...closedBy(41) });

type World = NonNullable<Parameters<typeof world>[0]>;

/** The base holds the commits of none of them, unless the world says otherwise. */
function judge({ onBase, ...input }: World) {
  const all = [...(input.pullRequests ?? []), ...(input.outside ?? [])];
  const held = onBase ?? new Map(all.map((one) => [refKey(one.ref), known(false)]));
  return integrationOutcomes.judge(viewOf(world({ ...input, onBase: held })));
}

it('fails what was merged into a branch of which nothing tells that it reached the base', () => {
  expect(judge({ tasks: [TASK], pullRequests: [INTO_DEV] })).toMatchObject({
    measured: { text: '0 of 1 pull requests are merged and still in' },
    reason: '1 merged elsewhere',
    findings: [
      {
        kind: 'merged_elsewhere',
        effect: 'fails',
        item: { ref: 'octo/harbor#41' },
        names: [ref(41)],
        since: AT,
        why: 'it was merged into dev, and nothing tells that dev has reached main',
        actor: { name: 'ravi' },
        action: { text: 'merge dev into main by a pull request' },
        evidence: [{ text: 'merged into dev', url: INTO_DEV.url }],
      },
    ],
  });
});

const staging = ofDev({ mergedAt: LATER, baseRefName: 'staging', isDefaultBase: false });
const release = { ...INTO_DEV, baseRefName: 'release/3.0' };
const both = taskFacts({ number: 2, ...closedBy(41, 42) });
const intoMain = pullRequestFacts({ number: 42, mergedAt: AT });
const revert = pullRequestFacts({ number: 60, mergedAt: '2026-05-06T09:00:00Z', body: 'Reverts #50' });

const rows: readonly [title: string, isElsewhere: boolean, World][] = [
  ['the branch is the base of the scope', false, { pullRequests: [INTO_DEV], scope: { baseBranch: 'dev' } }],
  ['its branch is in an open pull request', true, { pullRequests: [INTO_DEV], outside: [ofDev({})] }],
  ['its branch was merged later', false, { pullRequests: [INTO_DEV], outside: [ofDev({ mergedAt: LATER })] }],
  [
    'its branch was merged before',
    true,
    { pullRequests: [INTO_DEV], outside: [ofDev({ mergedAt: '2026-05-03T09:00:00Z' })] },
  ],
  [
    'the merge of its branch was reverted',
    true,
    { pullRequests: [INTO_DEV], outside: [ofDev({ mergedAt: LATER }), revert] },
  ],
  ['its branch was merged into a third', true, { pullRequests: [INTO_DEV], outside: [staging] }],
  [
    'its branch was merged into a third, and that into the base',
    false,
    {
      pullRequests: [INTO_DEV],
      outside: [staging, pullRequestFacts({ number: 51, headRefName: 'staging', mergedAt: '2026-05-06T09:00:00Z' })],
    },
  ],
  [
    'two branches were merged into each other',
    true,
    {
      pullRequests: [INTO_DEV],
      outside: [staging, pullRequestFacts({ number: 51, headRefName: 'staging', baseRefName: 'dev', mergedAt: LATER })],
    },
  ],
  [
    'its commit is on the base',
    false,
    {
      pullRequests: [{ ...INTO_DEV, mergeCommitSha: shaOf(77) }],
      baseCommits: known([baseCommit(), baseCommit({ sha: shaOf(77) })]),
    },
  ],
  ['a release branch has it beside the base', false, { tasks: [both], pullRequests: [release, intoMain] }],
  ['only a release branch has it', true, { tasks: [TASK], pullRequests: [release] }],
  ['another branch has it beside the base', true, { tasks: [both], pullRequests: [INTO_DEV, intoMain] }],
  [
    'the main branch has it beside the release branch of the scope',
    false,
    { tasks: [both], pullRequests: [release, intoMain], scope: { baseBranch: 'release/3.0' } },
  ],
  [
    'its task was dropped',
    false,
    { tasks: [{ ...TASK, state: 'closed', stateReason: 'not_planned', closedAt: AT }], pullRequests: [INTO_DEV] },
  ],
  [
    'the history of the base holds its commit',
    false,
    { pullRequests: [INTO_DEV], onBase: new Map([['octo/harbor#41', known(true)]]) },
  ],
  [
    'the history of the base holds what its branch was merged by',
    false,
    {
      pullRequests: [INTO_DEV],
      outside: [staging],
      onBase: new Map([
        ['octo/harbor#41', known(false)],
        ['octo/harbor#50', known(true)],
      ]),
    },
  ],
  [
    'the history of the base holds its commit, and the merge of its branch was reverted there',
    true,
    {
      pullRequests: [INTO_DEV],
      outside: [ofDev({ mergedAt: LATER }), revert],
      onBase: new Map([['octo/harbor#41', known(true)]]),
    },
  ],
  [
    'it is of another repository',
    false,
    { pullRequests: [INTO_DEV], scope: { repository: { owner: 'octo', repo: 'quay' } } },
  ],
];

for (const [title, isElsewhere, input] of rows) {
  it(`${isElsewhere ? 'fails' : 'passes'} where ${title}`, () => {
    const kinds = judge(input).findings.map(({ kind }) => kind);
    expect(kinds).toEqual(isElsewhere ? ['merged_elsewhere'] : []);
  });
}

it('names what brought it to the base and was reverted there, rather than its branch', () => {
  const { findings } = judge({ pullRequests: [INTO_DEV], outside: [ofDev({ mergedAt: LATER }), revert] });
  expect(findings).toMatchObject([
    {
      names: [ref(41), ref(50)],
      why: 'it came to main with octo/harbor#50, which was reverted',
      action: { text: 'bring octo/harbor#50 back, or octo/harbor#41 by a pull request of its own' },
      evidence: [{ text: 'merged into dev' }, { text: 'octo/harbor#60: Reverts #50', url: revert.url }],
    },
  ]);
});

const UNREAD = { cause: 'forbidden', what: 'whether main has octo/harbor#41', permission: 'contents: read' } as const;
const [revertOfIt, itsRevert] = ['Reverts #41', 'Reverts #42'].map((body, place) => {
  const into = { number: 42 + place, baseRefName: 'dev', isDefaultBase: false, body };
  return pullRequestFacts({ ...into, mergedAt: `2026-05-0${5 + place}T09:00:00Z` });
});
const isThere = new Map([['octo/harbor#41', known(true)]]);
const notRead = unknown(UNREAD);

test.each<readonly [string, World, string]>([
  ['nobody asked', { onBase: new Map() }, 'could not read whether main has octo/harbor#41'],
  [
    'nobody may look',
    { onBase: new Map([['octo/harbor#41', notRead]]) },
    'could not read whether main has octo/harbor#41: needs contents: read',
  ],
  [
    'the commits of the base could not be read',
    { onBase: new Map(), baseCommits: unknown({ cause: 'unavailable', what: 'commits of main' }) },
    'could not read commits of main',
  ],
  [
    'it was reverted and brought back on its own branch, maybe after the base had it',
    { onBase: isThere, outside: [revertOfIt, itsRevert].flatMap((one) => one ?? []) },
    'could not read whether main has octo/harbor#41 since it was reverted on dev and brought back',
  ],
])('knows nothing where %s', (_, input, why) => {
  const { measured, findings } = judge({ pullRequests: [INTO_DEV], ...input });
  expect(measured?.text).toBe('0 of 1 pull requests are merged and still in');
  expect(findings).toMatchObject([{ kind: 'unread_base', effect: 'unknown', item: { ref: 'octo/harbor#41' }, why }]);
});

test('asks of the base only for what nothing else settles', () => {
  const asked = (input: World) => askedOfBase(viewOf(world(input))).map((one) => one.ref.number);
  expect(asked({ pullRequests: [INTO_DEV] })).toEqual([41]);
  expect(asked({ pullRequests: [INTO_DEV], outside: [staging] })).toEqual([41, 50]);
  expect(asked({ pullRequests: [INTO_DEV], outside: [ofDev({ mergedAt: LATER })] })).toEqual([]);
  expect(asked({ pullRequests: [INTO_DEV], outside: [ofDev({ mergedAt: LATER }), revert] })).toEqual([]);
  expect(asked({ pullRequests: [intoMain] })).toEqual([]);
});
