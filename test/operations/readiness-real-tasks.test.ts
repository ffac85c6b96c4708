import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { connectWithToken } from '../../src/github/connect-with-token.ts';
import { readinessReport } from '../../src/operations/readiness-report.ts';
import { addUserToken } from '../../src/sandbox/create-world.ts';
import { loadWorld } from '../../src/sandbox/load-world.ts';
import { startSandbox } from '../../src/sandbox/start-sandbox.ts';

const FOLDER = join(import.meta.dirname, '../../../shared/data/tasks');
const isPresent = existsSync(FOLDER);
if (!isPresent) console.warn('skipped: the task files are not in ../shared/data/tasks');

async function reportOn(file: string, scope: string) {
  const world = await loadWorld(join(FOLDER, file));
  const [repository] = world.repositories.values();
  if (repository === undefined) throw new Error(`${file} holds no repository`);
  const { owner, name: repo } = repository;
  addUserToken(world, { token: 'the-token', login: owner });
  const sandbox = await startSandbox({ world });
  onTestFinished(() => sandbox.close());
  const { apiUrl, graphqlUrl } = sandbox;
  const github = connectWithToken({ token: 'the-token', apiUrl, graphqlUrl, pace: 'sandbox' });
  const context = { github, defaultRepository: { owner, repo }, now: () => world.now() };
  return readinessReport.run(context, { scope, audience: 'viewer' });
}

describe.skipIf(!isPresent)('the recorded tasks of a real project', () => {
  test.each([
    ['beads.jsonl.gz', 2657],
    ['backlog-md.jsonl.gz', 647],
  ])('%s reports whole, and nothing of it is unknown', { timeout: 60_000 }, async (file, tasks) => {
    const { scope, verdict, criteria, findings, metrics } = await reportOn(file, 'query:is:issue');
    expect({ tasks: scope.tasks, decision: verdict.decision }).toEqual({ tasks, decision: 'no_go' });
    expect(Object.values(metrics.states).reduce((sum, count) => sum + count, 0)).toBe(tasks);
    expect({
      criteria: criteria.filter(({ outcome }) => outcome === 'unknown'),
      findings: findings.filter(({ effect }) => effect === 'unknown'),
      states: metrics.states.unknown ?? 0,
    }).toEqual({ criteria: [], findings: [], states: 0 });
  });
});
