import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CATALOG } from '../../src/operations/catalog.ts';
import { toolName } from '../../src/surfaces/mcp/build-mcp-server.ts';
import { type BundledCli, bundleCli } from './bundle-cli.ts';

const HARBOR = join(import.meta.dirname, '..', '..', 'fixtures', 'worlds', 'harbor.yml');
const run = promisify(execFile);

/** A process that hangs is ended by force, and fails its test. */
const PATIENCE = { timeout: 20_000, killSignal: 'SIGKILL' } as const;

let cli: BundledCli;

beforeAll(async () => {
  cli = await bundleCli();
});

afterAll(() => cli.remove());

describe('the parasol binary', () => {
  test('prints its help and ends', async () => {
    const { stdout, stderr } = await run(process.execPath, [cli.path, '--help']);
    expect(stdout).toContain('Usage: parasol');
    expect(stderr).toBe('');
  });

  test('lists the umbrellas of a world, lets go of the sandbox, and ends', async () => {
    const { stdout } = await run(process.execPath, [cli.path, 'umbrella', 'list', '--world', HARBOR, '--json']);
    expect(JSON.parse(stdout)).toContainEqual(expect.objectContaining({ plannedId: 'P3.M2.T4' }));
  });

  test('ends in peace when its reader has seen enough', async () => {
    const command = `"${process.execPath}" "${cli.path}" umbrella show P3.M1 --world "${HARBOR}" | head -n 1`;
    const { stdout, stderr } = await run('bash', ['-o', 'pipefail', '-c', command]);
    expect(stdout).toContain('P3.M1');
    expect(stderr).toBe('');
  });

  test('ends with the exit code of the failure', async () => {
    const attempt = run(process.execPath, [cli.path, 'umbrella', 'show', '999', '--world', HARBOR]);
    await expect(attempt).rejects.toMatchObject({ code: 3, stdout: '', stderr: expect.stringContaining('#999') });
  });

  test.each([
    ['--repo', 'garbage'],
    ['--now', 'garbage'],
  ])('ends when %s is wrong', async (option, value) => {
    const attempt = run(process.execPath, [cli.path, 'umbrella', 'list', '--world', HARBOR, option, value], PATIENCE);
    await expect(attempt).rejects.toMatchObject({ code: 3, stderr: expect.stringContaining(value) });
  });

  test('ends when the port of the demo is taken, and says so', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const attempt = run(process.execPath, [cli.path, 'demo', '--port', String(port)], PATIENCE);
    await expect(attempt).rejects.toMatchObject({ code: 3, stderr: expect.stringContaining(`Port ${port} is taken.`) });
    taken.close();
  });

  test('ends the demo within a second of Ctrl-C while a page looks at it', async () => {
    const demo = spawn(process.execPath, [cli.path, 'demo'], { stdio: ['ignore', 'pipe', 'ignore'] });
    const [said] = await once(demo.stdout, 'data');
    const watching = await fetch(`${/http:\S+/.exec(String(said))?.[0]}/live`);
    await watching.body?.getReader().read();
    const stoppedAt = Date.now();
    demo.stdout.on('data', (text) => {
      if (String(text).includes('Stopped.')) closedAt = Date.now();
    });
    let closedAt = stoppedAt;
    demo.kill('SIGINT');
    const [code] = await once(demo, 'exit');
    expect(code).toBe(0);
    expect(Date.now() - closedAt).toBeLessThan(1000);
  });

  test('serves MCP on stdio to a real client', async () => {
    const transport = new StdioClientTransport({
      command: process.execPath,
      args: [cli.path, 'mcp', '--world', HARBOR],
      stderr: 'ignore',
    });
    const client = new Client({ name: 'test', version: '0.0.0' });
    await client.connect(transport);
    const { tools } = await client.listTools();
    const shown = await client.callTool({ name: 'umbrella_show', arguments: { ref: 'P3.M2.T4' } });
    await client.close();
    expect(tools.map(({ name }) => name)).toEqual(CATALOG.map(toolName));
    expect(shown.structuredContent).toMatchObject({ umbrella: { plannedId: 'P3.M2.T4' } });
  });
});
