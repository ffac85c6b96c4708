import { describe, expect, test } from 'vitest';
import { DEFAULT_CONFIG } from '../../../src/core/config.ts';
import { known } from '../../../src/core/reading.ts';
import type { TaskFacts } from '../../../src/core/task/facts.ts';
import type { LiveLane } from '../../../src/core/umbrella/live-lane.ts';
import { nextTasks } from '../../../src/core/umbrella/next-tasks.ts';
import type { WorkSnapshot } from '../../../src/core/umbrella/snapshot.ts';
import { applyClaims, type ClaimFacts } from '../../../src/core/work/apply-claims.ts';
import { whyNoneFree } from '../../../src/core/work/why-none-free.ts';
import { blockerFacts, ref, snapshot, taskFacts, umbrellaOf } from '../build-facts.ts';

const blockedBy = (...numbers: number[]) => ({ blockers: known(numbers.map((number) => blockerFacts(number))) });
const holding = (...tasks: TaskFacts[]): WorkSnapshot => snapshot([umbrellaOf(tasks), ...tasks]);
const numbersOf = (tasks: readonly { readonly task: TaskFacts }[]) => tasks.map(({ task }) => task.ref.number);
const free = (work: WorkSnapshot, lane?: string) =>
  numbersOf(nextTasks(work, ref(1), { config: DEFAULT_CONFIG, ...(lane === undefined ? {} : { lane }) }).free);

const claim = (number: number, agent = 'a7', until = '2026-05-10T12:30:00Z'): ClaimFacts => ({
  key: `octo/harbor#${number}`,
  live: { agent, token: 1, since: '2026-05-10T12:00:00Z', until },
  sign: null,
  goneSign: null,
});

describe('the next tasks', () => {
  test('are those that can start now, in the order of GitHub', () => {
    const work = holding(
      taskFacts({ number: 14 }),
      taskFacts({ number: 12, assignees: ['kim'] }),
      taskFacts({ number: 13, closedAt: '2026-05-04T09:00:00Z' }),
      taskFacts({ number: 11 }),
    );
    expect(free(work)).toEqual([14, 11]);
  });

  test('begin with the one that the most open tasks wait for, directly or through others, each counted once', () => {
    const work = holding(
      taskFacts({ number: 11 }),
      taskFacts({ number: 12 }),
      taskFacts({ number: 13, ...blockedBy(12) }),
      taskFacts({ number: 14, ...blockedBy(12, 13) }),
      taskFacts({ number: 15, ...blockedBy(11), closedAt: '2026-05-04T09:00:00Z' }),
    );
    const { free: next } = nextTasks(work, ref(1), { config: DEFAULT_CONFIG });
    expect(next.map(({ task, unblocks }) => [task.ref.number, unblocks])).toEqual([
      [12, 2],
      [11, 0],
    ]);
  });

  test('survive tasks that wait for each other', () => {
    const work = holding(
      taskFacts({ number: 11 }),
      taskFacts({ number: 12, ...blockedBy(11, 13) }),
      taskFacts({ number: 13, ...blockedBy(12) }),
    );
    expect(nextTasks(work, ref(1), { config: DEFAULT_CONFIG }).free.map(({ unblocks }) => unblocks)).toEqual([2]);
  });

  test('lie at any depth, and nested umbrellas are none of them', () => {
    const leaf = taskFacts({ number: 21 });
    const nested = { ...umbrellaOf([leaf]), ref: ref(12), nodeId: 'I_12' };
    const last = taskFacts({ number: 13 });
    expect(free(snapshot([umbrellaOf([nested, last]), nested, leaf, last]))).toEqual([21, 13]);
  });

  test('are none below a nested umbrella that is closed, and the lease of such a task is not worth waiting for', () => {
    const leaf = taskFacts({ number: 21 });
    const nested = { ...umbrellaOf([leaf]), ref: ref(12), nodeId: 'I_12', state: 'closed' as const };
    const last = taskFacts({ number: 13, assignees: ['kim'] });
    const work = applyClaims(snapshot([umbrellaOf([nested, last]), nested, leaf, last]), [claim(21)]);
    const next = nextTasks(work, ref(1), { config: DEFAULT_CONFIG });
    expect([numbersOf(next.free), next.taken.map(({ closedAbove }) => closedAbove)]).toEqual([[], [ref(12), null]]);
    expect(whyNoneFree(next)).toEqual({
      retryAt: null,
      reason: 'Nothing is free: 1 below a closed umbrella, 1 in progress.',
    });
  });

  test('of a lane are those whose first lane it is, in any case', () => {
    const work = holding(
      taskFacts({ number: 11, labels: ['lane:api', 'lane:docs'] }),
      taskFacts({ number: 12, labels: ['lane:docs'] }),
      taskFacts({ number: 13 }),
    );
    expect([free(work, 'Docs'), free(work, 'api'), free(work, 'none')]).toEqual([[12], [11], []]);
  });

  test('are not those that an agent has claimed, which are in progress', () => {
    const work = applyClaims(holding(taskFacts({ number: 11 }), taskFacts({ number: 12 })), [claim(11)]);
    const { free: next, taken } = nextTasks(work, ref(1), { config: DEFAULT_CONFIG });
    expect([numbersOf(next), taken]).toEqual([
      [12],
      [
        expect.objectContaining({
          state: { state: 'in_progress', since: '2026-05-10T12:00:00Z', reason: 'claimed by agent a7' },
          claim: { agent: 'a7', token: 1, since: '2026-05-10T12:00:00Z', until: '2026-05-10T12:30:00Z' },
        }),
      ],
    ]);
  });

  test('are again those that only a claim which is over still marks as taken', () => {
    const work = holding(
      taskFacts({ number: 11, assignees: ['Kim'] }),
      taskFacts({ number: 12, assignees: ['kim', 'ravi'] }),
      taskFacts({ number: 13, labels: ['claimed', 'lane:api'] }),
    );
    const over = (number: number, sign: ClaimFacts['sign']): ClaimFacts => ({ ...claim(number), live: null, sign });
    const claimed = applyClaims(work, [
      over(11, { as: 'assignee', login: 'kim' }),
      over(12, { as: 'assignee', login: 'kim' }),
      over(13, { as: 'label', label: 'Claimed' }),
      over(99, { as: 'label', label: 'claimed' }),
    ]);
    expect(free(claimed)).toEqual([11, 13]);
    expect(claimed.tasks.get('octo/harbor#13')?.labels).toEqual(['lane:api']);
    expect(claimed.tasks.get('octo/harbor#12')?.assignees).toEqual(['ravi']);
  });

  test('of what was not read are unknown', () => {
    expect(nextTasks(snapshot([]), ref(1), { config: DEFAULT_CONFIG })).toEqual({
      free: [],
      overlapping: [],
      taken: [],
      unread: 1,
    });
  });
});

