import { describe, expect, test } from 'vitest';
import { createRequestLog, type RequestEntry } from '../../../src/sandbox/http/request-log.ts';

const entry = (path: string, fields: Partial<RequestEntry> = {}): RequestEntry => ({
  method: 'GET',
  path,
  operation: null,
  status: 200,
  points: 1,
  nodes: 0,
  isWrite: false,
  unmodelled: false,
  login: null,
  ...fields,
});

describe('a request log', () => {
  test('keeps requests in the order of their answers', () => {
    const log = createRequestLog();
    const [first, second] = [log.begin(), log.begin()];
    second(entry('/second'));
    first(entry('/first'));
    expect(log.entries).toEqual([entry('/second'), entry('/first')]);
  });

  test('picks out writes and what is not modelled', () => {
    const log = createRequestLog();
    log.begin()(entry('/read'));
    log.begin()(entry('/write', { isWrite: true }));
    log.begin()(entry('/nowhere', { unmodelled: true }));
    expect([log.writes(), log.unmodelled()]).toEqual([
      [entry('/write', { isWrite: true })],
      [entry('/nowhere', { unmodelled: true })],
    ]);
  });

  test('a request begun before a reset never shows up after it', () => {
    const log = createRequestLog();
    const before = log.begin();
    log.reset();
    before(entry('/before'));
    log.begin()(entry('/after'));
    expect(log.entries).toEqual([entry('/after')]);
  });

  test('is idle once every request is answered, forgotten ones included', async () => {
    const log = createRequestLog();
    await log.idle();
    const [one, other] = [log.begin(), log.begin()];
    let isIdle = false;
    const waiting = log.idle().then(() => {
      isIdle = true;
    });
    one(entry('/one'));
    log.reset();
    await Promise.resolve();
    expect(isIdle).toBe(false);
    other(entry('/other'));
    await waiting;
    expect([isIdle, log.entries]).toEqual([true, []]);
  });
});
