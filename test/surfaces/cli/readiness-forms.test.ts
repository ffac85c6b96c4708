import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { renderReadinessMarkdown } from '../../../src/core/readiness/render/render-markdown.ts';
import { reportSchema } from '../../../src/core/readiness/report-schema.ts';
import { renderReadinessPage } from '../../../src/surfaces/readiness-page/render-page.tsx';
import { captureRun } from './captured-run.ts';

const TINY = join(import.meta.dirname, '..', '..', '..', 'fixtures', 'worlds', 'tiny.yml');
const report = (cwd: string, ...flags: readonly string[]) =>
  captureRun(['readiness', 'report', '#1', '--world', TINY, ...flags], { cwd });

test('what has no page is not put into a file that would be one', async () => {
  const { exitCode, stderr } = await captureRun(['today', '--world', TINY, '--output', 'today.html'], {
    cwd: tmpdir(),
  });
  expect([exitCode, stderr]).toEqual([3, expect.stringContaining('today.html would be a page, which this command')]);
});

test('a file whose ending nobody knows is refused before anything is read, with those that there are', async () => {
  const run = (...words: readonly string[]) => captureRun([...words, '--world', TINY], { cwd: tmpdir() });
  const paper = await run('readiness', 'report', '#1', '--output', 'ready.pdf');
  expect([paper.exitCode, paper.stderr]).toEqual([3, expect.stringContaining('in .json, .md or .html, or in .txt')]);
  const table = await run('today', '--output', 'today.csv');
  expect([table.exitCode, table.stderr]).toEqual([3, expect.stringContaining('in .json or .md, or in .txt')]);
});

describe('readiness report', { timeout: 60_000 }, () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'parasol-forms-'));
  });

  afterAll(() => rm(folder, { recursive: true }));

  test('prints the same report as JSON, as Markdown and as a page', async () => {
    const { stdout, exitCode } = await report(folder, '--json');
    const made = reportSchema.parse(JSON.parse(stdout));
    expect(await report(folder, '--markdown')).toEqual({ exitCode, stdout: renderReadinessMarkdown(made), stderr: '' });
    expect(await report(folder, '--html')).toEqual({ exitCode, stdout: renderReadinessPage(made), stderr: '' });
  });

  test('goes into a file, whose name says its form, also over an older one', async () => {
    const { stdout } = await report(folder, '--markdown');
    for (const name of ['ready.md', 'ready.md', 'ready.JSON']) {
      expect(await report(folder, '--output', name)).toEqual({ exitCode: 1, stdout: '', stderr: `Written: ${name}\n` });
    }
    expect(await readFile(join(folder, 'ready.md'), 'utf8')).toBe(stdout);
    expect(JSON.parse(await readFile(join(folder, 'ready.JSON'), 'utf8'))).toMatchObject({ schema: 'readiness/v1' });
  });

  test('says on stderr that an earlier report is of another scope', async () => {
    await report(folder, '--output', 'before.json');
    const other = await captureRun(
      ['readiness', 'report', 'since:30d', '--world', TINY, '--json', '--previous', 'before.json'],
      { cwd: folder },
    );
    expect(other.stderr).toBe(
      'note: before.json is of another scope than since:30d, so nothing is said of what changed since.\n',
    );
    expect((await report(folder, '--previous', 'before.json')).stderr).toBe('');
  });

  test('refuses two forms at once, and a folder that is not there', async () => {
    expect(await report(folder, '--markdown', '--html')).toMatchObject({
      exitCode: 3,
      stderr: expect.stringContaining('--markdown and --html cannot be printed at once.'),
    });
    expect(await report(folder, '--markdown', '--output', 'ready.json')).toMatchObject({
      exitCode: 3,
      stderr: expect.stringContaining('--markdown does not belong into ready.json: its ending says another form.'),
    });
    expect(await report(folder, '--json', '--output', 'ready.data')).toMatchObject({ stderr: 'Written: ready.data\n' });
    expect(await report(folder, '--output', 'nowhere/ready.md')).toMatchObject({
      exitCode: 3,
      stderr: expect.stringContaining('nowhere/ready.md cannot be written: there is no such folder.'),
    });
  });
});
