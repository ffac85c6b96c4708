import { afterEach, describe, expect, test } from 'vitest';
import { closeIssue, reopenIssue } from '../../../src/sandbox/actions/close-issue.ts';
import { editIssue } from '../../../src/sandbox/actions/edit-issue.ts';
import { at, buildTestWorld, startTestApp, type TestApp } from './test-app.ts';

const TICKING = 'version: 1\ntasks: { umbrella: { tick: true } }\n';
const TEXT = ['Plan (#2):\r', '- [ ] #2 dig\r', '- [ ] #3\r', '- [x] #4 was closed by mistake\r', '- [ ] tell all'];

let app: TestApp;
afterEach(() => app.close());

async function start(config: string, text = TEXT.join('\n')): Promise<void> {
  const built = buildTestWorld({ config });
  editIssue(built.world, 'kim', { item: at(built.umbrella), body: text });
  const [, , last = built.umbrella] = built.children;
  closeIssue(built.world, 'kim', { item: at(last) });
  app = await startTestApp(built);
}

async function close(number: number): Promise<void> {
  closeIssue(app.world, 'kim', { item: at({ number }) });
  await app.settle();
}

const lines = () => app.umbrella.body.split('\n');
const edits = () => app.sandbox.requests.writes().filter(({ path }) => /\/issues\/1$/.test(path)).length;
const rollup = () => app.ownComments()[0]?.body ?? '';

describe("an umbrella's own checklist", () => {
  test('follows its children where the configuration says so, and nothing but boxes changes', async () => {
    await start(TICKING);
    await close(2);
    expect(lines()).toEqual([TEXT[0], '- [x] #2 dig\r', ...TEXT.slice(2)]);
    reopenIssue(app.world, 'kim', { item: at({ number: 2 }) });
    await app.settle();
    expect({ lines: lines(), edits: edits() }).toEqual({ lines: TEXT, edits: 2 });
    expect(app.log).toEqual([]);
  });

  test('is set right within the rollup that tells of it, and its own edit starts nothing', async () => {
    await start(TICKING);
    await close(2);
    expect(rollup()).not.toContain('not ticked');
    const count = app.sandbox.requests.entries.length;
    await app.settle();
    expect({ edits: edits(), later: app.sandbox.requests.entries.length - count }).toEqual({ edits: 1, later: 0 });
  });

  test.each([
    ['by default', 'version: 1\n'],
    ['while rollups are off', `${TICKING}rollup: { mode: off }\n`],
    ['while the configuration is broken', `${TICKING}colour: red\n`],
  ])('is left alone %s', async (_title, config) => {
    await start(config);
    await close(2);
    expect({ lines: lines(), edits: edits() }).toEqual({ lines: TEXT, edits: 0 });
  });

  test('is left alone once the umbrella is closed', async () => {
    await start(TICKING);
    await close(1);
    await close(2);
    expect(lines()).toEqual(TEXT);
  });
});
