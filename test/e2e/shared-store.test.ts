import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { addSubIssue } from '../../src/sandbox/actions/link-sub-issue.ts';
import { openIssue } from '../../src/sandbox/actions/open-issue.ts';
import { itemOf, KEY, type SandboxedUmbrella, startSandboxedUmbrella } from '../operations/sandboxed-umbrella.ts';
import { describeOnPostgresql } from '../store/on-both-stores.ts';
import { prepareFolder } from '../store/prepare-folder.ts';
import { type BundledCli, bundleCli } from './bundle-cli.ts';

const run = promisify(execFile);
const NOW = '2026-03-02T09:00:00Z';
const LONG = 240_000;

const answerSchema = z.object({
  claim: z.object({ task: z.object({ number: z.int() }), token: z.int() }).nullable(),
  retryAt: z.string().nullable(),
});
type Answer = z.output<typeof answerSchema>;

let cli: BundledCli;
let harbor: SandboxedUmbrella;
let folder: string;
const children: ChildProcess[] = [];

beforeAll(async () => {
  cli = await bundleCli();
});

afterAll(() => cli.remove());

beforeEach(async () => {
  harbor = await startSandboxedUmbrella();
  for (let number = 4; number <= 21; number += 1) {
    const child = openIssue(harbor.world, 'kim', { repository: KEY, title: `Pile ${number}` });
    addSubIssue(harbor.world, 'kim', { parent: itemOf(harbor.umbrella), child: itemOf(child) });
  }
  folder = mkdtempSync(join(tmpdir(), 'parasol-shared-'));
});

afterEach(async () => {
  const ended = children.map((child) => (child.exitCode ?? child.signalCode) === null && once(child, 'exit'));
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await Promise.all(ended);
  await harbor.sandbox.close();
  rmSync(folder, { recursive: true });
});

const environment = (more: Record<string, string>) => ({
  PATH: process.env.PATH ?? '',
  GITHUB_API_URL: harbor.sandbox.apiUrl,
  GITHUB_GRAPHQL_URL: harbor.sandbox.graphqlUrl,
  GITHUB_TOKEN: 'kims-token',
  GITHUB_REPOSITORY: KEY,
  ...more,
});

async function claim(agent: string, env: Record<string, string>): Promise<Answer> {
  const argv = [cli.path, 'work', 'claim', '#1', '--agent', agent, '--now', NOW, '--json'];
  const { stdout } = await run(process.execPath, argv, { env: environment(env) });
  return answerSchema.parse(JSON.parse(stdout));
}

async function claimAll(env: Record<string, string>): Promise<readonly Answer[]> {
  return Promise.all(Array.from({ length: 21 }, (_, index) => claim(`a${index}`, env)));
}

function expectTwentyTasks(answers: readonly Answer[]): void {
  const numbers = answers.flatMap((one) => (one.claim === null ? [] : [one.claim.task.number]));
  expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, index) => index + 2));
  expect(answers.filter((one) => one.claim === null)).toEqual([{ claim: null, retryAt: '2026-03-02T09:30:00Z' }]);
}

async function startServe(): Promise<ChildProcess> {
  const child = spawn(process.execPath, [cli.path, 'serve'], {
    env: environment({ PARASOL_DATA: folder }),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  children.push(child);
  const [said] = await once(child.stderr, 'data');
  expect(String(said)).toMatch(/^Parasol holds .* and takes operations for others at http:\/\/127\.0\.0\.1:\d+/);
  return child;
}

describeOnPostgresql('21 processes on one PostgreSQL', (url) => {
  test('get 20 distinct tasks, and the last is told when to ask again', { timeout: LONG }, async () => {
    expectTwentyTasks(await claimAll({ DATABASE_URL: url() }));
  });
});

describe('a folder that `parasol serve` holds', () => {
  let prepared: string;

  beforeAll(async () => {
    prepared = await prepareFolder();
  }, 120_000);

  beforeEach(() => cpSync(prepared, folder, { recursive: true }));
  afterAll(() => rmSync(prepared, { recursive: true }));

  test('is shared by 21 processes, which get 20 distinct tasks, and let go of in the end', {
    timeout: LONG,
  }, async () => {
    const server = await startServe();
    expectTwentyTasks(await claimAll({ PARASOL_DATA: folder }));
    server.kill('SIGTERM');
    const [code] = await once(server, 'exit');
    expect(code).toBe(0);
    // The same store, opened by the command itself.
    expect(await claim('late', { PARASOL_DATA: folder })).toEqual({ claim: null, retryAt: '2026-03-02T09:30:00Z' });
  });

  test('is used by an agent over MCP, and failures come through as they are', { timeout: LONG }, async () => {
    await startServe();
    const transport = new StdioClientTransport({
      command: process.execPath,
      args: [cli.path, 'mcp'],
      env: environment({ PARASOL_DATA: folder }),
      stderr: 'ignore',
    });
    const client = new Client({ name: 'test', version: '0.0.0' });
    await client.connect(transport);
    const claimed = await client.callTool({ name: 'work_claim', arguments: { umbrella: '#1', agent: 'm1' } });
    const holder = { task: '#2', agent: 'm1', token: 7 };
    const refused = await client.callTool({ name: 'work_release', arguments: holder });
    await client.close();
    expect(claimed.structuredContent).toMatchObject({ claim: { task: { number: 2 }, agent: 'm1', token: 1 } });
    expect(JSON.stringify(refused.content)).toContain('claim_refused');
  });

  test('is refused to a second server, which is told who holds it', { timeout: LONG }, async () => {
    const server = await startServe();
    const second = run(process.execPath, [cli.path, 'serve'], { env: environment({ PARASOL_DATA: folder }) });
    await expect(second).rejects.toMatchObject({
      code: 3,
      stderr: expect.stringContaining(`Process ${server.pid} (\`parasol serve\`)`),
    });
  });
});
