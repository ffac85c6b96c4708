import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FAILURES } from '../../../src/core/failure.ts';
import { type Caller, callerOfHeaders, callerToHeaders } from '../../../src/surfaces/api/caller.ts';
import { operationsApi } from '../../../src/surfaces/api/operations-api.ts';
import { harborWorld, type Reached, reach } from '../../operations/harbor-world.ts';

let reached: Reached;
let callers: Caller[];
let bugs: unknown[];

beforeEach(async () => {
  reached = await reach(harborWorld().world);
  callers = [];
  bugs = [];
});

afterEach(() => reached.sandbox.close());

const api = (now?: () => never) =>
  operationsApi({
    secret: 'shared',
    contextFor: (caller) => {
      callers.push(caller);
      return { ...reached.context, ...(now === undefined ? {} : { now }) };
    },
    onBug: (error) => bugs.push(error),
  });

async function post(name: string, body: string, headers: Record<string, string> = {}, app = api()) {
  const all = { authorization: 'Bearer shared', 'content-type': 'application/json', ...headers };
  const response = await app.request(`/api/v1/operations/${name}`, { method: 'POST', body, headers: all });
  return { status: response.status, answer: await response.json() };
}

const failure = (code: keyof typeof FAILURES, message: unknown) => ({
  status: FAILURES[code].httpStatus,
  answer: { error: { code, message, hint: expect.any(String) } },
});

/** The longest checklist that plan.apply takes, of what grows in JSON. */
const LONGEST = '\n'.repeat(5_000_000);

describe('the operations over HTTP', () => {
  test('answer with their output', async () => {
    const { status, answer } = await post('umbrella.list', '{}');
    expect({ status, answer }).toMatchObject({ status: 200, answer: { umbrellas: [{ ref: 'octo/harbor#1' }] } });
  });

  test.each([
    ['umbrella.show', '{"ref":"#99"}', 'not_found', expect.stringContaining('#99')],
    ['umbrella.show', '{"ref":7}', 'usage', expect.stringContaining('ref: ')],
    ['umbrella.show', '{"ref":', 'usage', 'The body is not JSON.'],
    ['umbrella.show', '{"ref":"#1","deep":1,"__proto__":1}', 'usage', 'umbrella.show does not know deep, __proto__.'],
    ['plan.list', '[]', 'usage', expect.stringContaining('plan.list cannot take this.')],
    ['umbrella.shwo', '{}', 'not_found', 'There is no operation umbrella.shwo.'],
    ['work.claim', '{"umbrella":"#1","agent":"a7"}', 'store_unavailable', expect.stringContaining('store')],
    ['plan.apply', JSON.stringify({ id: 'p-1a2b3c4d', review: LONGEST }), 'store_unavailable', expect.any(String)],
    ['umbrella.list', `{"repository":"${'x'.repeat(32_000_000)}"}`, 'payload_too_large', 'The body is too large.'],
  ] as const)('fail by the table: %s', async (name, body, code, message) => {
    expect(await post(name, body)).toEqual(failure(code, message));
  });

  test.each(['', 'Bearer wrong', 'shared', 'Bearer shared2'])('are closed to "%s"', async (authorization) => {
    expect(await post('umbrella.list', '{}', { authorization })).toEqual(
      failure('unauthenticated', 'The secret is missing or wrong.'),
    );
    expect(callers).toEqual([]);
  });

  test('have nothing at any other address', async () => {
    const response = await api().request('/', { headers: { authorization: 'Bearer shared' } });
    expect([response.status, await response.json()]).toEqual([
      404,
      failure('not_found', 'There is nothing at /.').answer,
    ]);
  });

  test('show a bug as "internal error" only', async () => {
    const broken = api(() => {
      throw new TypeError('secret of the house');
    });
    expect(await post('umbrella.list', '{}', {}, broken)).toEqual(failure('internal', 'internal error'));
    expect(bugs).toEqual([expect.any(TypeError)]);
  });
});

describe('a caller', () => {
  const kim: Caller = {
    token: 'kims-token',
    apiUrl: 'https://github.example/api/v3',
    graphqlUrl: null,
    repository: { owner: 'octo', repo: 'harbor' },
    now: '2026-03-02T09:00:00Z',
  };

  test('arrives as sent', async () => {
    expect(callerOfHeaders(new Headers(callerToHeaders(kim)))).toEqual(kim);
    await post('umbrella.list', '{}', callerToHeaders(kim));
    expect(callers).toEqual([kim]);
  });

  test.each([
    ['x-parasol-github-api-url', 'file:///etc/passwd'],
    ['x-parasol-github-graphql-url', 'nonsense'],
    ['x-parasol-now', 'soon'],
    ['x-parasol-repository', 'garbage'],
  ])('is refused for %s: %s', async (name, text) => {
    expect(await post('umbrella.list', '{}', { [name]: text })).toEqual(failure('usage', expect.any(String)));
  });
});
