import { describe, expect, test } from 'vitest';
import type { PairFinding } from '../../../src/core/risk/pair-risk.ts';
import { planQueue, type QueueFacts, type QueueOptions } from '../../../src/core/risk/plan-queue.ts';
import { rebaseCommand } from '../../../src/core/risk/rebase-command.ts';
import { conflictIn, openChange, pair } from './build-open-change.ts';

const OPTIONS: QueueOptions = {
  scope: { drafts: false, dependencyBots: false, idle: false },
  limits: { now: '2026-06-30T00:00:00Z', maxWaitDays: null, mergesPerDay: 4 },
};

const HARBOR = { owner: 'octo', repo: 'harbor' };

const queueFacts = (rest: Partial<QueueFacts>): QueueFacts => ({
  changes: [],
  pairs: [],
  dependents: null,
  isRegenerated: (path) => path.endsWith('.lock'),
  repository: HARBOR,
  remote: 'origin',
  base: { name: 'main' },
  mergeMethod: 'squash',
  ...rest,
});

const commandOf = (number: number): string =>
  `gh pr merge ${number} --repo=octo/harbor --squash --match-head-commit=${`${number}`.repeat(40)}`;

/** A head that is pushed to before it merges cannot be named. */
const commandOfAny = (number: number): string => `gh pr merge ${number} --repo=octo/harbor --squash`;

const conflictWith = (number: number, probability = 1) => ({
  ...{ name: `#${number}`, probability },
  basis: probability === 1 ? 'verified' : 'estimated',
});

const namesOf = (facts: Partial<QueueFacts>, options = OPTIONS): readonly string[] =>
  planQueue(queueFacts(facts), options).order.places.map(({ name }) => name);

