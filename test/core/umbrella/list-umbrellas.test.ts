import { describe, expect, it } from 'vitest';
import { DEFAULT_CONFIG } from '../../../src/core/config.ts';
import { known } from '../../../src/core/reading.ts';
import { listUmbrellas } from '../../../src/core/umbrella/list-umbrellas.ts';
import { NOW, snapshot, taskFacts } from '../build-facts.ts';

const list = (facts: ReturnType<typeof snapshot>, all = false) =>
  listUmbrellas(facts, { config: DEFAULT_CONFIG, now: NOW, all });

describe('listUmbrellas', () => {
  const done = taskFacts({ number: 2, closedAt: NOW });
  const open = taskFacts({ number: 3 });
  const dropped = taskFacts({ number: 4, closedAt: NOW, stateReason: 'not_planned' });
  const umbrella = taskFacts({
    number: 1,
    title: '[P1.M1.T1] Harbor',
    children: known([done.ref, open.ref, dropped.ref]),
  });
  const labelled = taskFacts({ number: 5, labels: ['Epic'] });
  const typed = taskFacts({ number: 6, issueType: 'Epic', children: known([]), childrenTotal: 0 });
  const partlyRead = taskFacts({ number: 7, childrenTotal: 2 });
  const facts = snapshot([umbrella, done, open, dropped, labelled, typed, partlyRead]);

  it('lists tasks with children', () => {
    expect(list(facts)).toEqual([
      {
        ref: 'octo/harbor#1',
        plannedId: 'P1.M1.T1',
        title: 'Harbor',
        url: 'https://github.com/octo/harbor/issues/1',
        children: 3,
        done: 1,
        dropped: 1,
        percentComplete: 50,
        state: 'in_progress',
      },
      {
        ref: 'octo/harbor#7',
        plannedId: null,
        title: 'Task 7',
        url: 'https://github.com/octo/harbor/issues/7',
        children: 2,
        done: 0,
        dropped: 0,
        percentComplete: 0,
        state: 'unblocked',
      },
    ]);
  });

  it('with all, also lists those that only carry a label or type', () => {
    expect(list(facts, true).map((summary) => summary.ref)).toEqual([1, 5, 6, 7].map((n) => `octo/harbor#${n}`));
  });
});
