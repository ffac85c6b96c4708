import { readFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { renderTodayMarkdown } from '../../src/core/readiness/today/render-today-markdown.ts';
import { connectWithToken } from '../../src/github/connect-with-token.ts';
import { today } from '../../src/operations/today.ts';
import { startSandbox } from '../../src/sandbox/start-sandbox.ts';
import { harborWorld } from '../operations/harbor-world.ts';
import { harborOnGit } from './harbor-on-git.ts';
import { runBundle } from './run-bundle.ts';

const NOW = '2026-03-02T09:00:00Z';

test('the list is that of the operation, an annotation for each of its lines, and nothing is decided', async () => {
  const { world } = harborWorld();
  const sandbox = await startSandbox({ world });
  onTestFinished(() => sandbox.close());
  const { apiUrl, graphqlUrl } = sandbox;
  const github = connectWithToken({ token: 'kims-token', apiUrl, graphqlUrl, pace: 'sandbox' });
  const context = { github, now: () => NOW, defaultRepository: { owner: 'octo', repo: 'harbor' } };
  const list = await today.run(context, { audience: 'umbrella_readers' });
  const run = await runBundle({ inputs: { command: 'today', now: NOW, clone: 'none' }, server: sandbox });
  expect(JSON.parse(readFileSync(run.outputs['report-json'] ?? '', 'utf8'))).toEqual(list);
  expect(readFileSync(run.outputs['report-markdown'] ?? '', 'utf8')).toContain(renderTodayMarkdown(list).trim());
  expect(list.lines.length).toBeGreaterThan(0);
  expect(run.annotations.map(({ text }) => text)).toEqual(
    list.lines.map(({ why, action, actor }) => `${why}. Next: ${action.text} (${actor.name})`),
  );
  expect([run.code, run.outputs.decision, run.outputs.headline]).toEqual([
    0,
    '',
    expect.stringMatching(/^\d+ things? waits? for somebody today$/),
  ]);
});

test('which pull requests collide is told by trial merges in a clone of its own, without any issue', async () => {
  const { server, git } = await harborOnGit();
  const { outputs } = await runBundle({ inputs: { command: 'today', now: NOW }, server });
  const { lines, remarks } = JSON.parse(readFileSync(outputs['report-json'] ?? '', 'utf8'));
  expect(git.seen.taken).toBeGreaterThan(0);
  expect(remarks).toEqual([]);
  expect(lines.map(({ kind, why }: Record<string, string>) => [kind, why])).toContainEqual([
    'conflict',
    'it conflicts with octo/harbor#1 in src/a.ts (verified)',
  ]);
});

test('it comes to no decision that could fail a step', async () => {
  const { server } = await harborOnGit();
  const { code, log } = await runBundle({ inputs: { command: 'today', 'fail-on': 'no_go' }, server });
  expect([code, log]).toEqual([1, expect.stringContaining('means nothing to `command: today`')]);
});
