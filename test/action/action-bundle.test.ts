import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { addUserToken } from '../../src/sandbox/create-world.ts';
import type { Sandbox } from '../../src/sandbox/start-sandbox.ts';
import { startSandbox } from '../../src/sandbox/start-sandbox.ts';
import { harborWorld, REPOSITORY } from '../operations/harbor-world.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const ACTION = parse(readFileSync(join(ROOT, 'action.yml'), 'utf8'));

let sandbox: Sandbox;
let folder: string;

beforeEach(async () => {
  const { world } = harborWorld();
  addUserToken(world, { token: 'readers-token', login: 'kim', permissions: { issues: 'read', metadata: 'read' } });
  sandbox = await startSandbox({ world });
  folder = mkdtempSync(join(tmpdir(), 'parasol-action-'));
});

afterEach(async () => {
  await sandbox.close();
  rmSync(folder, { recursive: true });
});

/** Runs the committed bundle as a runner would: inputs and files by environment, nothing else. */
function runBundle(inputs: Readonly<Record<string, string>>, environment: Readonly<Record<string, string>> = {}) {
  const file = (name: string): string => {
    const path = join(folder, name);
    writeFileSync(path, '', { flag: 'a' });
    return path;
  };
  const defaults = { COMMAND: 'rollup', WRITE: 'false', 'GITHUB-TOKEN': 'kims-token' };
  const given = Object.entries({ ...defaults, ...inputs }).map(([name, value]) => [
    `INPUT_${name.toUpperCase()}`,
    value,
  ]);
  const env = {
    PATH: process.env.PATH,
    GITHUB_REPOSITORY: REPOSITORY,
    GITHUB_API_URL: sandbox.apiUrl,
    GITHUB_GRAPHQL_URL: sandbox.graphqlUrl,
    GITHUB_OUTPUT: file('output'),
    GITHUB_STEP_SUMMARY: file('summary'),
    ...Object.fromEntries(given),
    ...environment,
  };
  return new Promise<{ code: number; log: string; outputs: Record<string, string>; summary: string }>((resolve) => {
    execFile(process.execPath, [join(ROOT, 'action/dist/index.js')], { env }, (error, stdout) => {
      const output = readFileSync(env.GITHUB_OUTPUT, 'utf8');
      // `name<<delimiter`, value, delimiter: how a runner is told of outputs.
      const pairs = [...output.matchAll(/^([\w-]+)<<(\S+)\n([\s\S]*?)\n?\2$/gm)].map(([, name, , value]) => [
        name,
        value,
      ]);
      resolve({
        code: error === null ? 0 : Number(error.code),
        log: stdout,
        outputs: Object.fromEntries(pairs),
        summary: readFileSync(env.GITHUB_STEP_SUMMARY, 'utf8'),
      });
    });
  });
}

describe('the bundled Action', () => {
  test('publishes the rollup as outputs and summary, and writes nothing unless asked', async () => {
    const { code, outputs, summary } = await runBundle({ UMBRELLA: '#1' });
    expect({ code, outputs }).toEqual({
      code: 0,
      outputs: { decision: 'no_go', 'percent-complete': '33', 'comment-changed': 'false' },
    });
    expect(summary).toContain('1 of 3 complete');
    expect(sandbox.requests.entries.filter(({ isWrite }) => isWrite)).toEqual([]);
  });

  test('keeps the comment when asked, and says once more that nothing changed', async () => {
    const written = await runBundle({ UMBRELLA: 'P1.M1', WRITE: 'true' });
    const again = await runBundle({ UMBRELLA: '#1', WRITE: 'true' });
    expect([written.outputs['comment-changed'], again.outputs['comment-changed']]).toEqual(['true', 'false']);
  });

  test('takes the issue of the event when no umbrella is named', async () => {
    const event = join(folder, 'event.json');
    writeFileSync(event, JSON.stringify({ issue: { number: 1 } }));
    const { code, outputs } = await runBundle({}, { GITHUB_EVENT_PATH: event });
    expect({ code, percent: outputs['percent-complete'] }).toEqual({ code: 0, percent: '33' });
  });

  test('keeps summary and outputs where the comment may not be written', async () => {
    const { code, log, outputs, summary } = await runBundle({
      UMBRELLA: '#1',
      WRITE: 'true',
      'GITHUB-TOKEN': 'readers-token',
    });
    expect({ code, changed: outputs['comment-changed'] }).toEqual({ code: 0, changed: 'false' });
    expect(log).toContain('::warning::The rollup comment was not written');
    expect(summary).toContain('P1.M1');
  });

  test.each([
    [{ UMBRELLA: '#999' }, /::error::.*octo\/harbor#999/],
    [{ UMBRELLA: '#2' }, /::error::octo\/harbor#2 has no sub-issues/],
    [{}, /::error::No umbrella is named/],
    [{ UMBRELLA: '#1', COMMAND: 'dance' }, /::error::The Action has no command `dance`/],
    [{ UMBRELLA: '#1', 'GITHUB-TOKEN': 'stale' }, /::error::/],
  ])('fails its step with what is wrong and what to do: %j', async (inputs, message) => {
    const { code, log } = await runBundle(inputs);
    expect(code).toBe(1);
    expect(log).toMatch(message);
  });
});

test('action.yml names the inputs and outputs that the code uses', () => {
  const code = readFileSync(join(ROOT, 'action/run-action.ts'), 'utf8');
  const namesIn = (pattern: RegExp) => [...new Set([...code.matchAll(pattern)].map(([, name]) => name))].sort();
  expect(Object.keys(ACTION.inputs).sort()).toEqual(namesIn(/get(?:Boolean)?Input\('([\w-]+)'/g));
  expect(Object.keys(ACTION.outputs).sort()).toEqual(namesIn(/setOutput\('([\w-]+)'/g));
  expect(ACTION.runs).toEqual({ using: 'node24', main: 'action/dist/index.js' });
});
