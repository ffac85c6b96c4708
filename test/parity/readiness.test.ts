import { readFileSync } from 'node:fs';
import { Client, InMemoryTransport } from '@modelcontextprotocol/client';
import { expect, onTestFinished, test } from 'vitest';
import { reportSchema } from '../../src/core/readiness/report-schema.ts';
import { connectWithToken } from '../../src/github/connect-with-token.ts';
import type { OperationContext } from '../../src/operations/operation.ts';
import { addUserToken } from '../../src/sandbox/create-world.ts';
import { loadWorld } from '../../src/sandbox/load-world.ts';
import { startSandbox } from '../../src/sandbox/start-sandbox.ts';
import { operationsApi } from '../../src/surfaces/api/operations-api.ts';
import { worldClones } from '../../src/surfaces/cli/world-clones.ts';
import { buildMcpServer } from '../../src/surfaces/mcp/build-mcp-server.ts';
import { runBundle } from '../action/run-bundle.ts';
import { captureRun } from '../surfaces/cli/captured-run.ts';

const NOW = '2026-03-20T12:00:00Z';

async function harbor() {
  const world = await loadWorld('fixtures/worlds/harbor.yml');
  addUserToken(world, { token: 'kims-token', login: 'kim' });
  const sandbox = await startSandbox({ world });
  onTestFinished(() => sandbox.close());
  return sandbox;
}

function contextOf({ apiUrl }: { readonly apiUrl: string }): OperationContext {
  const github = connectWithToken({ token: 'kims-token', apiUrl, pace: 'sandbox' });
  return { github, now: () => NOW, defaultRepository: { owner: 'tidewater', repo: 'harbor' } };
}

const failed = (error: unknown): never => {
  throw error;
};

async function overMcp(context: OperationContext, name: string, input: Record<string, string>): Promise<unknown> {
  const [ours, theirs] = InMemoryTransport.createLinkedPair();
  await buildMcpServer({ context, version: '0.0.0', onBug: failed }).connect(theirs);
  const client = new Client({ name: 'test', version: '0.0.0' });
  await client.connect(ours);
  const { structuredContent } = await client.callTool({ name, arguments: input });
  await client.close();
  return structuredContent;
}

async function overHttp(context: OperationContext, name: string, input: Record<string, string>): Promise<unknown> {
  const api = operationsApi({ secret: 'shared', contextFor: () => context, onBug: failed });
  const response = await api.request(`/api/v1/operations/${name}`, {
    method: 'POST',
    body: JSON.stringify(input),
    headers: { authorization: 'Bearer shared', 'content-type': 'application/json' },
  });
  return response.json();
}

test.each(['milestone:Harbor 3.1', 'umbrella:#1', 'since:60d'])(
  'the report on %s is the same from the command line, MCP and HTTP',
  async (scope) => {
    const sandbox = await harbor();
    const argv = ['readiness', 'report', scope, '--json', '--repo', 'tidewater/harbor', '--now', NOW];
    const env = { GITHUB_API_URL: sandbox.apiUrl, GITHUB_TOKEN: 'kims-token' };
    const { stdout, exitCode } = await captureRun(argv, { env });
    const report = reportSchema.parse(JSON.parse(stdout));
    expect(report.verdict.decision).toBe('no_go');
    expect(exitCode).toBe(1);
    expect(await overMcp(contextOf(sandbox), 'readiness_report', { scope })).toEqual(report);
    expect(await overHttp(contextOf(sandbox), 'readiness.report', { scope })).toEqual(report);
  },
);

test('the list of today is the same from the command line, MCP, HTTP and the Action', async () => {
  const sandbox = await harbor();
  const env = { GITHUB_API_URL: sandbox.apiUrl, GITHUB_TOKEN: 'kims-token' };
  const argv = ['today', '--json', '--repo', 'tidewater/harbor', '--now', NOW, '--audience', 'umbrella_readers'];
  const { stdout } = await captureRun(argv, { env });
  const list = JSON.parse(stdout);
  expect(list).toMatchObject({ repository: 'tidewater/harbor', now: NOW });
  expect(list.lines.length).toBeGreaterThan(0);
  const asked = { audience: 'umbrella_readers' };
  expect(await overMcp(contextOf(sandbox), 'today', asked)).toEqual(list);
  expect(await overHttp(contextOf(sandbox), 'today', asked)).toEqual(list);
  const { outputs } = await runBundle({
    inputs: { command: 'today', now: NOW, clone: 'none' },
    server: sandbox,
    repository: 'tidewater/harbor',
  });
  expect(JSON.parse(readFileSync(outputs['report-json'] ?? '', 'utf8'))).toEqual(list);
});

/**
 * Of what the run of a workflow tells, the time is all that may differ (GitHub's own clock is the same for both), and how
 * each is given a clone.
 */
test.each(['milestone:Harbor 3.1', 'umbrella:#1', 'since:60d'])(
  'the report on %s is the same from the Action, for those who may see as much',
  async (scope) => {
    const sandbox = await harbor();
    const { outputs } = await runBundle({
      inputs: { scope, now: NOW, clone: 'none' },
      server: sandbox,
      repository: 'tidewater/harbor',
    });
    const report = reportSchema.parse(JSON.parse(readFileSync(outputs['report-json'] ?? '', 'utf8')));
    const argv = ['readiness', 'report', scope, '--json', '--repo', 'tidewater/harbor', '--now', NOW];
    const env = { GITHUB_API_URL: sandbox.apiUrl, GITHUB_TOKEN: 'kims-token' };
    const { stdout } = await captureRun(argv, { env });
    const told = stdout.replaceAll('give a clone: parasol readiness report --repo PATH', 'leave `clone: none` out');
    expect([told === stdout, report]).toEqual([false, JSON.parse(told)]);
  },
);

/** The Action fetches its own; the command line is given one of the same branches, as a checkout would have them. */
test('with a clone at hand the Action and the command line tell the same of what git knows', async () => {
  const sandbox = await harbor();
  const clones = worldClones(sandbox.url, 'kims-token');
  onTestFinished(() => clones.close());
  const clone = await clones.fetch({ owner: 'tidewater', repo: 'harbor' }, ['main']);
  if (!clone.known) throw new Error(clone.gap.what);
  const { outputs } = await runBundle({
    inputs: { scope: 'since:60d', now: NOW },
    server: { ...sandbox, serverUrl: sandbox.url },
    repository: 'tidewater/harbor',
  });
  const report = reportSchema.parse(JSON.parse(readFileSync(outputs['report-json'] ?? '', 'utf8')));
  const argv = ['readiness', 'report', 'since:60d', '--json', '--repo', clone.value, '--now', NOW];
  const env = {
    ...{ GITHUB_API_URL: sandbox.apiUrl, GITHUB_TOKEN: 'kims-token', GITHUB_REPOSITORY: 'tidewater/harbor' },
  };
  const { stdout } = await captureRun(argv, { env });
  const told = reportSchema.parse(JSON.parse(stdout));
  expect(report).toEqual({ ...told, generated_at: expect.any(String) });
  expect(told.coverage.find(({ source }) => source === 'git history')).toMatchObject({ state: 'ok' });
});
