import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { addUserToken } from '../../src/sandbox/create-world.ts';
import type { Sandbox } from '../../src/sandbox/start-sandbox.ts';
import { startSandbox } from '../../src/sandbox/start-sandbox.ts';
import { harborWorld } from '../operations/harbor-world.ts';
import { linesLeftOut } from './lines-left-out.ts';
import { runBundle, type Step } from './run-bundle.ts';

let sandbox: Sandbox;

beforeEach(async () => {
  const { world } = harborWorld();
  addUserToken(world, { token: 'readers-token', login: 'kim', permissions: { issues: 'read', metadata: 'read' } });
  sandbox = await startSandbox({ world });
});

afterEach(() => sandbox.close());

const roll = (inputs: Readonly<Record<string, string>>, more: Partial<Step> = {}) =>
  runBundle({ inputs: { command: 'rollup', ...inputs }, server: sandbox, ...more });

test('publishes the rollup as outputs, files and summary, and writes nothing unless asked', async () => {
  const { code, outputs, summary, stderr } = await roll({ umbrella: '#1' });
  const file = (name: string) => expect.stringMatching(new RegExp(`/temp/parasol-report-\\w+/${name}$`));
  expect({ code, outputs, stderr }).toEqual({
    code: 0,
    stderr: '',
    outputs: {
      decision: 'no_go',
      headline: '#1: no go, 1 of 3 complete, 3 in the way',
      'blocking-count': '3',
      'report-dir': dirname(outputs['report-json'] ?? ''),
      'report-json': file('report.json'),
      'report-markdown': file('report.md'),
      'report-html': '',
      'percent-complete': '33',
      'comment-changed': 'false',
      'check-reported': 'false',
    },
  });
  const markdown = readFileSync(outputs['report-markdown'] ?? '', 'utf8');
  expect(linesLeftOut(markdown.trim(), summary)).toEqual([]);
  expect(summary).toContain('pie showData title Tasks of #1\n    "done" : 1\n    "blocked" : 1\n    "unblocked" : 1\n');
  const report = JSON.parse(readFileSync(outputs['report-json'] ?? '', 'utf8'));
  expect([report.progress.percentComplete, report.integration.verdict]).toEqual([33, 'no_go']);
  expect(sandbox.requests.writes()).toEqual([]);
});

test('what is stuck becomes a warning with who owes it, what can start a notice', async () => {
  const { annotations } = await roll({ umbrella: '#1' });
  expect(annotations).toEqual([
    {
      ...{ level: 'warning', title: 'octo/harbor#4', file: null },
      text: 'blocked by octo/harbor#3. Next: finish octo/harbor#3, in the way of octo/harbor#4 (kim)',
    },
    {
      ...{ level: 'notice', title: 'octo/harbor#3', file: null },
      text: 'can start now. Next: start octo/harbor#3 (kim)',
    },
  ]);
});

test('keeps the comment when asked, and says once more that nothing changed', async () => {
  const written = await roll({ umbrella: 'P1.M1', comment: 'true' });
  const again = await roll({ umbrella: '#1', comment: 'true' });
  expect([written.outputs['comment-changed'], again.outputs['comment-changed']]).toEqual(['true', 'false']);
});

test('takes the issue of the event when no umbrella is named', async () => {
  const { code, outputs } = await roll({}, { event: { issue: { number: 1 } } });
  expect({ code, percent: outputs['percent-complete'] }).toEqual({ code: 0, percent: '33' });
});

test('keeps summary and outputs where the comment may not be written, and says so in one line', async () => {
  const { code, annotations, outputs, summary } = await roll({
    umbrella: '#1',
    comment: 'true',
    'github-token': 'readers-token',
  });
  expect({ code, changed: outputs['comment-changed'] }).toEqual({ code: 0, changed: 'false' });
  expect(annotations[0]).toEqual({
    level: 'warning',
    title: 'Parasol',
    file: null,
    text: expect.stringMatching(/^The comment was not written: .* Runs for forks and for Dependabot have read-only/),
  });
  expect(summary).toContain('P1.M1');
  expect(summary).toMatch(/^> \[!NOTE\]\n> The comment was not written/);
});

test.each([
  [{ umbrella: '#999' }, /octo\/harbor#999/],
  [{ umbrella: '#2' }, /octo\/harbor#2 has no sub-issues/],
  [{}, /No umbrella is named/],
  [{ umbrella: '#1', 'github-token': 'stale' }, /./],
])('fails its step with what is wrong and what to do: %j', async (inputs, message) => {
  const { code, annotations } = await roll(inputs);
  expect([code, annotations.map(({ level }) => level)]).toEqual([1, ['error']]);
  expect(annotations[0]?.text).toMatch(message);
});
