import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { umbrellaShow } from '../../src/operations/umbrella-show.ts';
import { harborWorld, type Reached, reach } from './harbor-world.ts';

let reached: Reached;

beforeEach(async () => {
  reached = await reach(harborWorld().world);
});

afterEach(() => reached.sandbox.close());

describe('umbrella show', () => {
  test('reads the umbrella and its children, and writes nothing', async () => {
    const rollup = await umbrellaShow.run(reached.context, { ref: '#1' });
    expect(rollup.children.map(({ ref, lane, state }) => [ref.number, lane, state.state])).toEqual([
      [2, 'api', 'done'],
      [3, 'api', 'unblocked'],
      [4, 'docs', 'blocked'],
    ]);
    expect(rollup.integration.verdict).toBe('no_go');
    expect(reached.sandbox.requests.writes()).toEqual([]);
  });

  test('says of a task without sub-issues that it is no umbrella', async () => {
    await expect(umbrellaShow.run(reached.context, { ref: '#2' })).rejects.toMatchObject({
      code: 'not_an_umbrella',
      message: expect.stringContaining('octo/harbor#2 has no sub-issues'),
    });
  });

  test("shows a task that carries an umbrella's label before it has sub-issues", async () => {
    const world = harborWorld();
    world.repository.issues.get(5)?.labels.add('umbrella');
    const { context, sandbox } = await reach(world.world);
    expect((await umbrellaShow.run(context, { ref: '#5' })).progress.total).toBe(0);
    await sandbox.close();
  });

  test('gives a result that its own schema accepts', async () => {
    const rollup = await umbrellaShow.run(reached.context, { ref: 'octo/harbor#1' });
    expect(umbrellaShow.output.parse(rollup)).toEqual(rollup);
  });

  test.each(['1', '#1', 'octo/harbor#1'])('understands %s', async (ref) => {
    expect((await umbrellaShow.run(reached.context, { ref })).umbrella.ref.number).toBe(1);
  });

  test('understands the address of the issue on this GitHub, and refuses one on another', async () => {
    const show = (host: string) => umbrellaShow.run(reached.context, { ref: `${host}/octo/harbor/issues/1` });
    expect((await show(reached.sandbox.url)).umbrella.ref.number).toBe(1);
    await expect(show('https://evil.example')).rejects.toMatchObject({ code: 'usage' });
  });

  test('finds an umbrella by its planned id', async () => {
    expect((await umbrellaShow.run(reached.context, { ref: 'P1.M1' })).umbrella.ref.number).toBe(1);
  });

  test.each([['#99'], ['P9.M9.T9'], ['nonsense']])('says what to do when there is no %s', async (ref) => {
    const attempt = umbrellaShow.run(reached.context, { ref });
    await expect(attempt).rejects.toMatchObject({
      code: expect.stringMatching(/^(not_found|usage)$/),
      hint: expect.stringMatching(/.{10,}/),
    });
  });
});
