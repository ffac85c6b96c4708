import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { addBlockedBy } from '../../src/sandbox/actions/block-issue.ts';
import { editPullRequest } from '../../src/sandbox/actions/edit-pull-request.ts';
import { addSubIssue } from '../../src/sandbox/actions/link-sub-issue.ts';
import { openIssue } from '../../src/sandbox/actions/open-issue.ts';
import { openPullRequest } from '../../src/sandbox/actions/open-pull-request.ts';
import { addCollaborator, addRepository } from '../../src/sandbox/create-world.ts';
import { startSandbox } from '../../src/sandbox/start-sandbox.ts';
import { harborWorld, item, REPOSITORY } from '../operations/harbor-world.ts';
import { harborOnGit } from './harbor-on-git.ts';
import { runBundle } from './run-bundle.ts';

const risk = { command: 'risk', now: '2026-03-03' };

test('the order and the conflicts are verified in a clone that the Action fetches for itself', async () => {
  const { server, sandbox, git } = await harborOnGit();
  const run = await runBundle({ inputs: risk, server });
  expect([run.code, run.stderr, git.seen.refused]).toEqual([0, '', 0]);
  expect(run.outputs).toMatchObject({
    decision: '',
    headline: '7 open pull requests into main: 2 verified conflicts, 0 likely',
    'conflict-count': '2',
  });
  expect(run.summary).toContain('```mermaid\ngraph LR\n    p1["#1"] --- p2["#2"]\n');
  expect(run.summary).toContain('| #1 × #2 | <code>src/a.ts</code> line 9 | verified |');
  expect(run.summary).toContain('| 6 | #2 Change 2 | merges after something that it conflicts with | #1 |');
  expect(sandbox.requests.writes()).toEqual([]);
});

test('a conflict is a warning at its file, and one of the pull request at hand comes first', async () => {
  const { server } = await harborOnGit();
  const event = { pull_request: { number: 5, head: { sha: 'a'.repeat(40) } } };
  const { annotations } = await runBundle({ inputs: risk, server, event });
  expect(annotations).toEqual([
    {
      ...{ level: 'warning', title: '#2 and #5 conflict', file: 'src/a.ts' },
      text: 'Verified by a trial merge, in src/a.ts',
    },
    {
      ...{ level: 'warning', title: '#1 and #2 conflict', file: 'src/a.ts' },
      text: 'Verified by a trial merge, in src/a.ts',
    },
  ]);
});

test('a rollup names what a trial merge found, and nothing is fetched for it where risk is off', async () => {
  const { world, sandbox, server, git } = await harborOnGit();
  const at = (number: number) => ({ repository: 'octo/harbor', number });
  const umbrella = openIssue(world, 'kim', { repository: 'octo/harbor', title: 'Harbour' });
  const task = openIssue(world, 'kim', { repository: 'octo/harbor', title: 'Gate' });
  addSubIssue(world, 'kim', { parent: at(umbrella.number), child: at(task.number) });
  editPullRequest(world, 'ravi', { item: at(2), body: `Closes #${task.number}` });
  const files = world.repositories.get('octo/harbor')?.files;
  const roll = async (mode: string) => {
    files?.set('.github/parasol.yml', `version: 1\nrisk: { mode: ${mode} }\n`);
    const { code, summary } = await runBundle({
      inputs: { command: 'rollup', umbrella: `#${umbrella.number}`, now: '2026-03-03' },
      server,
    });
    return { code, conflicts: /⚠ [^|·]*/.exec(summary.replaceAll('\u200b', ''))?.[0].trim() };
  };
  expect(await roll('off')).toEqual({ code: 0, conflicts: undefined });
  expect(git.seen).toEqual({ refused: 0, taken: 0 });
  expect(await roll('observe')).toEqual({ code: 0, conflicts: '⚠ conflicts with #1, #5 (verified)' });
  expect(sandbox.requests.writes()).toEqual([]);
});

test('nothing is written to the workspace, the clone goes, and the report stays', async () => {
  const { server } = await harborOnGit();
  const { workspace, temporaryFolder, outputs } = await runBundle({ inputs: risk, server });
  expect(readdirSync(workspace)).toEqual([]);
  const [report = '', ...others] = readdirSync(temporaryFolder);
  expect([join(temporaryFolder, report), others]).toEqual([outputs['report-dir'], []]);
  expect(readdirSync(outputs['report-dir'] ?? '').sort()).toEqual([
    'matrix.json',
    'matrix.svg',
    'report.json',
    'report.md',
  ]);
  const { places } = JSON.parse(readFileSync(outputs['report-json'] ?? '', 'utf8'));
  expect(places).toHaveLength(7);
});

test('where git cannot be reached, everything is estimated, and it is said why', async () => {
  const { server } = await harborOnGit();
  const run = await runBundle({ inputs: risk, server: { ...server, serverUrl: 'http://127.0.0.1:9' } });
  expect(run.outputs.headline).toBe('7 open pull requests into main: 0 verified conflicts, 1 likely');
  expect(run.summary).toMatch(/^> \[!NOTE\]\n> Not verified in a clone: git could not fetch octo\/harbor \(/);
  expect(run.summary).toContain('p1["#1"] -.- p2["#2"]');
  expect(run.annotations.map(({ level, title }) => [level, title])).toEqual([
    ['warning', 'Parasol'],
    ['notice', '#1 and #2 may conflict'],
  ]);
});

test('clone: none fetches nothing', async () => {
  const { server, git } = await harborOnGit();
  const { code, outputs } = await runBundle({ inputs: { ...risk, clone: 'none' }, server });
  expect([code, outputs['conflict-count'], git.seen]).toEqual([0, '1', { refused: 0, taken: 0 }]);
});

test('the report goes into the folder that was asked for, from the workspace', async () => {
  const { server } = await harborOnGit();
  const inputs = { ...risk, clone: 'none', 'report-dir': 'out/risk' };
  const { workspace, outputs } = await runBundle({ inputs, server });
  expect(outputs['report-json']).toBe(join(workspace, 'out', 'risk', 'report.json'));
  expect(readFileSync(join(workspace, 'out/risk/report.md'), 'utf8')).toMatch(/^### 7 open pull requests/);
});

test('a task of another repository that keeps one waiting is counted, not named', async () => {
  const { world } = harborWorld();
  const secret = addRepository(world, { owner: 'octo', name: 'secret', visibility: 'private' });
  addCollaborator(world, secret, 'kim', 'write');
  openIssue(world, 'kim', { repository: 'octo/secret', title: 'Hush' });
  addBlockedBy(world, 'kim', { blocked: item(4), blocker: { repository: 'octo/secret', number: 1 } });
  openPullRequest(world, 'ravi', { repository: REPOSITORY, title: 'Tell them', body: 'Closes #4', branch: 'tell' });
  const sandbox = await startSandbox({ world });
  onTestFinished(() => sandbox.close());
  const { outputs, summary, log } = await runBundle({ inputs: { ...risk, clone: 'none' }, server: sandbox });
  const { places } = JSON.parse(readFileSync(outputs['report-json'] ?? '', 'utf8'));
  expect(places[0].heldBy).toEqual(['waits for #3', 'waits for 1 task of another repository']);
  expect([summary, log, JSON.stringify(places)].join()).not.toMatch(/secret|Hush/);
});
