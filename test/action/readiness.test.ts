import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { renderWholeReadiness } from '../../src/core/readiness/render/render-markdown.ts';
import { connectWithToken } from '../../src/github/connect-with-token.ts';
import { readinessReport } from '../../src/operations/readiness-report.ts';
import { addBlockedBy } from '../../src/sandbox/actions/block-issue.ts';
import { addSubIssue } from '../../src/sandbox/actions/link-sub-issue.ts';
import { openIssue } from '../../src/sandbox/actions/open-issue.ts';
import { addRepository } from '../../src/sandbox/create-world.ts';
import { startSandbox } from '../../src/sandbox/start-sandbox.ts';
import { renderReadinessPage } from '../../src/surfaces/readiness-page/render-page.tsx';
import { harborWorld, item } from '../operations/harbor-world.ts';
import { newFolder, runBundle } from './run-bundle.ts';

const NOW = '2026-03-02T09:00:00Z';

async function start() {
  const { world } = harborWorld();
  const sandbox = await startSandbox({ world });
  onTestFinished(() => sandbox.close());
  const run = (inputs: Readonly<Record<string, string>> = {}) =>
    runBundle({ inputs: { command: 'readiness', now: NOW, scope: 'umbrella:#1', ...inputs }, server: sandbox });
  return { world, sandbox, run };
}

test('the report is that of the operation, and its Markdown the same as everywhere', async () => {
  const { sandbox, run } = await start();
  const { apiUrl, graphqlUrl } = sandbox;
  const github = connectWithToken({ token: 'kims-token', apiUrl, graphqlUrl, pace: 'sandbox' });
  const context = { github, now: () => NOW, defaultRepository: { owner: 'octo', repo: 'harbor' } };
  const expected = await readinessReport.run(context, { scope: 'umbrella:#1', audience: 'umbrella_readers' });
  const { outputs, summary, log } = await run();
  // There is no file of waivers, which is nothing to tell anybody.
  const misses = log.split('\n').filter((line) => line.includes(' - 404 '));
  expect([misses.length > 0, misses.every((line) => line.startsWith('::debug::'))]).toEqual([true, true]);
  expect(JSON.parse(readFileSync(outputs['report-json'] ?? '', 'utf8'))).toEqual(expected);
  expect(readFileSync(outputs['report-markdown'] ?? '', 'utf8')).toBe(renderWholeReadiness(expected));
  expect(readFileSync(outputs['report-html'] ?? '', 'utf8')).toBe(renderReadinessPage(expected));
  expect(outputs).toMatchObject({
    decision: expected.verdict.decision,
    headline: expected.verdict.headline,
    'blocking-count': String(expected.verdict.blocking.length),
    'unknown-count': String(expected.verdict.unknown.length),
  });
  const [said = '', drawn] = summary.split('```mermaid\npie showData title Tasks in scope\n');
  expect([
    said.startsWith('<!-- parasol:readiness v1 -->\n### '),
    said.includes('| Criterion'),
    drawn?.includes('| Criterion'),
  ]).toEqual([true, false, true]);
});