describe('the queue', () => {
  test('spares the change that is dearer to redo, and prints how to merge', () => {
    const changes = [openChange(1, 10), openChange(2, 11, { lines: 40 }), openChange(3, 12, { paths: ['src/c.ts'] })];
    const { order, impact, next } = planQueue(
      queueFacts({ changes, pairs: [pair(1, 2, conflictIn('src/a.ts'))], dependents: new Map([['src/a.ts', 31]]) }),
      OPTIONS,
    );
    expect(order.places.map(({ name, reason }) => [name, reason.kind])).toEqual([
      ['#2', 'independent'],
      ['#3', 'free'],
      ['#1', 'rest'],
    ]);
    expect([...impact].map(([name, { weight }]) => [name, weight])).toEqual([
      ['#1', 7.5],
      ['#2', 60],
      ['#3', 1],
    ]);
    expect(next).toEqual([
      { name: '#2', command: commandOf(2), redoAfter: [], redo: [], before: [] },
      { name: '#3', command: commandOf(3), redoAfter: [], redo: [], before: [] },
      { name: '#1', command: commandOfAny(1), redoAfter: ['#2'], redo: [conflictWith(2)], before: [] },
    ]);
  });

  test('leaves out drafts, updates of dependencies and what is idle for 30 days, and takes in what is asked for', () => {
    const changes = [
      openChange(1, 10),
      openChange(2, 11, { isDraft: true }),
      openChange(3, 12, { isDependencyBot: true }),
      openChange(4, 13, { updatedAt: '2026-05-31T00:00:00Z' }),
      openChange(5, 14, { updatedAt: '2026-05-31T00:00:01Z' }),
    ];
    const { order, leftOut } = planQueue(queueFacts({ changes }), OPTIONS);
    expect({ names: order.places.map(({ name }) => name), leftOut }).toEqual({
      names: ['#1', '#5'],
      leftOut: [
        { name: '#2', why: 'a draft' },
        { name: '#3', why: 'updates dependencies' },
        { name: '#4', why: 'idle for 30 days' },
      ],
    });
    const all = { ...OPTIONS, scope: { drafts: true, dependencyBots: true, idle: true } };
    expect(namesOf({ changes }, all)).toEqual(['#1', '#2', '#3', '#4', '#5']);
  });

  test('shows a pair that conflicts in a lockfile alone, and lets it decide nothing', () => {
    const changes = [1, 2, 3].map((number) => openChange(number, 9 + number, { paths: ['yarn.lock'] }));
    const { order, pairs, next } = planQueue(
      queueFacts({
        changes,
        pairs: [pair(1, 2, conflictIn('yarn.lock')), pair(1, 3, { basis: 'estimated', probability: 0.9, factors: [] })],
      }),
      OPTIONS,
    );
    expect(order.rework).toEqual({ hits: 0, weight: 0 });
    expect(pairs).toEqual({
      edges: [],
      stacks: [],
      regenerate: [
        { a: '#1', b: '#2', basis: 'verified', paths: ['yarn.lock'] },
        { a: '#1', b: '#3', basis: 'estimated', paths: ['yarn.lock'] },
      ],
      unknown: [],
      meets: new Map(),
    });
    expect(next).toEqual([
      { name: '#1', command: commandOf(1), redoAfter: [], redo: [], before: [] },
      { name: '#2', command: commandOfAny(2), redoAfter: [], redo: [], before: ['make yarn.lock anew after #1'] },
      { name: '#3', command: commandOf(3), redoAfter: [], redo: [], before: ['perhaps make yarn.lock anew after #1'] },
    ]);
  });

  test('names each file to make anew once, those of the base first, and three at most', () => {
    const locks = ['a.lock', 'b.lock', 'c.lock', 'd.lock'];
    const changes = [openChange(1, 10), openChange(2, 11, { anew: ['a.lock'] })];
    const { next } = planQueue(queueFacts({ changes, pairs: [pair(1, 2, conflictIn('a.lock'))] }), OPTIONS);
    expect(next[1]).toMatchObject({ command: commandOfAny(2), before: ['make a.lock anew on the base'] });
    const many = planQueue(queueFacts({ changes, pairs: [pair(1, 2, conflictIn(...locks, 'e.lock'))] }), OPTIONS);
    expect(many.next[1]?.before).toEqual([
      'make a.lock anew on the base',
      'make b.lock, c.lock, d.lock, 1 more anew after #1',
    ]);
  });

  test('keeps a stack in order, behind the draft that it stands on', () => {
    const stacked = (dependent: number, on: number): PairFinding => ({
      basis: 'verified',
      verdict: 'depends_on',
      dependent: `#${dependent}`,
      on: `#${on}`,
      files: [],
    });
    const changes = [openChange(1, 10), openChange(2, 11), openChange(3, 12, { isDraft: true }), openChange(4, 13)];
    const pairs = [pair(1, 2, stacked(1, 2)), pair(4, 3, stacked(4, 3))];
    const { order, held, next } = planQueue(queueFacts({ changes, pairs }), OPTIONS);
    expect(order.places.map(({ name, reason }) => [name, reason])).toEqual([
      ['#2', { kind: 'free' }],
      ['#1', { kind: 'depends_on', names: ['#2'] }],
      ['#4', { kind: 'not_ready', waitsFor: [] }],
    ]);
    expect(held.get('#4')).toEqual(['depends on #3, left out: a draft']);
    expect(next.map(({ name }) => name)).toEqual(['#2', '#1']);
  });

  test('weighs an estimate by its probability and tells what nobody knows', () => {
    const changes = [openChange(1, 10), openChange(2, 11), openChange(3, 12, { files: null })];
    const { order, pairs } = planQueue(
      queueFacts({
        changes,
        pairs: [
          pair(1, 2, { basis: 'estimated', probability: 0.25, factors: [] }),
          pair(1, 3, { basis: null, verdict: 'unknown', reason: 'the head of #3 vanished' }),
        ],
      }),
      OPTIONS,
    );
    expect(order.rework).toEqual({ hits: 0.25, weight: 1.25 });
    expect({ edges: pairs.edges, unknown: pairs.unknown }).toEqual({
      edges: [{ a: '#1', b: '#2', basis: 'estimated', probability: 0.25 }],
      unknown: [{ a: '#1', b: '#3', reason: 'the head of #3 vanished' }],
    });
  });

  test('tells what is redone after what is likely to conflict apart, and leaves out what is not', () => {
    const estimate = (a: number, probability: number) =>
      pair(a, 4, { basis: 'estimated', probability, factors: [] } satisfies PairFinding);
    const nextOf = (...pairs: QueueFacts['pairs']) => {
      const changes = [1, 2, 3, 4].map((number) => openChange(number, 9 + number, { lines: number === 4 ? 1 : 5 }));
      return planQueue(queueFacts({ changes, pairs }), OPTIONS).next[3];
    };
    expect(nextOf(pair(1, 4, conflictIn('src/a.ts')), estimate(2, 0.6), estimate(3, 0.06))).toEqual({
      ...{ name: '#4', command: commandOfAny(4), redoAfter: ['#1', '#2'], before: [] },
      redo: [conflictWith(1), conflictWith(2, 0.6)],
    });
    expect(nextOf(estimate(1, 0.25), estimate(2, 0.25))).toMatchObject({ command: commandOf(4), redo: [] });
    const three = [0.3, 0.3, 0.3].map((probability, place) => estimate(place + 1, probability));
    expect(nextOf(...three)).toEqual({
      ...{ name: '#4', command: commandOfAny(4), redoAfter: ['#1', '#2', '#3'], before: [] },
      redo: [1, 2, 3].map((number) => conflictWith(number, 0.3)),
    });
  });

  test('makes no order of pairs that only might conflict', () => {
    const changes = [openChange(1, 10), openChange(2, 11)];
    const pairs = [pair(1, 2, { basis: 'estimated', probability: 0.049, factors: [] })];
    expect(planQueue(queueFacts({ changes, pairs }), OPTIONS)).toMatchObject({
      order: { rework: { hits: 0, weight: 0 } },
      pairs: { edges: [], regenerate: [], unknown: [] },
    });
  });

  test('says how to take a stacked one off what is squashed or rebased below it, whose commits the base then has as others', () => {
    const changes = [openChange(1, 10), openChange(2, 11), openChange(3, 12), openChange(4, 13)];
    const on = (a: number, b: number) =>
      pair(a, b, { basis: 'verified', verdict: 'depends_on', dependent: `#${b}`, on: `#${a}`, files: [] });
    const stacked = { changes, pairs: [on(1, 2), on(1, 3), on(2, 3)], base: { name: "main's" } };
    const beforeOf = (mergeMethod: QueueFacts['mergeMethod']) =>
      planQueue(queueFacts({ ...stacked, mergeMethod }), OPTIONS).next.map(({ before }) => before);
    const anew = (top: number, below: number, done: string, remote = 'origin') => [
      `once #${below} is ${done}: ${rebaseCommand({ number: top, url: null, remote, repository: HARBOR, on: { number: below, headSha: `${below}`.repeat(40) }, ref: "refs/heads/main's" })}`,
    ];
    expect(beforeOf('merge')).toEqual([[], [], [], []]);
    for (const [method, done] of [
      ['squash', 'squashed'],
      ['rebase', 'rebased'],
    ] as const)
      expect(beforeOf(method)).toEqual([[], anew(2, 1, done), anew(3, 2, done), []]);
    const elsewhere = planQueue(queueFacts({ ...stacked, mergeMethod: 'squash', remote: null }), OPTIONS).next[1];
    expect(elsewhere?.before).toEqual(anew(2, 1, 'squashed', 'https://github.com/octo/harbor.git'));
  });

  test.each([
    ['origin/HEAD', 'HEAD', 'see first that it goes into the main branch'],
    ...['main', 'origin/main', 'refs/heads/main', 'refs/remotes/origin/main'].map((name) => [
      ...[name, 'refs/heads/main'],
      'see first that it goes into main: gh pr edit 2 --repo=octo/harbor --base=main',
    ]),
  ])(
    'of a clone alone, whose base is called %s, asks its remote for %s, and sees where a stacked one goes',
    (name, ref, aim) => {
      const changes = [openChange(1, 10), openChange(2, 11)];
      const stack = { basis: 'verified', verdict: 'depends_on', dependent: '#2', on: '#1', files: [] } as const;
      const facts = { changes, pairs: [pair(1, 2, stack)], base: { name: name ?? '' }, mergeMethod: null };
      const { next } = planQueue(queueFacts(facts), OPTIONS);
      expect(next[0]?.before).toEqual([]);
      expect(next[1]?.before).toEqual([expect.stringContaining(`&& git fetch origin ${ref} refs/pull/1/head &&`), aim]);
    },
  );

  test('names the repository in every gh command, and its server where that is not github.com', () => {
    const at = (host: string) => ({ url: `https://${host}/octo/harbor/pull/1`, isDraft: true });
    const nextAt = (host: string) =>
      planQueue(queueFacts({ changes: [openChange(1, 10, at(host))] }), {
        ...OPTIONS,
        scope: { ...OPTIONS.scope, drafts: true },
      }).next.map(({ command, before }) => [command.split(' --squash')[0], ...before]);
    expect(nextAt('github.com')).toEqual([
      ['gh pr merge 1 --repo=octo/harbor', 'a draft: gh pr ready 1 --repo=octo/harbor'],
    ]);
    expect(nextAt('git.octo.example')).toEqual([
      [
        'gh pr merge 1 --repo=git.octo.example/octo/harbor',
        'a draft: gh pr ready 1 --repo=git.octo.example/octo/harbor',
      ],
    ]);
  });

  test('prints the first ten that are ready, and nothing for local refs or without GitHub', () => {
    const changes = Array.from({ length: 12 }, (_, index) => openChange(index + 1, 10 + index));
    const held = changes.map((change) =>
      change.number === 2 ? { ...change, heldBy: ['gate schema is pending'] } : change,
    );
    const numbered = planQueue(queueFacts({ changes: held }), OPTIONS).next;
    expect(numbered.map(({ name }) => name)).toEqual(['#1', ...[3, 4, 5, 6, 7, 8, 9, 10, 11].map((n) => `#${n}`)]);
    const local = changes.map((change) => ({ ...change, number: null }));
    expect(planQueue(queueFacts({ changes: local }), OPTIONS).next).toEqual([]);
    expect(planQueue(queueFacts({ changes, repository: null }), OPTIONS).next).toEqual([]);
  });

  test('quotes a hostile repository for the shell', () => {
    const repository = { owner: '$(touch x)', repo: "it's; rm" };
    const { next } = planQueue(queueFacts({ changes: [openChange(1, 10)], repository }), OPTIONS);
    expect(next[0]?.command).toBe(
      `gh pr merge 1 --repo='$(touch x)/it'\\''s; rm' --squash --match-head-commit=${'1'.repeat(40)}`,
    );
  });
});
