import { expect, test } from 'vitest';
import { presentOnBase } from '../../../../src/core/readiness/criteria/present-on-base.ts';
import type { Presence } from '../../../../src/core/readiness/presence/presence.ts';
import { known } from '../../../../src/core/reading.ts';
import { refKey } from '../../../../src/core/task/identity.ts';
import { pullRequestFacts, ref, shaOf } from '../../build-facts.ts';
import { viewOf, world } from '../build-world.ts';

const by = { sha: shaOf(901), subject: 'Revert "Lower the crane"', at: '2026-05-08T09:00:00Z', number: 51 };
const present: Presence = { state: 'present', how: 'ancestor' };
const reverted: Presence = { state: 'reverted', by };
const missing: Presence = { state: 'missing' };

function wordsOf(...presences: readonly Presence[]) {
  const pullRequests = presences.map((_, index) =>
    pullRequestFacts({ number: 41 + index, mergedAt: '2026-05-07T09:00:00Z' }),
  );
  const read = new Map(presences.map((presence, index) => [refKey(ref(41 + index)), presence]));
  const { measured, reason } = presentOnBase.judge(viewOf(world({ pullRequests, presences: known(read) })));
  return [measured?.text, reason];
}

test('the words account for everything that is counted, reverts on purpose among it', () => {
  expect([
    wordsOf(present, present),
    wordsOf(present, present, reverted),
    wordsOf(reverted, reverted),
    wordsOf(present, missing, reverted),
    wordsOf(present, missing),
  ]).toEqual([
    ['2 of 2 merged', 'nothing that was merged is missing'],
    ['2 of 3 merged', '1 was reverted on purpose, nothing else is missing'],
    ['0 of 2 merged', '2 were reverted on purpose, nothing else is missing'],
    ['1 of 3 merged', '1 not on base; 1 was reverted on purpose'],
    ['1 of 2 merged', '1 not on base'],
  ]);
});
