import { expect, it } from 'vitest';
import { artifacts } from '../../../../src/core/readiness/criteria/artifacts.ts';
import { unknown } from '../../../../src/core/reading.ts';
import { closedBy, pullRequestFacts, ref, taskFacts } from '../../build-facts.ts';
import { configured, viewOf, world } from '../build-world.ts';

const AT = '2026-05-04T09:00:00Z';
const CONFIG = configured('tasks: { artifacts: [{ field: Evidence, from: implemented, is: url }] }');
const done = { closedAt: AT, ...closedBy(41) };

it('asks each task for the fields that its state needs', () => {
  const facts = world({
    tasks: [
      taskFacts({ number: 2, ...done, body: 'Evidence: https://ci.example/1' }),
      taskFacts({ number: 3, ...done, assignees: ['kim'] }),
      taskFacts({ number: 4, ...done, body: 'Evidence: soon' }),
      taskFacts({ number: 5 }),
    ],
    pullRequests: [pullRequestFacts({ mergedAt: AT })],
  });
  const { findings, ...judged } = artifacts.judge(viewOf(facts, CONFIG));
  expect(judged).toEqual({
    applies: true,
    measured: { text: '2 of 4 tasks', ratio: { num: 2, den: 4, value: 0.5 } },
    threshold: 'Evidence from the state on in which each is asked for',
    reason: '1 invalid artifact, 1 missing artifact',
  });
  expect(findings[0]).toEqual({
    kind: 'missing_artifact',
    part: 'Evidence',
    effect: 'fails',
    item: { ref: 'octo/harbor#3', kind: 'task', title: 'Task 3', url: 'https://github.com/octo/harbor/issues/3' },
    names: [ref(41)],
    lane: null,
    since: AT,
    why: 'it has no Evidence',
    actor: { name: 'kim', kind: 'person' },
    action: { text: 'add Evidence to octo/harbor#3', command: null, url: 'https://github.com/octo/harbor/issues/3' },
    evidence: [{ text: 'it has no Evidence', url: 'https://github.com/octo/harbor/issues/3' }],
  });
  expect(findings.slice(1).map(({ kind, item, why }) => [kind, item?.ref, why])).toEqual([
    ['invalid_artifact', 'octo/harbor#4', 'its Evidence is not what is asked for'],
  ]);
});

it('does not pass a field that may stand in a pull request which could not be read', () => {
  const gap = { cause: 'forbidden', what: 'pull requests of octo/harbor#2' } as const;
  const facts = world({ tasks: [taskFacts({ number: 2, closedAt: AT, closingPullRequests: unknown(gap) })] });
  const { findings } = artifacts.judge(viewOf(facts, CONFIG));
  expect(findings.map(({ kind, effect, why }) => [kind, effect, why])).toEqual([
    ['unread_artifact', 'unknown', 'could not read Evidence of octo/harbor#2'],
  ]);
});

it('applies only where fields are configured', () => {
  const facts = world({ tasks: [taskFacts({ number: 2 })] });
  expect(artifacts.judge(viewOf(facts))).toMatchObject({ applies: false, reason: 'no artifact field is configured' });
});
