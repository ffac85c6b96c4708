import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/core/failure.ts';
import { askInBatches, askSmaller, type Patience } from '../../src/github/ask-smaller.ts';

const failedWith = (status: number) =>
  new UserError('github_unavailable', `GitHub answered ${status}`, 'Try again.', {
    cause: Object.assign(new Error('x'), { status, response: { headers: {}, data: {} } }),
  });

function answeringUpTo(limit: number, failure: () => Error) {
  const asked: [number, Patience][] = [];
  const ask = async (size: number, patience: Patience) => {
    asked.push([size, patience]);
    if (size > limit) throw failure();
    return `page of ${size}`;
  };
  return { asked, ask };
}

describe('asking for a page', () => {
  it('is done once when it works', async () => {
    const { asked, ask } = answeringUpTo(100, () => failedWith(502));
    expect(await askSmaller(100, ask)).toEqual({ answer: 'page of 100', size: 100 });
    expect(asked).toEqual([[100, { retries: 0 }]]);
  });

  it('halves on a time-out, down to 5, where the client repeats by itself', async () => {
    const { asked, ask } = answeringUpTo(5, () => failedWith(502));
    expect(await askSmaller(100, ask)).toEqual({ answer: 'page of 5', size: 5 });
    expect(asked.map(([size]) => size)).toEqual([100, 50, 25, 12, 6, 5]);
    expect(asked.at(-1)).toEqual([5, {}]);
  });

  it('fails when even 5 are too many', async () => {
    const { ask } = answeringUpTo(0, () => failedWith(504));
    await expect(askSmaller(10, ask)).rejects.toThrow('GitHub answered 504');
  });

  it('waits out another outage at the same size', async () => {
    let failures = 1;
    const asked: Patience[] = [];
    const ask = async (size: number, patience: Patience) => {
      asked.push(patience);
      if (failures-- > 0) throw failedWith(503);
      return size;
    };
    expect(await askSmaller(40, ask)).toEqual({ answer: 40, size: 40 });
    expect(asked).toEqual([{ retries: 0 }, {}]);
  });

  const tooOld = new UserError('github_unavailable', 'no such field', 'Upgrade.', {
    cause: Object.assign(new Error('x'), {
      name: 'GraphqlResponseError',
      errors: [{ extensions: { code: 'undefinedField', typeName: 'Issue', fieldName: 'issueFieldValues' } }],
    }),
  });

  it.each([new UserError('not_found', 'a', 'b'), tooOld, new TypeError('a bug')])('passes %s on', async (error) => {
    const { asked, ask } = answeringUpTo(0, () => error);
    await expect(askSmaller(40, ask)).rejects.toBe(error);
    expect(asked).toHaveLength(1);
  });
});

it('asks about every id exactly once, in order, and keeps the size that worked', async () => {
  const ids = Array.from({ length: 70 }, (_, n) => `id-${n}`);
  const batches: (readonly string[])[] = [];
  await askInBatches(ids, 50, async (batch) => {
    if (batch.length > 30) throw failedWith(502);
    batches.push(batch);
  });
  expect(batches.map(({ length }) => length)).toEqual([25, 25, 20]);
  expect(batches.flat()).toEqual(ids);
});
