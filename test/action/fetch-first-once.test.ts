import { expect, test } from 'vitest';
import { fetchFirstOnce } from '../../action/fetch-first-once.ts';

/** A server that numbers its answers. */
function start() {
  const asked: string[] = [];
  let notes = 0;
  const answer: typeof globalThis.fetch = async (input) => {
    asked.push(String(input));
    return new Response(`answer ${asked.length}`);
  };
  const fetch = fetchFirstOnce(answer, () => {
    notes += 1;
  });
  const ask = async (url: string, body = ''): Promise<string> => (await fetch(url, { method: 'POST', body })).text();
  return { asked, ask, notes: () => notes };
}

test('whoever asks the first question a second time gets its answer, and the third asks anew', async () => {
  const { asked, ask, notes } = start();
  expect([await ask('/a'), await ask('/a'), await ask('/a')]).toEqual(['answer 1', 'answer 1', 'answer 2']);
  expect([asked, notes()]).toEqual([['/a', '/a'], 1]);
});

test('another body is another question, and what is asked between them is asked', async () => {
  const { ask } = start();
  const answers = [await ask('/a', 'one'), await ask('/a', 'two'), await ask('/b', 'one'), await ask('/a', 'one')];
  expect(answers).toEqual(['answer 1', 'answer 2', 'answer 3', 'answer 1']);
});

test('a first question that fails, fails for both', async () => {
  const fetch = fetchFirstOnce(
    () => Promise.reject(new Error('no way')),
    () => {},
  );
  const ask = () => fetch('/a', { method: 'POST', body: '' });
  await expect(ask()).rejects.toThrow('no way');
  await expect(ask()).rejects.toThrow('no way');
});
