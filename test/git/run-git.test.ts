import { expect, test } from 'vitest';
import { runGit } from '../../src/git/run-git.ts';

test('many at a time may end by one signal without a warning to whoever runs them', async () => {
  const warnings: Error[] = [];
  const note = (warning: Error): number => warnings.push(warning);
  process.on('warning', note);
  const { signal } = new AbortController();
  const runs = Array.from({ length: 12 }, () => runGit({ args: ['--version'], signal }));
  const ended = (await Promise.all(runs)).map((outcome) => outcome.ended);
  process.off('warning', note);
  expect(ended).toEqual(Array.from({ length: 12 }, () => 'done'));
  expect(warnings).toEqual([]);
});