describe('beside what is open for review', () => {
  const touching = (number: number, body: string) => taskFacts({ number, body });
  const look = (live: readonly LiveLane[], ...tasks: TaskFacts[]) => {
    const next = nextTasks(holding(...tasks), ref(1), { config: DEFAULT_CONFIG, live });
    const verdicts = (some: typeof next.free) => some.map(({ task, overlap }) => [task.ref.number, overlap]);
    return { free: verdicts(next.free), overlapping: verdicts(next.overlapping), why: whyNoneFree(next).reason };
  };
  const pull = (number: number, ...paths: string[]): LiveLane => ({
    kind: 'pull_request',
    ref: ref(number),
    name: null,
    tasks: [],
    paths,
    isDeclared: false,
    unread: null,
  });

  test('those whose files are being changed are left out, and the others kept', () => {
    const live = [pull(41, 'docs/tides.md'), pull(42, 'src/api/serve.ts', 'src/api/read.ts')];
    const api = touching(11, 'Paths: src/api/**');
    expect(look(live, api, touching(12, 'Paths: src/web'), touching(13, 'No word of files.'))).toEqual({
      free: [
        [12, { kind: 'none' }],
        [13, { kind: 'unknown', reason: 'paths unknown' }],
      ],
      overlapping: [[11, { kind: 'overlap', lane: live[1], path: 'src/api/serve.ts' }]],
      why: 'Nothing is free: 1 left out for files that others are changing.',
    });
  });

  test('nobody knows where the files of a pull request were not read, and a known one decides', () => {
    const live = [{ ...pull(42), unread: 'files of #42 not read' }, pull(43, 'src/web/page.ts')];
    expect(look(live, touching(11, 'Paths: src/api'), touching(12, 'Paths: src/web'))).toMatchObject({
      free: [[11, { kind: 'unknown', reason: 'files of #42 not read' }]],
      overlapping: [[12, { kind: 'overlap', lane: live[1], path: 'src/web/page.ts' }]],
    });
  });
});

