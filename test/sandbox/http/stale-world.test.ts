import { beforeEach, describe, expect, test } from 'vitest';
import { createComment } from '../../../src/sandbox/actions/comment.ts';
import { addSubIssue } from '../../../src/sandbox/actions/link-sub-issue.ts';
import { openIssue } from '../../../src/sandbox/actions/open-issue.ts';
import { advanceClock, findByNodeId } from '../../../src/sandbox/create-world.ts';
import { createStaleReads, type StaleReads } from '../../../src/sandbox/http/stale-world.ts';
import type { World } from '../../../src/sandbox/world.ts';
import { makeSmallWorld } from './small-world.ts';

const HERE = { repository: 'harbor/port' };
const key = (number: number) => ({ ...HERE, number });

let world: World;
let stale: StaleReads;
let time: number;

beforeEach(() => {
  time = 0;
  ({ world } = makeSmallWorld());
  for (const title of ['parent', 'child']) openIssue(world, 'kim', { ...HERE, title });
  stale = createStaleReads(world, () => new Date(time));
});

const titles = () =>
  [...(stale.readable().repositories.get('harbor/port')?.issues.values() ?? [])].map(({ title }) => title);
const eventsHandled = () => Promise.resolve();

describe('a lagging replica', () => {
  test('is the world itself until it is asked to lag, and while nothing happens', () => {
    expect(stale.readable()).toBe(world);
    stale.start(1000);
    expect(stale.readable()).toBe(world);
  });

  test('shows an event only when its time has come', async () => {
    stale.start(1000);
    openIssue(world, 'kim', { ...HERE, title: 'third' });
    expect(titles()).toEqual(['parent', 'child']);
    await eventsHandled();
    time = 999;
    expect(titles()).toEqual(['parent', 'child']);
    time = 1000;
    expect([titles(), stale.readable()]).toEqual([['parent', 'child', 'third'], world]);
  });

  test('never shows half of an action that announces several events', async () => {
    stale.start(1000);
    openIssue(world, 'kim', { ...HERE, title: 'third', labels: ['a', 'b'], assignees: ['ravi'] });
    addSubIssue(world, 'kim', { parent: key(1), child: key(3) });
    await eventsHandled();
    time = 500;
    openIssue(world, 'kim', { ...HERE, title: 'fourth' });
    await eventsHandled();
    time = 1000;
    const seen = stale.readable();
    const port = seen.repositories.get('harbor/port');
    expect(titles()).toEqual(['parent', 'child', 'third']);
    expect([
      [...(port?.issues.get(3)?.labels ?? [])],
      port?.issues.get(3)?.parent,
      port?.issues.get(1)?.children,
    ]).toEqual([['a', 'b'], key(1), [key(3)]]);
  });

  test('keeps its records together: what is found by node id is what the repository holds', async () => {
    stale.start(1000);
    createComment(world, 'kim', { item: key(1), body: 'late' });
    await eventsHandled();
    const seen = stale.readable();
    const issue = seen.repositories.get('harbor/port')?.issues.get(1);
    expect(seen).not.toBe(world);
    expect(issue?.comments).toEqual([]);
    expect(findByNodeId(seen, issue?.nodeId ?? '')?.record).toBe(issue);
  });

  test('is not touched by what is done to the world, and hears no listeners', async () => {
    stale.start(1000);
    openIssue(world, 'kim', { ...HERE, title: 'third' });
    await eventsHandled();
    const seen = stale.readable();
    world.repositories.get('harbor/port')?.issues.clear();
    expect([titles(), seen.listeners.size]).toEqual([['parent', 'child'], 0]);
  });

  test('knows the time of the world', async () => {
    stale.start(1000);
    openIssue(world, 'kim', { ...HERE, title: 'third' });
    await eventsHandled();
    const before = stale.readable().now();
    advanceClock(world, 60);
    expect([before, world.now() > before]).toEqual(['2026-03-02T09:00:00Z', true]);
  });

  test('listens no more once it is stopped', async () => {
    const before = world.listeners.size;
    stale.start(1000);
    stale.start(2000);
    expect(world.listeners.size).toBe(before + 1);
    stale.stop();
    openIssue(world, 'kim', { ...HERE, title: 'third' });
    await eventsHandled();
    expect([world.listeners.size, stale.readable()]).toEqual([before, world]);
  });
});
