import { expect, test } from 'vitest';
import { holderInput } from '../../src/operations/work-schema.ts';

const tokenOf = (token: unknown) => holderInput.safeParse({ task: '#2', agent: 'a7', token });

test.each([
  ['a number', 3],
  ['the text of one, as the command line has it', '3'],
])('a token is %s', (_, token) => {
  expect(tokenOf(token).data?.token).toBe(3);
});

test.each([true, [1], null, '', ' 1 ', '1e3', '0x1', 0, -1, 1.5, {}])('%j is no token', (token) => {
  expect(tokenOf(token).error?.issues).toMatchObject([
    { path: ['token'], message: expect.stringMatching(/^is a whole number from 1 on, such as 3/) },
  ]);
});
