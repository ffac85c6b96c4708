import { expect, test } from 'vitest';
import {
  type AnsweredReport,
  endAnsweredReport,
  forgetAnsweredReport,
  loadAnsweredReports,
  noteAnsweredReport,
} from '../../src/store/answered-reports.ts';
import { describeOnBothStores } from './on-both-stores.ts';

const report: AnsweredReport = {
  on: { owner: 'octo', repo: 'harbor', number: 7 },
  scope: 'label:beacon',
  branch: 'Main',
  sha: 'abc1234',
  expiresAt: '2026-03-03T09:00:00Z',
  isOver: false,
};
const other: AnsweredReport = { ...report, scope: 'since:30d', sha: null, expiresAt: null };
const [EARLY, LATE] = ['2026-03-02T09:00:00Z', '2026-03-02T10:00:00Z'];

describeOnBothStores('reports that were answered', (store) => {
  test('come back as they were put down, the latest last', async () => {
    await noteAnsweredReport(store(), { report: other, at: LATE });
    await noteAnsweredReport(store(), { report, at: EARLY });
    expect(await loadAnsweredReports(store(), 10)).toEqual([report, other]);
    expect(await loadAnsweredReports(store(), 1)).toEqual([other]);
    expect(await loadAnsweredReports({ ...store(), origin: 'ghe.example.com' }, 10)).toEqual([]);
  });

  test('are one for each place and scope, however these are written', async () => {
    await noteAnsweredReport(store(), { report, at: EARLY });
    const again = { ...report, on: { ...report.on, owner: 'Octo' }, scope: 'LABEL:beacon', sha: 'def5678' };
    await noteAnsweredReport(store(), { report: again, at: LATE });
    expect(await loadAnsweredReports(store(), 10)).toEqual([{ ...report, scope: 'LABEL:beacon', sha: 'def5678' }]);
  });

  test('end and are forgotten one by one, and stand anew when they are written anew', async () => {
    for (const one of [report, other]) await noteAnsweredReport(store(), { report: one, at: EARLY });
    await endAnsweredReport(store(), report);
    await forgetAnsweredReport(store(), other);
    expect(await loadAnsweredReports(store(), 10)).toEqual([{ ...report, isOver: true }]);
    await noteAnsweredReport(store(), { report, at: LATE });
    expect(await loadAnsweredReports(store(), 10)).toEqual([report]);
  });
});
