import { describe, expect, it } from 'vitest';
import { known } from '../../../src/core/reading.ts';
import type { TaskFacts } from '../../../src/core/task/facts.ts';
import { audienceOf } from '../../../src/core/umbrella/audience.ts';
import { blockerFacts, pullRequestFacts, ref, snapshot, taskFacts, umbrellaOf } from '../build-facts.ts';

const quay = { owner: 'octo', repo: 'quay' };

/** Counts how often all of it was gone through. */
class CountedMap extends Map<string, TaskFacts> {
  walks = 0;

  override values() {
    this.walks += 1;
    return super.values();
  }
}

describe('audienceOf', () => {
  it('goes through a snapshot once, however many umbrellas it holds', () => {
    const umbrellas = [1, 2, 3].map((number) => taskFacts({ number }));
    const tasks = new CountedMap(snapshot(umbrellas).tasks);
    const facts = snapshot(umbrellas, [], { tasks });
    for (const umbrella of umbrellas) audienceOf(facts, umbrella, 'umbrella_readers').canSeeRepository(quay);
    expect(tasks.walks).toBe(1);
  });

  it('hides a repository of which one item is hidden, and one of which nothing was read', () => {
    const umbrella = umbrellaOf([]);
    const shown = pullRequestFacts({ ref: ref(7, 'octo/quay') });
    const hidden = blockerFacts(8, { ref: ref(8, 'octo/quay'), visibility: 'private' });
    const open = audienceOf(snapshot([umbrella], [shown]), umbrella, 'umbrella_readers');
    const blocked = taskFacts({ number: 2, blockers: known([hidden]) });
    const closed = audienceOf(snapshot([umbrella, blocked], [shown]), umbrella, 'umbrella_readers');
    const unread = audienceOf(snapshot([umbrella]), umbrella, 'umbrella_readers');
    expect([open, closed, unread].map((audience) => audience.canSeeRepository(quay))).toEqual([true, false, false]);
  });

  it('shows internal work to readers of an internal umbrella of the same snapshot only', () => {
    const umbrellas = [umbrellaOf([]), taskFacts({ ref: ref(2, 'octo/pier'), visibility: 'internal' })];
    const facts = snapshot([...umbrellas, taskFacts({ ref: ref(3, 'octo/quay'), visibility: 'internal' })]);
    const shown = umbrellas.map((umbrella) => audienceOf(facts, umbrella, 'umbrella_readers').canSeeRepository(quay));
    expect(shown).toEqual([false, true]);
  });

  it('takes a path for no repository, and hides what names one that nobody read', () => {
    const audience = audienceOf(snapshot([umbrellaOf([])]), umbrellaOf([]), 'umbrella_readers');
    const shown = (what: string) => audience.shownGap({ cause: 'forbidden', what }).what;
    const file = '.github/parasol.yml of octo/harbor';
    const hidden = 'something in a private repository';
    expect([file, 'checks of octo/quay#1', 'https://github.com/octo/quay', 'octo/.github'].map(shown)).toEqual([
      ...[file, hidden, hidden, hidden],
    ]);
  });
});
