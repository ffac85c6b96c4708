import { describe, expect, it } from 'vitest';
import { known } from '../../src/core/reading.ts';
import { loadIssueHistory } from '../../src/github/load-issue-history.ts';
import { addBlockedBy } from '../../src/sandbox/actions/block-issue.ts';
import { closeIssue } from '../../src/sandbox/actions/close-issue.ts';
import { setLabels } from '../../src/sandbox/actions/label.ts';
import { openIssue } from '../../src/sandbox/actions/open-issue.ts';
import { requireRepository } from '../../src/sandbox/actions/place.ts';
import { addLabel } from '../../src/sandbox/create-world.ts';
import { addPull, connect, HARBOR, harbor, operationsOf, umbrellaWorld } from './umbrella-world.ts';

const REPOSITORY = { owner: 'octo', repo: 'harbor' };
const at = (number: number) => ({ ...REPOSITORY, number });

describe('the history of issues', () => {
  it('comes in one call of 2 points per 100 issues, without pull requests', async () => {
    const world = umbrellaWorld(100);
    for (let n = 0; n < 120; n += 1) openIssue(world, 'kim', { repository: HARBOR, title: `Loose ${n}` });
    addPull(world, { title: 'No issue', branch: 'no-issue' });
    const { sandbox, client } = await connect(world);
    const issues = await loadIssueHistory(client, REPOSITORY);
    expect(operationsOf(sandbox)).toEqual(['IssueHistory', 'IssueHistory', 'IssueHistory']);
    expect(sandbox.requests.entries.map(({ points }) => points)).toEqual([2, 2, 2]);
    expect(issues.map(({ ref }) => ref.number)).toEqual(Array.from({ length: 221 }, (_, n) => n + 1));
  });

  it('tells words and links of each', async () => {
    const world = umbrellaWorld(2);
    addBlockedBy(world, 'kim', { blocked: harbor(3), blocker: harbor(2) });
    closeIssue(world, 'kim', { item: harbor(2), reason: 'not_planned' });
    const { client } = await connect(world);
    const [, second, third] = await loadIssueHistory(client, REPOSITORY);
    expect(second).toMatchObject({ ref: at(2), parent: at(1), state: 'closed', stateReason: 'not_planned' });
    expect(third).toMatchObject({ ref: at(3), parent: at(1), state: 'open', blockers: known([at(2)]) });
  });

  it('asks again for labels that do not fit the first page', async () => {
    const world = umbrellaWorld(1);
    const repository = requireRepository(world, HARBOR);
    const names = Array.from({ length: 30 }, (_, n) => `area-${String(n).padStart(2, '0')}`);
    for (const name of names) addLabel(world, repository, { name });
    setLabels(world, 'kim', { item: harbor(2), labels: names });
    const { sandbox, client } = await connect(world);
    const [, child] = await loadIssueHistory(client, REPOSITORY);
    expect(child?.labels).toEqual(names);
    expect(operationsOf(sandbox)).toHaveLength(2);
  });

  it('tells how far it is, and says when there is no such repository', async () => {
    const { client } = await connect(umbrellaWorld(11));
    const told: unknown[] = [];
    await loadIssueHistory(client, REPOSITORY, { pageSize: 10, onProgress: (progress) => told.push(progress) });
    expect(told).toEqual([
      { label: 'Reading issues', done: 10, total: 12 },
      { label: 'Reading issues', done: 12, total: 12 },
    ]);
    await expect(loadIssueHistory(client, { owner: 'octo', repo: 'nowhere' })).rejects.toMatchObject({
      code: 'not_found',
      message: 'There is no repository octo/nowhere, or you may not see it.',
    });
  });
});
