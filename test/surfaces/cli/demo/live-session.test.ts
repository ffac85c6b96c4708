import { describe, expect, test } from 'vitest';
import { createLiveSession } from '../../../../src/surfaces/cli/demo/live-session.ts';
import { harborWorld, item } from '../../../operations/harbor-world.ts';
import { sampleRollup } from '../sample-rollup.ts';

const start = (settle = async () => {}) => {
  const { world, repository } = harborWorld({ files: { '.github/parasol.yml': 'version: 1\n' } });
  return { repository, session: createLiveSession(world, { name: 'harbor.yml', settle }) };
};

describe('the live session', () => {
  test('plays the story step by step, once', async () => {
    const { session } = start();
    const { total, next } = session.view().story;
    expect(next).toMatch(/takes #3/);
    await session.playNext();
    expect(session.view().story).toMatchObject({ done: 1, total });
    expect(session.view().log[0]).toEqual({
      at: '2026-03-02T09:40:00Z',
      kind: 'story',
      text: expect.stringMatching(/takes #3/),
      count: 1,
    });
    for (let step = 1; step < total + 2; step += 1) await session.playNext();
    expect({ over: session.isOver(), story: session.view().story }).toEqual({
      over: true,
      story: { done: total, total, next: null },
    });
  });

  test('never lets two steps overlap', async () => {
    const order: string[] = [];
    const { session } = start(async () => {
      order.push('begun');
      await new Promise((resolve) => setTimeout(resolve, 5));
      order.push('settled');
    });
    await Promise.all([session.playNext(), session.playEvent('add-child'), session.playNext()]);
    expect(order).toEqual(['begun', 'settled', 'begun', 'settled', 'begun', 'settled']);
  });

  test('makes each event happen to what fits, and says when nothing does', async () => {
    const { session, repository } = start();
    expect(await session.playEvent('close-child')).toBe(true);
    expect(repository.issues.get(4)?.state).toBe('closed');
    expect(await session.playEvent('reopen-child')).toBe(true);
    expect(repository.issues.get(2)?.state).toBe('open');
    expect(await session.playEvent('block-child')).toBe(true);
    expect(await session.playEvent('add-child')).toBe(true);
    expect(repository.issues.get(1)?.children).toEqual([2, 3, 4, 6].map(item));
    expect(await session.playEvent('burn-down')).toBe(false);
  });

  test('shows what was written, counting its versions, and tells its listeners', () => {
    const { session } = start();
    let told = 0;
    const stop = session.onChange(() => {
      told += 1;
    });
    const rollup = sampleRollup();
    const umbrella = rollup.umbrella.ref;
    const refresh = (outcome: 'written' | 'unchanged') =>
      session.noteRefresh({
        umbrella,
        installationId: 1,
        corrects: false,
        result: { umbrella, outcome, rollup, body: '#', changes: [], contradicted: [], pinsReadiness: false },
      });
    refresh('written');
    refresh('unchanged');
    refresh('written');
    stop();
    refresh('written');
    expect(session.view().rollups).toEqual([{ rollup, body: '#', version: 3 }]);
    expect(told).toBe(2);
  });

  test('tells a line that repeats once, with how often', () => {
    const { session } = start();
    for (const text of ['ping', 'ping', 'ping', 'issues.closed', 'ping']) session.note('in', text);
    expect(session.view().log.map(({ text, count }) => [text, count])).toEqual([
      ['ping', 1],
      ['issues.closed', 1],
      ['ping', 3],
    ]);
  });

  test('finds issues and pull requests for the pages that links lead to', () => {
    const { session } = start();
    const address = { owner: 'octo', repo: 'harbor', kind: 'issues', number: 2 } as const;
    expect(session.item(address)).toMatchObject({ ref: 'octo/harbor#2', state: 'closed as completed' });
    expect(session.item({ ...address, kind: 'pull' })).toBeNull();
    expect(session.item({ ...address, repo: 'nowhere' })).toBeNull();
  });

  test('shows a failure in the log and goes on', async () => {
    const { session } = start(async () => {
      throw new Error('the App failed');
    });
    await session.playNext();
    expect(session.view().log[0]).toMatchObject({ kind: 'failure', text: 'the App failed' });
  });
});
