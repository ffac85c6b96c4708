import { expect, test } from 'vitest';
import { connectWithToken } from '../../src/github/connect-with-token.ts';
import { originOf } from '../../src/github/origin-of.ts';

test.each([
  ['https://api.github.com', 'github.com'],
  ['https://api.github.com/', 'github.com'],
  ['https://api.octo.ghe.com', 'octo.ghe.com'],
  ['https://GHE.example.com/api/v3', 'ghe.example.com'],
  ['https://api.example.com/api/v3', 'api.example.com'],
  ['http://127.0.0.1:4567/api/v3', '127.0.0.1:4567'],
])('%s is an API of %s', (apiUrl, origin) => {
  expect(originOf(apiUrl)).toBe(origin);
});

test('a client knows which GitHub it asks', () => {
  const origins = [{}, { apiUrl: 'https://ghe.example.com/api/v3/' }].map(
    (where) => connectWithToken({ token: null, ...where }).origin,
  );
  expect(origins).toEqual(['github.com', 'ghe.example.com']);
});
