import { expect, test } from 'vitest';
import { shortenRefs } from '../../../src/core/task/shorten-refs.ts';

test.each([
  ['review octo/har.bor#9, then Octo/Har.Bor#10', 'review #9, then #10'],
  ['octo/har.bor#9octo/har.bor#10', '#9octo/har.bor#10'],
  ['wait for octo/tides#9', 'wait for octo/tides#9'],
  ['wait for an-octo/har.bor#9', 'wait for an-octo/har.bor#9'],
  ['wait for octo/harxbor#9', 'wait for octo/harxbor#9'],
  ['İstanbul waits for octo/har.bor#9', 'İstanbul waits for #9'],
  ['nothing to shorten', 'nothing to shorten'],
])('"%s" becomes "%s" in octo/har.bor', (text, short) => {
  expect(shortenRefs(text, { owner: 'octo', repo: 'har.bor' })).toBe(short);
});
