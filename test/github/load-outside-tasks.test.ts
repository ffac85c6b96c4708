import { expect, test } from 'vitest';
import { mergePullRequest } from '../../src/sandbox/actions/merge-pull-request.ts';
import { setClock } from '../../src/sandbox/clock.ts';
import { loadScope, readinessWorld } from './readiness-world.ts';
import { addPull, harbor, operationsOf } from './umbrella-world.ts';

/** Besides: #7, merged for #4, which stands in no milestone, and #8, merged for nothing. */
function worldWithMore() {
  const world = readinessWorld();
  setClock(world, '2026-03-05T09:00:00Z');
  addPull(world, { title: 'Old gate goes', body: 'Closes #4', branch: 'old-gate' });
  addPull(world, { title: 'Typo', branch: 'typo' });
  for (const number of [7, 8]) mergePullRequest(world, 'kim', { item: harbor(number) });
  return world;
}

test.each(['milestone:Harbor 3.1', '#1'])(
  'the tasks of what was merged meanwhile are read beside %s, and are not in scope',
  async (scope) => {
    const { loaded, sandbox } = await loadScope(worldWithMore(), scope);
    expect([...loaded.tasks]).toEqual(['octo/harbor#2', 'octo/harbor#3']);
    expect(loaded.work.tasks.get('octo/harbor#4')?.title).toBe('P2.M1.T1 Old gate');
    expect(loaded.outsideGaps).toEqual([]);
    expect(operationsOf(sandbox).filter((name) => name === 'ClosedIssues')).toHaveLength(1);
    const source = loaded.sources.find((one) => one.source === 'tasks outside');
    expect(source).toEqual({ source: 'tasks outside', gaps: [], isRead: true, isNeeded: true });
  },
);

test('nothing is read for a label, nor where nothing else was merged', async () => {
  const label = await loadScope(worldWithMore(), 'label:Release Blocker');
  const own = await loadScope(readinessWorld(), '#1');
  for (const { loaded, sandbox } of [label, own]) {
    expect(operationsOf(sandbox)).not.toContain('ClosedIssues');
    expect(loaded.sources.find((one) => one.source === 'tasks outside')?.isNeeded).toBe(false);
  }
});
