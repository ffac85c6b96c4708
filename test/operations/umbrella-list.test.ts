import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { umbrellaList } from '../../src/operations/umbrella-list.ts';
import { harborWorld, type Reached, reach } from './harbor-world.ts';

let reached: Reached;

beforeEach(async () => {
  reached = await reach(harborWorld().world);
});

afterEach(() => reached.sandbox.close());

describe('umbrella list', () => {
  test('lists what has sub-issues, with how far it has come', async () => {
    const { umbrellas, gaps } = await umbrellaList.run(reached.context, { all: false });
    expect(umbrellas).toEqual([
      {
        ref: 'octo/harbor#1',
        plannedId: 'P1.M1',
        title: 'Tides service',
        url: `${reached.sandbox.url}/octo/harbor/issues/1`,
        children: 3,
        done: 1,
        dropped: 0,
        percentComplete: 33,
        state: 'in_progress',
      },
    ]);
    expect(gaps).toEqual([]);
  });

  test('lists labelled ones without children only when all are asked for, by number', async () => {
    const { umbrellas } = await umbrellaList.run(reached.context, { all: true });
    expect(umbrellas.map(({ ref, children }) => ({ ref, children }))).toEqual([
      { ref: 'octo/harbor#1', children: 3 },
      { ref: 'octo/harbor#5', children: 0 },
    ]);
  });

  test('writes nothing', async () => {
    await umbrellaList.run(reached.context, { all: true });
    expect(reached.sandbox.requests.writes()).toEqual([]);
  });

  test('says which repository is not there', async () => {
    const attempt = umbrellaList.run(reached.context, { repository: 'octo/nowhere', all: false });
    await expect(attempt).rejects.toMatchObject({
      code: 'not_found',
      message: expect.stringContaining('octo/nowhere'),
    });
  });

  test('says so beside the list when the configuration is doubtful', async () => {
    const doubtful = await reach(harborWorld({ files: { '.github/parasol.yml': 'version: 1\nlanez: {}\n' } }).world);
    const { umbrellas, remarks } = await umbrellaList.run(doubtful.context, { all: false });
    await doubtful.sandbox.close();
    expect(umbrellas).toHaveLength(1);
    expect(remarks).toEqual([
      expect.stringMatching(/^\.github\/parasol\.yml, line 2.*lanez/),
      expect.stringMatching(/^No valid version/),
    ]);
  });
});
