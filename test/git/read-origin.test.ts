import { expect, test } from 'vitest';
import { originOfUrl } from '../../src/git/read-origin.ts';

test.each([
  ['https://github.com/octo/harbor.git', 'github.com'],
  ['https://GitHub.com/octo/harbor', 'github.com'],
  ['https://kim@ghe.example:8443/octo/harbor.git', 'ghe.example:8443'],
  ['ssh://git@github.com:22/octo/harbor.git', 'github.com'],
  ['git@github.com:octo/harbor.git', 'github.com'],
  ['git@github.com:/octo/harbor', 'github.com'],
])('%s leads to octo/harbor on %s', (url, host) => {
  expect(originOfUrl(url)).toEqual({ host, owner: 'octo', repo: 'harbor' });
});

test.each([['/srv/git/harbor.git'], ['harbor'], ['']])('"%s" is no address of a server', (url) => {
  expect(originOfUrl(url)).toBeNull();
});
