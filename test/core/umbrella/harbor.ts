import { type Config, parseConfig } from '../../../src/core/config.ts';
import { known } from '../../../src/core/reading.ts';
import type { ChecksFacts, ReviewFacts } from '../../../src/core/task/facts.ts';
import type { UmbrellaSnapshot } from '../../../src/core/umbrella/snapshot.ts';
import {
  blockerFacts,
  closedBy,
  pullRequestFacts,
  ref,
  shaOf,
  snapshot,
  taskFacts,
  umbrellaOf,
} from '../build-facts.ts';

export const HARBOR_CONFIG: Config = parseConfig({
  text: 'tasks: { artifacts: [{ field: Evidence, from: implemented, is: url }], states: { "on hold": blocked } }',
  ownerText: null,
}).config;

const approval = (author: string, submittedAt: string): ReviewFacts => ({
  author,
  state: 'approved',
  submittedAt,
  commitSha: null,
  url: 'https://github.com/octo/harbor/pull/1#pullrequestreview-1',
});

export const GREEN: ChecksFacts = { state: 'success', total: 2, unfinished: [] };
export const RED: ChecksFacts = {
  state: 'failure',
  total: 2,
  unfinished: [{ name: 'unit', outcome: 'failure', url: null }],
};

const evidence = '### Evidence\n\nhttps://ci.example/run/7';

/** One umbrella with a child in every state, two lanes, a nested umbrella, another repository and a private child. */
export function harborSnapshot(): UmbrellaSnapshot {
  const leaves = [
    taskFacts({ number: 31, title: 'Draw the icons', closedAt: '2026-05-04T09:00:00Z' }),
    taskFacts({ number: 32, title: 'Animate the crane' }),
  ];
  const children = [
    taskFacts({
      number: 10,
      title: 'P1.M1.T1: Read ship manifests',
      body: evidence,
      labels: ['lane:api'],
      closedAt: '2026-05-05T09:00:00Z',
      ...closedBy(41),
    }),
    taskFacts({ number: 11, title: 'P1.M1.T2: Reject broken manifests', labels: ['lane:api'], ...closedBy(42) }),
    taskFacts({ number: 12, title: 'P1.M1.T3: Berth plan', body: evidence, labels: ['lane:api'], ...closedBy(43) }),
    taskFacts({ number: 13, title: 'P1.M1.T4: Crane schedule', labels: ['lane:api', 'lane:docs'], ...closedBy(44) }),
    taskFacts({
      number: 14,
      title: 'P1.M1.T5: Publish tide tables',
      labels: ['lane:docs'],
      blockers: known([blockerFacts(13, { title: 'Crane schedule', assignees: ['ravi'] })]),
    }),
    taskFacts({ number: 15, title: 'Write the handbook', labels: ['lane:docs'], ...closedBy(45) }),
    taskFacts({ number: 16, title: 'Name the tugs', labels: ['on hold'] }),
    taskFacts({ number: 17, title: 'Sell tickets', closedAt: '2026-05-06T09:00:00Z', stateReason: 'not_planned' }),
    taskFacts({ number: 18, title: 'Night lights', closedAt: '2026-05-07T09:00:00Z', ...closedBy(46) }),
    taskFacts({ number: 30, title: 'Map view', children: known(leaves.map((leaf) => leaf.ref)) }),
    taskFacts({
      ref: ref(5, 'octo/quay'),
      title: 'Quay side sensors',
      assignees: ['tomas'],
      assignedAt: '2026-05-08T09:00:00Z',
    }),
    taskFacts({ ref: ref(6, 'octo/vault'), title: 'Secret harbour dues', visibility: 'private', assignees: ['sasha'] }),
  ];
  const pulls = [
    pullRequestFacts({ number: 41, mergedAt: '2026-05-04T15:00:00Z' }),
    pullRequestFacts({
      number: 42,
      readyAt: '2026-05-05T09:00:00Z',
      reviewRequests: known(['lena']),
      checks: known(RED),
    }),
    pullRequestFacts({
      number: 43,
      reviewDecision: 'approved',
      reviews: known([approval('lena', '2026-05-09T09:00:00Z')]),
      checks: known(GREEN),
    }),
    pullRequestFacts({ number: 44, body: 'Evidence: https://ci.example/8', mergedAt: '2026-05-08T09:00:00Z' }),
    pullRequestFacts({ number: 45, isDraft: true, author: 'noor' }),
    pullRequestFacts({ number: 46, mergedAt: '2026-05-07T09:00:00Z' }),
    pullRequestFacts({
      number: 47,
      body: 'Reverts octo/harbor#46',
      mergedAt: '2026-05-09T12:00:00Z',
      mergeCommitSha: shaOf(47),
    }),
  ];
  return snapshot([umbrellaOf(children), ...children, ...leaves], pulls);
}
