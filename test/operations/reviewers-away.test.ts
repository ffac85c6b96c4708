import { afterEach, beforeEach, expect, test } from 'vitest';
import { connectWithToken } from '../../src/github/connect-with-token.ts';
import { catalogEntry } from '../../src/operations/catalog.ts';
import type { OperationContext } from '../../src/operations/operation.ts';
import { addCollaborator, addUserToken } from '../../src/sandbox/create-world.ts';
import { loadCapacities } from '../../src/store/reviewers/capacities.ts';
import { describeOnBothStores } from '../store/on-both-stores.ts';
import { type SandboxedUmbrella, startSandboxedUmbrella } from './sandboxed-umbrella.ts';

const HOLIDAY = { from: '2026-12-20T00:00:00Z', until: '2027-01-04T00:00:00Z', level: 'off' };

describeOnBothStores('what people say of themselves as reviewers', (store) => {
  let harbor: SandboxedUmbrella;
  let now: string;

  beforeEach(async () => {
    harbor = await startSandboxedUmbrella();
    addCollaborator(harbor.world, harbor.repository, 'ravi', 'admin');
    addUserToken(harbor.world, { token: 'ravis-token', login: 'ravi' });
    now = '2026-11-23T09:00:00Z';
  });
  afterEach(() => harbor.sandbox.close());

  const contextOf = (login: 'kim' | 'ravi'): OperationContext => ({
    ...harbor.context,
    github: connectWithToken({ token: `${login}s-token`, apiUrl: harbor.sandbox.apiUrl, pace: 'sandbox' }),
    now: () => now,
    isTimeGiven: true,
    store: async () => store(),
  });
  const away = (input: object, login: 'kim' | 'ravi' = 'kim') =>
    catalogEntry('reviewers.away').run(contextOf(login), input);
  const capacity = (count: string) => catalogEntry('reviewers.capacity').run(contextOf('kim'), { count });

  test('is kept for them alone: an administrator is shown nothing of it', async () => {
    expect(await away({ range: '2026-12-20..2027-01-03' })).toEqual({
      login: 'kim',
      did: 'kept',
      absences: [HOLIDAY],
    });
    expect(await away({ show: true })).toEqual({ login: 'kim', did: 'nothing', absences: [HOLIDAY] });
    expect(await away({ show: true }, 'ravi')).toEqual({ login: 'ravi', did: 'nothing', absences: [] });
    expect(await away({ end: true }, 'ravi')).toMatchObject({ did: 'nothing' });
    expect(await away({ show: true })).toMatchObject({ absences: [HOLIDAY] });
    expect(harbor.writes()).toEqual([]);
  });

  test('ends what holds, and a second time what is to come', async () => {
    await away({ range: '2026-11-20..2026-11-30', finishOnly: true });
    await away({ range: '2026-12-20..2027-01-03' });
    expect(await away({ end: true })).toEqual({ login: 'kim', did: 'ended', absences: [HOLIDAY] });
    expect(await away({ end: true })).toEqual({ login: 'kim', did: 'ended', absences: [] });
    expect(await away({ end: true })).toEqual({ login: 'kim', did: 'nothing', absences: [] });
  });

  test('is over after its last day', async () => {
    await away({ range: '2026-12-20..2027-01-03' });
    now = '2027-01-03T23:59:59Z';
    expect(await away({ show: true })).toMatchObject({ absences: [HOLIDAY] });
    now = '2027-01-04T00:00:00Z';
    expect(await away({ show: true })).toMatchObject({ absences: [] });
  });

  test.each([
    [{}, 'takes days, --end or --show'],
    [{ range: '2026-12-20', end: true }, 'takes days, --end or --show'],
    [{ end: true, finishOnly: true }, 'takes --finish-only with days alone'],
    [{ show: true, finishOnly: true }, 'takes --finish-only with days alone'],
    [{ range: '2026-12-24..2026-12-20' }, 'Nothing is kept: it ends before it begins.'],
  ])('%j is refused, and nothing is kept', async (input, message) => {
    await expect(away(input)).rejects.toMatchObject({ code: 'usage', message: expect.stringContaining(message) });
    expect(await away({ show: true })).toMatchObject({ absences: [] });
  });

  test('is how many reviews may wait for them, until they take it back', async () => {
    const kept = async () => Object.fromEntries(await loadCapacities({ ...store(), origin: origin() }, ['kim']));
    expect(await capacity('4')).toEqual({ login: 'kim', capacity: 4 });
    expect(await kept()).toEqual({ kim: 4 });
    expect(await capacity('0')).toEqual({ login: 'kim', capacity: 0 });
    expect(await kept()).toEqual({ kim: 0 });
    for (const count of ['100', '00', '-1', '3.5', 'many'])
      await expect(capacity(count)).rejects.toMatchObject({ code: 'usage' });
    expect(await capacity('Default')).toEqual({ login: 'kim', capacity: null });
    expect(await kept()).toEqual({});
  });
  const origin = () => contextOf('kim').github.origin;
});

test('without a store nothing is kept, and that is said', async () => {
  const harbor = await startSandboxedUmbrella();
  const attempt = catalogEntry('reviewers.away').run(harbor.context, { range: '2026-12-20' });
  await expect(attempt).rejects.toMatchObject({ code: 'store_unavailable' });
  await harbor.sandbox.close();
});
