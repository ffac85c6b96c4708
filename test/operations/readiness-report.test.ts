import { describe, expect, test } from 'vitest';
import { readinessReport } from '../../src/operations/readiness-report.ts';
import { reportCheckRun } from '../../src/sandbox/actions/report-checks.ts';
import type { World } from '../../src/sandbox/world.ts';
import { headOfMain, NOW, readinessWorld, repositoryOf } from '../github/readiness-world.ts';
import { ALL_PERMISSIONS, addAppToken, connect, HARBOR } from '../github/umbrella-world.ts';

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

  const without = async (permission: string, world: World) => {
    const granted = Object.entries(ALL_PERMISSIONS).filter(([name]) => name !== permission);
    addAppToken(world, 'app-token', Object.fromEntries(granted));
    const { context } = await reach(world, 'app-token');
    return context;
  };

  test.each(['since:60d', 'milestone:Harbor 3.1'])(
    'is no go over %s without its tasks, though scope integrity only informs: what speaks for them is unknown',
    async (scope) => {
      const world = readinessWorld();
      repositoryOf(world).files.set(
        '.github/parasol.yml',
        'readiness: { criteria: { scope_integrity: informing, base_ci: informing } }\n',
      );
      const context = await without('issues', world);
      const { verdict, criteria } = await readinessReport.run(context, { scope, audience: 'viewer' });
      expect(verdict).toMatchObject({
        decision: 'unknown',
        unknown: expect.arrayContaining(['completion', 'integration_outcomes', 'dependencies']),
        smallest_fix: { text: expect.stringContaining('issues: read') },
      });
      expect(criteria.find(({ id }) => id === 'dependencies')?.reason).not.toBe('nothing is blocked');
    },
  );

  test('is a no-go where the base fails, though the scope could not be read', async () => {
    const world = readinessWorld();
    const sha = headOfMain(world);
    reportCheckRun(world, 'ravi', { repository: HARBOR, sha, name: 'lint', conclusion: 'failure' });
    const context = await without('issues', world);
    const { verdict } = await readinessReport.run(context, { scope: 'milestone:Harbor 3.1', audience: 'viewer' });
    expect(verdict).toMatchObject({ decision: 'no_go', headline: 'No-go: Base CI (1)', blocking: ['base_ci'] });
  });

  test('misses a check that GitHub requires and that never ran on the base', async () => {
    const world = readinessWorld();
    repositoryOf(world).rules.set('main', { checks: ['test', 'sea-trial'], approvals: 0 });
    const { context } = await reach(world);
    const { criteria, findings } = await readinessReport.run(context, { scope: '#1', audience: 'viewer' });
    expect(criteria.find(({ id }) => id === 'base_ci')).toMatchObject({ outcome: 'unknown', weight: 'blocking' });
    expect(findings.filter(({ criterion }) => criterion === 'base_ci').map(({ why }) => why)).toEqual([
      'GitHub requires sea-trial, and none of the newest commits of main has a run of it',
    ]);
  });

  test('writes nothing', async () => {
    const { context, sandbox } = await reach();
    await readinessReport.run(context, { audience: 'umbrella_readers' });
    expect(sandbox.requests.writes()).toEqual([]);
  });
});
