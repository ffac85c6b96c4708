import { afterEach, beforeEach, expect, test } from 'vitest';
import { connectWithToken } from '../../src/github/connect-with-token.ts';
import { catalogEntry } from '../../src/operations/catalog.ts';
import type { OperationContext } from '../../src/operations/operation.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/start-sandbox.ts';
import { createStoreAccess } from '../../src/store/store-access.ts';
import { describeOnBothStores } from '../store/on-both-stores.ts';
import { buildBacklogWorld, HARBOR, NOW } from './review-backlog-world.ts';

const READS = [
  ['reviewers.load', {}],
  ['reviewers.suggest', { pull: '1' }],
  ['reviewers.suggest', { all: true }],
  ['reviewers.explain', { pull: '1' }],
] as const;

describeOnBothStores('what the App keeps of reviewers', (store) => {
  let sandbox: Sandbox;
  const start = async (reviewers: string) => {
    sandbox = await startSandbox({ world: buildBacklogWorld(reviewers, [{ by: 'kim' }]) });
  };
  beforeEach(() => start('mode: suggest, pool: [noor, lena]'));
  afterEach(() => sandbox.close());

  const remarksOf = async (name: string, input: object, more: Partial<OperationContext>) => {
    const github = connectWithToken({ token: 'kims-token', apiUrl: sandbox.apiUrl, pace: 'sandbox' });
    const context = { github, now: () => NOW, isTimeGiven: true, defaultRepository: HARBOR, ...more };
    const { remarks } = (await catalogEntry(name).run(context, input)) as { remarks: readonly string[] };
    return remarks.filter((remark) => remark.startsWith('No store was read here.'));
  };

  test.each(READS)(
    'is said to be missing by %s %o where there is no store, and what names one',
    async (name, input) => {
      expect(await remarksOf(name, input, {})).toEqual([
        expect.stringMatching(/declines of suggestions, rerolls, absences.*DATABASE_URL or PARASOL_DATA/),
      ]);
    },
  );

  test.each(READS)('is read by %s %o where there is a store, and nothing is said', async (name, input) => {
    const { closeStore: _, ...access } = createStoreAccess(
      async () => store(),
      () => true,
    );
    expect(await remarksOf(name, input, access)).toEqual([]);
  });

  test.each(['observe', 'off'])('is not missed in mode %s, in which the App finds nobody', async (mode) => {
    await sandbox.close();
    await start(`mode: ${mode}, pool: [noor, lena]`);
    for (const [name, input] of READS) expect(await remarksOf(name, input, {})).toEqual([]);
  });

  test('is not missed in a world, whose store begins empty', async () => {
    for (const [name, input] of READS) expect(await remarksOf(name, input, { isStoreFresh: true })).toEqual([]);
  });
});
