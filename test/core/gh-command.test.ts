import { expect, test } from 'vitest';
import { ghCommand, ghCommandOn } from '../../src/core/gh-command.ts';

const HARBOR = { owner: 'octo', repo: 'harbor' };

test.each([
  ['https://github.com/octo/harbor/issues/7', 'octo/harbor'],
  ['https://git.octo.example/octo/harbor/issues/7', 'git.octo.example/octo/harbor'],
  ['https://octo.ghe.com/octo/harbor/issues/7', 'octo.ghe.com/octo/harbor'],
  [null, 'octo/harbor'],
  ['no address', 'octo/harbor'],
])('names the server of %s', (url, place) => {
  expect(ghCommandOn('issue reopen', { ref: { ...HARBOR, number: 7 }, url })).toBe(`gh issue reopen 7 --repo=${place}`);
  expect(ghCommand('run rerun', { number: '77', url }, HARBOR, ['--failed'])).toBe(
    `gh run rerun 77 --repo=${place} --failed`,
  );
});
