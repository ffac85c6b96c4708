import { readFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { editIssue } from '../../src/sandbox/actions/edit-issue.ts';
import { openIssue } from '../../src/sandbox/actions/open-issue.ts';
import { addCollaborator, addRepository } from '../../src/sandbox/create-world.ts';
import { startSandbox } from '../../src/sandbox/start-sandbox.ts';
import type { World } from '../../src/sandbox/world.ts';
import { HARBOR, harbor, umbrellaWorld } from '../github/umbrella-world.ts';
import { runBundle } from './run-bundle.ts';

async function run(inputs: Readonly<Record<string, string>>, world: World) {
  const sandbox = await startSandbox({ world });
  onTestFinished(() => sandbox.close());
  const step = await runBundle({ inputs: { now: '2026-03-02T09:00:00Z', ...inputs }, server: sandbox });
  return { ...step, sandbox };
}

function worldWith(body: string): World {
  const world = umbrellaWorld(2);
  editIssue(world, 'kim', { item: harbor(1), body });
  return world;
}

test('drift: text and links that agree are a go', async () => {
  const { code, outputs, annotations, summary, sandbox } = await run(
    { command: 'drift', umbrella: '#1', 'fail-on': 'unknown' },
    worldWith('- [ ] #2\n- [ ] #3'),
  );
  expect([code, outputs.decision, outputs['blocking-count'], annotations]).toEqual([0, 'go', '0', []]);
  expect(summary.trim()).toBe(
    '### octo/harbor\u200b#\u200b1: text and links say the same'.replace('harbor\u200b', 'harbor'),
  );
  expect(sandbox.requests.writes()).toEqual([]);
});

test('drift: each finding is a warning with its line and a row, and fails the step where that is asked for', async () => {
  const { code, outputs, annotations, summary } = await run(
    { command: 'drift', umbrella: '#1', 'fail-on': 'no_go' },
    worldWith('- [x] #2\n- [ ] #3'),
  );
  const headline = 'octo/harbor#1: text and links have drifted apart in one place';
  expect([code, outputs.decision, outputs.headline]).toEqual([1, 'no_go', headline]);
  expect(annotations).toEqual([
    { level: 'warning', title: 'octo/harbor#1, line 1 of its text', file: null, text: '#2 is ticked and open' },
    { level: 'error', title: null, file: null, text: headline },
  ]);
  expect(summary).toMatch(/^\| 1 \| #.2 is ticked and open \| \\\[x\\\] #.2 \| yes \|$/m);
});

test('drift: tasks of other repositories, which readers of the run may not see, are counted alone', async () => {
  const world = umbrellaWorld(2);
  const secret = addRepository(world, { owner: 'octo', name: 'secret', visibility: 'private' });
  addCollaborator(world, secret, 'kim', 'write');
  openIssue(world, 'kim', { repository: 'octo/secret', title: 'Hush' });
  editIssue(world, 'kim', { item: harbor(1), body: '- [ ] #2\n- [ ] #3\n- [ ] octo/secret#1' });
  const { outputs, summary, annotations } = await run({ command: 'drift', umbrella: '#1' }, world);
  expect(outputs['blocking-count']).toBe('1');
  expect(summary).toContain('1 more about tasks of other repositories.');
  expect(JSON.stringify([summary, annotations, readFileSync(outputs['report-json'] ?? '', 'utf8')])).not.toMatch(
    /secret/,
  );
});

test('backfill: what texts state is a table, a notice each and the report of the operation; nothing is written', async () => {
  const world = umbrellaWorld(0);
  openIssue(world, 'kim', { repository: HARBOR, title: 'Two', body: 'Parent: #1' });
  const { code, outputs, annotations, summary, sandbox } = await run({ command: 'backfill' }, world);
  expect([code, outputs.decision, outputs.headline]).toEqual([
    0,
    '',
    'octo/harbor: 1 link that the texts state is missing on GitHub, 0 more are for a person to look at',
  ]);
  expect(annotations).toEqual([
    {
      ...{ level: 'notice', title: 'octo/harbor#2', file: null },
      text: expect.stringMatching(/^The texts say that it is under octo\/harbor#1 \(.*\); GitHub has no such link\.$/),
    },
  ]);
  expect(summary).toMatch(/\| octo\/harbor#.2 \| under \| octo\/harbor#.1 \| \d\.\d\d \| Parent: #.1 \|/);
  expect(JSON.parse(readFileSync(outputs['report-json'] ?? '', 'utf8'))).toMatchObject({ issues: 2, plan: null });
  expect(sandbox.requests.writes()).toEqual([]);
});
