import { describe, expect, test } from 'vitest';
import { readinessReport } from '../../src/operations/readiness-report.ts';
import { NOW, readinessWorld } from '../github/readiness-world.ts';
import { ALL_PERMISSIONS, addAppToken, connect } from '../github/umbrella-world.ts';

async function reach(world = readinessWorld(), token = 'kims-token') {
  const { client, sandbox } = await connect(world, { token });
  const context = { github: client, now: () => NOW, defaultRepository: { owner: 'octo', repo: 'harbor' } };
  return { context, sandbox };
}

describe('the report', () => {
  test('is of the scope that was asked for, under the configuration in force', async () => {
    const { context } = await reach();
    const report = await readinessReport.run(context, { scope: 'milestone:Harbor 3.1', audience: 'viewer' });
    expect(report).toMatchObject({
      schema: 'readiness/v1',
      generated_at: NOW,
      repository: 'octo/harbor',
      scope: { selector: 'milestone:Harbor 3.1', base_branch: 'main', tasks: 2, pull_requests: 2 },
      policy: { source: 'defaults' },
      diff: null,
    });
    expect(readinessReport.output.parse(report)).toEqual(report);
  });

  test('looks where an umbrella that is named in full is', async () => {
    const { context } = await reach();
    const elsewhere = { ...context, defaultRepository: { owner: 'octo', repo: 'docks' } };
    const { repository } = await readinessReport.run(elsewhere, {
      scope: 'umbrella:octo/harbor#1',
      audience: 'viewer',
    });
    expect(repository).toBe('octo/harbor');
  });

  test('tells what changed since an earlier one, and refuses what is none', async () => {
    const { context } = await reach();
    const asked = { scope: '#1', audience: 'viewer' } as const;
    const before = await readinessReport.run(context, asked);
    const { diff } = await readinessReport.run(context, { ...asked, previous: JSON.stringify(before) });
    expect(diff).toMatchObject({ since: NOW, appeared: [], resolved: [], criteria: [] });
    const wrong = readinessReport.run(context, { ...asked, previous: '{"schema":"x"}', previousName: 'old.json' });
    await expect(wrong).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining('old.json is no report'),
    });
    const broken = readinessReport.run(context, { ...asked, previous: '{' });
    await expect(broken).rejects.toMatchObject({ code: 'usage', message: 'the earlier report is not JSON.' });
  });

  test.each([
    ['issues', 'since:60d'],
    ['pull_requests', 'since:60d'],
    ['checks', 'since:60d'],
    ['contents', 'label:nothing has it'],
    ['issues', 'milestone:Harbor 3.1'],
  ])('is unknown without the permission %s, and names it', async (permission, scope) => {
    const world = readinessWorld();
    const granted = Object.entries(ALL_PERMISSIONS).filter(([name]) => name !== permission);
    addAppToken(world, 'app-token', Object.fromEntries(granted));
    const { context } = await reach(world, 'app-token');
    const { verdict, findings } = await readinessReport.run(context, { scope, audience: 'viewer' });
    const asked = findings.filter(({ effect, why }) => effect === 'unknown' && why.includes(`${permission}: read`));
    expect([verdict.decision, verdict.headline, asked.length > 0]).toEqual([
      'unknown',
      expect.stringMatching(/^Unknown, nobody can tell: /),
      true,
    ]);
  });

  test('writes nothing', async () => {
    const { context, sandbox } = await reach();
    await readinessReport.run(context, { audience: 'umbrella_readers' });
    expect(sandbox.requests.writes()).toEqual([]);
  });
});
