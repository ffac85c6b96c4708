import { expect, test } from 'vitest';
import type { FirstAnswer, PlainAnswer } from '../../action/ask-first.ts';
import { fetchAfterFirst } from '../../action/fetch-after-first.ts';

const QUESTION = { method: 'POST', url: '/a', body: 'one' } as const;
const EARLY: PlainAnswer = { status: 404, headers: [['x-place', 'early']], body: Buffer.from('early') };

/** A server that numbers its answers, behind what is known of the first question. */
function start(first: FirstAnswer | null) {
  let count = 0;
  const fetch = fetchAfterFirst(async () => {
    count += 1;
    return new Response(`answer ${count}`);
  }, first);
  return async (url: string, body: string): Promise<string> => {
    const response = await fetch(url, { method: 'POST', body });
    return `${response.status} ${response.headers.get('x-place')} ${await response.text()}`;
  };
}

test('whoever asks the first question gets its answer as it was, and the next asks anew', async () => {
  const ask = start({ question: QUESTION, answer: Promise.resolve(EARLY) });
  expect([await ask('/a', 'one'), await ask('/a', 'one')]).toEqual(['404 early early', '200 null answer 1']);
});

test('another address or body is another question, and what is asked before it is asked', async () => {
  const ask = start({ question: QUESTION, answer: Promise.resolve(EARLY) });
  const answers = [await ask('/b', 'one'), await ask('/a', 'two'), await ask('/a', 'one')];
  expect(answers).toEqual(['200 null answer 1', '200 null answer 2', '404 early early']);
});

test('without an answer, or a first question, everything is asked', async () => {
  for (const first of [null, { question: QUESTION, answer: Promise.resolve(null) }]) {
    const ask = start(first);
    expect([await ask('/a', 'one'), await ask('/a', 'one')]).toEqual(['200 null answer 1', '200 null answer 2']);
  }
});
