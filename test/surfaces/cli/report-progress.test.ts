import { describe, expect, test } from 'vitest';
import { reportProgress } from '../../../src/surfaces/cli/report-progress.ts';

function terminal(isTTY: boolean) {
  let text = '';
  let time = 0;
  const stderr = { isTTY, columns: 80, write: (chunk: string) => (text += chunk) };
  const progress = reportProgress({ stdout: stderr, stderr, env: {}, cwd: '/' }, () => time);
  return {
    ...progress,
    wait: (ms: number) => {
      time += ms;
    },
    text: async () => {
      await new Promise((resolve) => setImmediate(resolve));
      return text;
    },
  };
}

describe('reportProgress', () => {
  test('shows a bar on long work at a terminal, and takes it away', async () => {
    const { report, stop, wait, text } = terminal(true);
    wait(600);
    report({ label: 'issues', done: 100, total: 400 });
    stop();
    stop();
    expect(await text()).toContain('100/400 issues');
  });

  test('tells how long a step goes on at its own pace, once three seconds tell of it', async () => {
    const { report, stop, wait, text } = terminal(true);
    wait(60_000);
    report({ label: 'merging pairs', done: 16, total: 416 });
    wait(2000);
    report({ label: 'merging pairs', done: 17, total: 416 });
    expect(await text()).not.toContain('left');
    wait(8000);
    report({ label: 'merging pairs', done: 116, total: 416 });
    stop();
    expect(await text()).toContain('116/416 merging pairs, ~30 s left');
  });

  test('forgets the pace of a step with the next', async () => {
    const { report, stop, wait, text } = terminal(true);
    report({ label: 'merging onto the base', done: 1, total: 100 });
    wait(10_000);
    report({ label: 'merging pairs', done: 50, total: 100 });
    stop();
    expect(await text()).toContain('50/100 merging pairs');
    expect(await text()).not.toContain('left');
  });

  test('shows nothing for work that is over at once', async () => {
    const { report, stop, text } = terminal(true);
    report({ label: 'issues', done: 1, total: 1 });
    stop();
    expect(await text()).toBe('');
  });

  test('shows nothing where there is no terminal', async () => {
    const { report, stop, wait, text } = terminal(false);
    wait(5000);
    report({ label: 'issues', done: 1, total: null });
    stop();
    expect(await text()).toBe('');
  });
});
