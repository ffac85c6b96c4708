import { expect, test } from 'vitest';
import { instantAt } from '../../src/core/instant-at.ts';
import type { OperationContext } from '../../src/operations/operation.ts';
import { umbrellaRollup } from '../../src/operations/umbrella-rollup.ts';
import { umbrellaShow } from '../../src/operations/umbrella-show.ts';
import type { ItemKey } from '../../src/sandbox/world.ts';
import { addChild, addPull, connect, HARBOR, operationsOf, umbrellaWorld } from '../github/umbrella-world.ts';
import { draftHarbor, prepareClone } from './risk-clone-world.ts';

const PATCH = '@@ -9,1 +9,1 @@\n-line 9\n+one';
const FILES = [{ path: 'src/a.ts', additions: 1, deletions: 1, patch: PATCH }];

/** The task #2 with the pull request #3, which changes the same line as #4; with `below` #4 and #5, #4 stacked on #3. */
async function harbour(config: string | null, heads: ReadonlyMap<number, string> = new Map(), below?: string) {
  const world = umbrellaWorld(0);
  if (config !== null) world.repositories.get(HARBOR)?.files.set('.github/parasol.yml', config);
  const task: ItemKey = addChild(world, { title: 'Gate' });
  if (below !== undefined) addPull(world, { title: 'Below', branch: below });
  const base = below === undefined ? {} : { base: below };
  addPull(world, { title: 'Ours', ...base, branch: 'ours', body: `Closes #${task.number}`, files: FILES });
  addPull(world, { title: 'Other', branch: 'other', files: FILES });
  for (const [number, headSha] of heads)
    Object.assign(world.repositories.get(HARBOR)?.pullRequests.get(number) ?? {}, { headSha });
  const { sandbox, client } = await connect(world);
  const context: OperationContext = {
    ...{ github: client, now: () => instantAt(Date.parse(world.now())) },
    defaultRepository: { owner: 'octo', repo: 'harbor' },
  };
  return { sandbox, context };
}

const warningOf = (body: string): readonly string[] =>
  [...body.replaceAll('\u200b', '').matchAll(/⚠ ([^·|\n]*?\))/g)].map(([, words = '']) => words);

const mode = (name: string): string => `version: 1\nrisk: { mode: ${name} }\n`;

test('where risk is to be told, a rollup names what is likely to conflict, estimated', async () => {
  const { context } = await harbour(mode('comment'));
  const { body } = await umbrellaRollup.run(context, { ref: '#1' });
  expect(warningOf(body)).toEqual(['likely conflicts with #4 (estimated)']);
  const { children } = await umbrellaShow.run(context, { ref: '#1' });
  expect(children.flatMap(({ pullRequests }) => pullRequests.map(({ conflicts }) => conflicts))).toEqual([
    [{ with: { owner: 'octo', repo: 'harbor', number: 4 }, basis: 'estimated' }],
  ]);
});

test.each([
  ['unconfigured', null],
  ['observe', mode('observe')],
  ['off', mode('off')],
])('with risk %s and no clone, nothing more is read than without', async (_, config) => {
  const { sandbox, context } = await harbour(config);
  const { body } = await umbrellaRollup.run(context, { ref: '#1' });
  expect([warningOf(body), operationsOf(sandbox).includes('OpenPullRequests')]).toEqual([[], false]);
});

test('a rollup names what stacked pull requests conflict with on the main branch', async () => {
  const { context } = await harbour(mode('comment'), new Map(), 'below');
  const { body } = await umbrellaRollup.run(context, { ref: '#1' });
  expect(warningOf(body)).toEqual(['likely conflicts with #5 (estimated)']);
});

/** In `draftHarbor` these are the heads of #1 and #2. */
const HEADS = [3, 4] as const;

test('a clone that is named verifies it, whatever the mode', async () => {
  const { folder, cache, commits } = prepareClone(draftHarbor);
  const heads = new Map(HEADS.map((mark, place) => [place + 3, commits.get(mark) ?? '']));
  const { context } = await harbour(null, heads);
  const asked = { ...context, machine: { cacheFolder: cache } };
  const { body } = await umbrellaRollup.run(asked, { ref: '#1', clone: folder });
  expect(warningOf(body)).toEqual(['conflicts with #4 (verified)']);
  await expect(umbrellaRollup.run(context, { ref: '#1', clone: folder })).rejects.toMatchObject({
    code: 'usage',
    message: 'Folders of this machine are not read for others.',
  });
});

test('a clone that can be fetched is, with the heads, unless risk is off', async () => {
  const { folder, cache, commits } = prepareClone(draftHarbor);
  const heads = new Map(HEADS.map((mark, place) => [place + 3, commits.get(mark) ?? '']));
  const fetched: unknown[] = [];
  const machine: OperationContext['machine'] = {
    cacheFolder: cache,
    fetchClone: async (...wish) => {
      fetched.push(wish);
      return { known: true, value: folder };
    },
  };
  const warnings = async (config: string) => {
    const { context } = await harbour(config, heads);
    return warningOf((await umbrellaRollup.run({ ...context, machine }, { ref: '#1' })).body);
  };
  expect(await warnings(mode('off'))).toEqual([]);
  expect(fetched).toEqual([]);
  expect(await warnings(mode('observe'))).toEqual(['conflicts with #4 (verified)']);
  expect(fetched).toEqual([[{ owner: 'octo', repo: 'harbor' }, ['main'], [3, 4]]]);
});
