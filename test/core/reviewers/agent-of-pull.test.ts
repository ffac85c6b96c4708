import { expect, test } from 'vitest';
import { DEFAULT_CONFIG } from '../../../src/core/config.ts';
import { agentOfPull } from '../../../src/core/reviewers/agent-of-pull.ts';
import type { PullReviews } from '../../../src/core/reviewers/pull-reviews.ts';
import { commit, pull } from './build-pull-reviews.ts';

const { agents } = DEFAULT_CONFIG.reviewers;

const CASES: readonly [title: string, of: Partial<PullReviews>, agent: string | null][] = [
  ['nothing that names an agent: a person wrote it', {}, null],
  ['a line in its text', { body: 'Does it.\r\n\r\nAgent: ada\r\n' }, 'ada'],
  ['the words Agent: inside a sentence', { body: 'The Agent: a novel.' }, null],
  [
    'a trailer of a commit, the last one',
    { commits: [commit({ message: 'One\n\nAgent: ada' }), commit({ message: 'Two\n\nAgent-Id: bea' })] },
    'bea',
  ],
  ['a label, what stands for the star', { labels: ['bug', 'agent:cid'] }, 'cid'],
  ['its text before its label', { body: 'agent: ada', labels: ['agent:cid'] }, 'ada'],
  ['a bot', { author: 'helper', isBot: true }, 'helper'],
];

test.each(CASES)('%s', (_, of, agent) => {
  expect(agentOfPull(pull(1, of), agents)).toBe(agent);
});

test('an account of agents is one, in any case, and a label without a star is the name', () => {
  const rules = { logins: ['Robo-*'], labels: ['by-machine'], trailers: [] };
  expect([
    agentOfPull(pull(1, { author: 'robo-7', body: 'Agent: ada' }), rules),
    agentOfPull(pull(1, { labels: ['by-machine'] }), rules),
  ]).toEqual(['robo-7', 'by-machine']);
});