describe('beside what agents have claimed', () => {
  const claimed = (body: string, live: readonly LiveLane[], ...bodies: string[]) => {
    const tasks = bodies.map((text, index) => taskFacts({ number: 21 + index, body: text }));
    const work = applyClaims(holding(taskFacts({ number: 11, body }), ...tasks), [claim(11)]);
    const { free, overlapping } = nextTasks(work, ref(1), { config: DEFAULT_CONFIG, live });
    const words = ({ task, overlap }: (typeof free)[number]) =>
      overlap?.kind === 'overlap'
        ? `#${task.ref.number} meets ${overlap.path} of ${overlap.lane.name}`
        : `#${task.ref.number} ${overlap?.kind === 'unknown' ? overlap.reason : 'clear'}`;
    return [...overlapping, ...free].map(words);
  };

  test('tasks that name the same files are left out, and those that may are marked', () => {
    expect(
      claimed(
        'Paths: src/api/**, docs/tides.md',
        [],
        'Paths: src/api/serve.ts',
        'Paths: docs',
        'Paths: src/web/*',
        'Paths: src/*/serve.ts',
      ),
    ).toEqual([
      '#21 meets src/api/** of a7',
      '#22 meets docs/tides.md of a7',
      '#23 clear',
      '#24 perhaps #11, claimed by agent a7, is to touch src/api/**',
    ]);
  });

  test('nobody knows what a claimed task touches that names nothing, unless its pull request shows it', () => {
    expect(claimed('', [], 'Paths: src/web')).toEqual([
      '#21 paths of octo/harbor#11 unknown, which agent a7 has claimed',
    ]);
    const shown: LiveLane = {
      kind: 'pull_request',
      ref: ref(42),
      name: null,
      tasks: ['octo/harbor#11'],
      paths: ['src/api/serve.ts'],
      isDeclared: false,
      unread: null,
    };
    expect(claimed('', [shown], 'Paths: src/web')).toEqual(['#21 clear']);
  });
});

describe('when nothing is free', () => {
  const why = (work: WorkSnapshot) => {
    return whyNoneFree(nextTasks(work, ref(1), { config: DEFAULT_CONFIG }));
  };

  test('the first lease to run out says when to ask again', () => {
    const work = applyClaims(holding(taskFacts({ number: 11 }), taskFacts({ number: 12 })), [
      claim(11, 'a7', '2026-05-10T12:40:00Z'),
      claim(12, 'a8', '2026-05-10T14:35:00+02:00'),
    ]);
    expect(why(work)).toEqual({
      retryAt: '2026-05-10T14:35:00+02:00',
      reason: 'Nothing is free: 2 claimed by agents.',
    });
  });

  test('a lease on what is closed or blocked by now is nothing to wait for', () => {
    const work = applyClaims(
      holding(
        taskFacts({ number: 11, closedAt: '2026-05-04T09:00:00Z' }),
        taskFacts({ number: 12, ...blockedBy(11) }),
        taskFacts({ number: 13 }),
      ),
      [claim(11, 'a7', '2026-05-10T12:10:00Z'), claim(12, 'a8', '2026-05-10T12:20:00Z'), claim(13)],
    );
    expect(why(work)).toEqual({
      retryAt: '2026-05-10T12:30:00Z',
      reason: 'Nothing is free: 1 blocked, 1 claimed by agents, 1 done.',
    });
  });

  test('and no lease is in the way, there is no time to wait for, only reasons', () => {
    const work = holding(
      taskFacts({ number: 11, assignees: ['kim'] }),
      taskFacts({ number: 12, ...blockedBy(11) }),
      taskFacts({ number: 13, ...blockedBy(11) }),
    );
    expect(why(work)).toEqual({ retryAt: null, reason: 'Nothing is free: 2 blocked, 1 in progress.' });
  });

  test('because nothing is there, it says so', () => {
    const none = { taken: [], overlapping: [], unread: 0 };
    expect(whyNoneFree(none)).toEqual({ retryAt: null, reason: 'Nothing is free: there is no task.' });
    expect(whyNoneFree({ ...none, unread: 3 })).toEqual({
      retryAt: null,
      reason: 'Nothing is free: 3 could not be read.',
    });
  });
});
