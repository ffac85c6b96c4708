import { expect, test } from 'vitest';
import { ref } from '../../build-facts.ts';
import { backfillOf, backfillTask, proposalsOf, umbrella } from './backfill-task.ts';

/** Tasks bd-a.1 to bd-a.`count` of #1, of which all but `moved` are recorded there and the others under #2; one is open. */
const idsOf = (count: number, moved: number) => [
  backfillTask(1, { plannedId: 'bd-a' }),
  umbrella(2),
  ...Array.from({ length: count }, (_, i) =>
    backfillTask(i + 10, { plannedId: `bd-a.${i + 1}`, parent: ref(i < moved ? 2 : 1) }),
  ),
  backfillTask(9, { plannedId: 'bd-a.99' }),
];

const ofNine = (count: number, moved: number) => proposalsOf(backfillOf(...idsOf(count, moved)));

test('a rule that this history bears out is followed', () => {
  expect(ofNine(20, 1)).toEqual(['#9 parent #1 by dotted_id: apply']);
});

test('a rule that this history contradicts asks a person, and is no surer than it was right here', () => {
  expect(ofNine(20, 12)).toEqual(['#9 parent #1 by dotted_id: review']);
  expect(backfillOf(...idsOf(20, 12)).proposals[0]?.confidence).toBeLessThan(0.75);
});

test('a rule that nobody has measured is one half, and asks a person', () => {
  const [proposal] = backfillOf(umbrella(1), backfillTask(2, { body: 'Part of #1' })).proposals;
  expect(proposal).toMatchObject({ rule: 'part_of', confidence: 0.5, tier: 'review' });
});