test('what is in the way is an error with its action and who owes it, and fails the step where that is asked for', async () => {
  const { run } = await start();
  const { code, annotations, outputs } = await run({ 'fail-on': 'no_go' });
  expect([code, outputs.decision]).toEqual([1, 'no_go']);
  const errors = annotations.filter(({ level }) => level === 'error');
  expect(errors.at(-1)?.text).toBe(outputs.headline);
  expect(errors[0]).toEqual({
    ...{ level: 'error', file: null },
    title: expect.stringMatching(/^\w[\w ]+: octo\/harbor#\d$/),
    text: expect.stringMatching(/\. Next: \S.* \(.+\)$/),
  });
});

test('the file holds the whole report, the comment what GitHub takes of it', async () => {
  const { world, run } = await start();
  for (let number = 6; number <= 255; number += 1)
    openIssue(world, 'kim', { repository: 'octo/harbor', title: `Task ${number}`, labels: ['release-blocker'] });
  const { outputs, summary } = await run({ scope: 'label:release-blocker', comment: 'true', 'comment-on': '#1' });
  const file = readFileSync(outputs['report-markdown'] ?? '', 'utf8');
  const comment = world.repositories.get('octo/harbor')?.issues.get(1)?.comments.at(-1)?.body ?? '';
  const shown = (text: string) => text.match(/^- ✗ /gm)?.length;
  expect([shown(file), shown(summary), Buffer.byteLength(comment) < 60_000]).toEqual([250, 250, true]);
  const left = /^- … (\d+) more$/m.exec(comment.slice(comment.indexOf('<details open>')))?.[1];
  expect(Number(left) + (shown(comment) ?? 0)).toBe(250);
});

test('no more than ten annotations of a kind, one of them kept for the failure of the step', async () => {
  const { world, run } = await start();
  for (let number = 6; number <= 25; number += 1) {
    openIssue(world, 'kim', { repository: 'octo/harbor', title: `Task ${number}` });
    addSubIssue(world, 'kim', { parent: item(1), child: item(number) });
  }
  const { annotations } = await run({ 'fail-on': 'unknown' });
  const counts = (['error', 'warning', 'notice'] as const).map(
    (level) => annotations.filter((one) => one.level === level).length,
  );
  expect([counts[0], counts.every((count) => count <= 10)]).toEqual([10, true]);
});

test('an earlier report tells what changed since', async () => {
  const { run } = await start();
  const earlier = await run();
  const folder = newFolder();
  const path = join(folder, 'earlier.json');
  writeFileSync(path, readFileSync(earlier.outputs['report-json'] ?? ''));
  const later = await run({ 'previous-report': path, now: '2026-03-03T09:00:00Z' });
  const { diff } = JSON.parse(readFileSync(later.outputs['report-json'] ?? '', 'utf8'));
  expect(diff).toMatchObject({ since: NOW, decision: { from: 'no_go', to: 'no_go' } });
  const other = await run({ 'previous-report': path, scope: 'since:30d' });
  expect(other.annotations.find(({ level }) => level === 'warning')?.text).toBe(
    `${path} is of another scope than since:30d, so nothing is said of what changed since.`,
  );
});

test('of an earlier report that is not there or none, it says so, and its verdict stands', async () => {
  const { run } = await start();
  const folder = newFolder();
  const put = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const text = readFileSync((await run()).outputs['report-json'] ?? '', 'utf8');
  const cases = [
    ['nowhere.json', /: "nowhere\.json" cannot be read\. Nothing is said of what changed since\.$/],
    [put('cut.json', text.slice(0, 500)), /cut\.json is not JSON\. Nothing is said/],
    [put('later.json', text.replace('readiness/v1', 'readiness/v2')), /schema is "readiness\/v2" where only/],
    [put('marked.json', `\ufeff${text}`), null],
  ] as const;
  for (const [path, warning] of cases) {
    const { code, outputs, annotations } = await run({ 'previous-report': path });
    const told = annotations.filter(({ title }) => title === 'Parasol').map(({ text: words }) => words);
    expect([code, outputs.decision, told]).toEqual([
      ...[0, 'no_go', warning === null ? [] : [expect.stringMatching(warning)]],
    ]);
  }
});

test('nothing is named that readers of the repository may not see, even where the token can', async () => {
  const { world, run } = await start();
  addRepository(world, { owner: 'kim', name: 'secret', visibility: 'private' });
  openIssue(world, 'kim', { repository: 'kim/secret', title: 'Hush' });
  addBlockedBy(world, 'kim', { blocked: item(3), blocker: { repository: 'kim/secret', number: 1 } });
  const { outputs, summary, log } = await run();
  const all = [summary, log, readFileSync(outputs['report-json'] ?? '', 'utf8')].join('\n');
  expect(all).not.toMatch(/secret|Hush/);
});

test('the comment goes to the umbrella of the scope', async () => {
  const { world, run } = await start();
  const { outputs } = await run({ comment: 'true' });
  const comments = world.repositories.get('octo/harbor')?.issues.get(1)?.comments ?? [];
  expect([outputs['comment-changed'], comments.map(({ body }) => body.split('\n')[0])]).toEqual([
    'true',
    ['<!-- parasol:readiness v1 -->'],
  ]);
});
