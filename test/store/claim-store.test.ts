import { describe, expect, test } from 'vitest';
import { refKey } from '../../src/core/task/identity.ts';
import { leaseEnd } from '../../src/core/work/lease.ts';
import { claimTask } from '../../src/store/claim-task.ts';
import { releaseClaim, renewClaim } from '../../src/store/hold-claim.ts';
import { leaseTime } from '../../src/store/lease-time.ts';
import { findHeldClaim, findLiveClaim, loadClaims, loadLiveClaims } from '../../src/store/load-claims.ts';
import { noteSign, noteSignGone } from '../../src/store/note-sign.ts';
import type { OriginStore } from '../../src/store/store.ts';
import { describeOnBothStores } from './on-both-stores.ts';

const UMBRELLA = { owner: 'Octo', repo: 'harbor', number: 1 };
const TASK = { owner: 'Octo', repo: 'harbor', number: 12 };
const at = (minute: number): string => `2026-05-10T12:${String(minute).padStart(2, '0')}:00Z`;

const MINUTE_MS = 60_000;

const request = (agent: string, minute: number, task = TASK) => ({
  task,
  umbrella: UMBRELLA,
  agent,
  leaseMs: 30 * MINUTE_MS,
  now: at(minute),
});

const claim = async (store: OriginStore, agent: string, minute: number, task = TASK) =>
  (await claimTask(store, request(agent, minute, task)))?.claim ?? null;

const CLAIM = {
  task: TASK,
  umbrella: UMBRELLA,
  agent: 'a7',
  token: 1,
  claimedAt: at(0),
  expiresAt: at(30),
  sign: null,
};

const history = (store: OriginStore) =>
  store.db.selectFrom('claim_events').select(['agent', 'token', 'event', 'outcome']).orderBy('id').execute();

describeOnBothStores('claims', (store) => {
  test('belong to the first who asks, until the lease is over', async () => {
    expect(await claim(store(), 'a7', 0)).toEqual(CLAIM);
    expect(await claim(store(), 'a8', 29)).toBeNull();
    expect(await claim(store(), 'a7', 29)).toBeNull();
    expect(await claim(store(), 'a8', 30)).toMatchObject({ agent: 'a8', token: 2 });
  });

  test('know the task whatever the case of its name', async () => {
    await claim(store(), 'a7', 0);
    expect(await claim(store(), 'a8', 1, { ...TASK, owner: 'octo' })).toBeNull();
  });

  test('of two GitHubs are strangers, though owner, repository and number are the same', async () => {
    const there: OriginStore = { ...store(), origin: 'ghe.example.com' };
    await claim(store(), 'a7', 0);
    expect(await claim(there, 'a8', 1)).toMatchObject({ agent: 'a8', token: 1 });
    await releaseClaim(there, { task: TASK, agent: 'a8', token: 1 }, { now: at(2), outcome: null });
    await noteSign(there, TASK, { as: 'label', label: 'claimed' });
    expect(await loadClaims(store(), ['octo/harbor'], at(3))).toEqual([
      {
        key: 'octo/harbor#12',
        live: { agent: 'a7', token: 1, since: at(0), until: at(30) },
        sign: null,
        goneSign: null,
      },
    ]);
    expect((await loadLiveClaims(there, at(3))).length).toBe(0);
  });

  test('are refused to a holder who asks on another GitHub', async () => {
    await claim(store(), 'a7', 0);
    const there: OriginStore = { ...store(), origin: 'ghe.example.com' };
    const holder = { task: TASK, agent: 'a7', token: 1 };
    const refusal = {
      code: 'claim_refused',
      message: 'Your claim of Octo/harbor#12 was made on github.com, and this is ghe.example.com.',
    };
    await expect(renewClaim(there, holder, { now: at(5), leaseMs: 35 * MINUTE_MS })).rejects.toMatchObject(refusal);
    await expect(releaseClaim(there, holder, { now: at(5), outcome: null })).rejects.toMatchObject(refusal);
    expect(await findLiveClaim(store(), TASK, at(6))).toEqual(CLAIM);
  });

  test('of 21 callers at one moment go to one each for 20 tasks, and the last gets none', async () => {
    const tasks = Array.from({ length: 20 }, (_, index) => ({ ...TASK, number: 100 + index }));
    const work = async (agent: string) => {
      for (const task of tasks) {
        const got = await claim(store(), agent, 0, task);
        if (got !== null) return got.task.number;
      }
      return null;
    };
    const got = await Promise.all(Array.from({ length: 21 }, (_, index) => work(`a${index}`)));
    expect(got.filter((number) => number !== null).toSorted()).toEqual(tasks.map(({ number }) => number));
    expect(got.filter((number) => number === null)).toHaveLength(1);
  });

  test('of one task are given to one of 30 callers at one moment, also when the last one is over', async () => {
    await claim(store(), 'old', 0);
    const got = await Promise.all(Array.from({ length: 30 }, (_, index) => claim(store(), `a${index}`, 40)));
    expect(got.filter((one) => one !== null)).toEqual([expect.objectContaining({ token: 2 })]);
  });

  test('are renewed by their holder, also when the lease is over and nobody has taken the task', async () => {
    await claim(store(), 'a7', 0);
    const holder = { task: TASK, agent: 'a7', token: 1 };
    expect(await renewClaim(store(), holder, { now: at(10), leaseMs: 30 * MINUTE_MS })).toEqual({
      ...CLAIM,
      expiresAt: at(40),
    });
    expect(await renewClaim(store(), holder, { now: at(45), leaseMs: 14 * MINUTE_MS })).toEqual({
      ...CLAIM,
      expiresAt: at(59),
    });
  });

  test('end no sooner for a renewal by a clock that stands before the claim', async () => {
    await claim(store(), 'a7', 20);
    const holder = { task: TASK, agent: 'a7', token: 1 };
    const renewed = async (until: number) =>
      (await renewClaim(store(), holder, { now: at(0), leaseMs: until * MINUTE_MS })).expiresAt;
    expect([await renewed(1), await renewed(39)]).toEqual(['2026-05-10T12:50:00Z', at(59)]);
    expect(await claim(store(), 'a8', 49)).toBeNull();
  });

  test('are found again by the agent that holds them, and by no other', async () => {
    await claim(store(), 'a7', 0);
    const other = { ...TASK, number: 13 };
    await claim(store(), 'a7', 10, other);
    const held = async (agent: string, minute: number, ...among: (typeof TASK)[]) =>
      (await findHeldClaim(store(), { agent, among: new Set(among.map(refKey)), now: at(minute) }))?.task.number ??
      null;
    expect([
      await held('a7', 15, TASK),
      await held('a7', 15, TASK, other),
      await held('a8', 15, TASK, other),
      await held('a7', 30, TASK),
    ]).toEqual([12, 13, null, null]);
  });

  test('of one agent that asks ten times at one moment come to one, unless it asks for more', async () => {
    const tasks = Array.from({ length: 10 }, (_, index) => ({ ...TASK, number: 100 + index }));
    const unlessHeld = new Set(tasks.map(refKey));
    const attempts = await Promise.all(
      tasks.map((task) => claimTask(store(), { ...request('a7', 0, task), unlessHeld })),
    );
    expect(new Set(attempts.map((attempt) => attempt?.claim.task.number)).size).toBe(1);
    expect(attempts.filter((attempt) => attempt?.isAgain === false)).toHaveLength(1);
    const more = await Promise.all(tasks.map((task) => claimTask(store(), request('a7', 0, task))));
    expect(more.filter((attempt) => attempt !== null)).toHaveLength(9);
  });

  test('that must not stand beside each other do not, though asked for at one moment', async () => {
    const tasks = Array.from({ length: 10 }, (_, index) => ({ ...TASK, number: 100 + index }));
    const beside = {
      repositories: ['octo/harbor'],
      admits: (claims: readonly unknown[]) => claims.length < 2,
    };
    const attempts = await Promise.all(
      tasks.map((task, index) => claimTask(store(), { ...request(`a${index}`, 0, task), beside })),
    );
    expect(attempts.filter((attempt) => attempt !== null)).toHaveLength(2);
  });

  test('go by the clock of the database where nobody gives a time', async () => {
    const before = await leaseTime(store().db, null);
    const attempt = await claimTask(store(), { ...request('a7', 0), now: null });
    const after = await leaseTime(store().db, null);
    const claimedAt = attempt?.claim.claimedAt ?? '';
    expect([before, claimedAt, after].toSorted()).toEqual([before, claimedAt, after]);
    expect(attempt?.claim.expiresAt).toBe(leaseEnd(claimedAt, 30 * MINUTE_MS));
    const holder = { task: TASK, agent: 'a7', token: 1 };
    const renewed = await renewClaim(store(), holder, { now: null, leaseMs: 60 * MINUTE_MS });
    expect(Date.parse(renewed.expiresAt)).toBeGreaterThanOrEqual(Date.parse(claimedAt) + 60 * MINUTE_MS);
  });

  test('that are released are free at once, and their token never comes back', async () => {
    await claim(store(), 'a7', 0);
    await releaseClaim(
      store(),
      { task: TASK, agent: 'a7', token: 1 },
      { now: at(5), outcome: 'opened a pull request' },
    );
    expect(await claim(store(), 'a7', 6)).toMatchObject({ token: 2, claimedAt: at(6) });
  });

  test('are released once, however often that is said', async () => {
    await claim(store(), 'a7', 0);
    const holder = { task: TASK, agent: 'a7', token: 1 };
    const release = () => releaseClaim(store(), holder, { now: at(5), outcome: null });
    expect([await release(), await release()]).toEqual([CLAIM, CLAIM]);
    expect((await history(store())).map(({ event }) => event)).toEqual(['claimed', 'released']);
  });

  describe('are refused to who', () => {
    const renew = (agent: string, token: number, minute = 50) =>
      renewClaim(store(), { task: TASK, agent, token }, { now: at(minute), leaseMs: (59 - minute) * MINUTE_MS });
    const release = (agent: string, token: number) =>
      releaseClaim(store(), { task: TASK, agent, token }, { now: at(50), outcome: null });
    const refusal = (message: string) => ({ code: 'claim_refused', message });

    test('never claimed the task', async () => {
      await expect(renew('a7', 1)).rejects.toMatchObject(refusal('Nobody has ever claimed Octo/harbor#12.'));
      await expect(release('a7', 1)).rejects.toMatchObject(refusal('Nobody has ever claimed Octo/harbor#12.'));
    });

    test('comes with a token or a name of their own making', async () => {
      await claim(store(), 'a7', 0);
      for (const act of [renew, release]) {
        await expect(act('a7', 2)).rejects.toMatchObject(refusal('Token 2 of Octo/harbor#12 is not one of agent a7.'));
        await expect(act('a8', 1)).rejects.toMatchObject(refusal('Token 1 of Octo/harbor#12 is not one of agent a8.'));
      }
    });

    test('let the lease run out when somebody else has the task by now', async () => {
      await claim(store(), 'a7', 0);
      await claim(store(), 'a8', 30);

      const message = `Your claim of Octo/harbor#12 is over: agent a8 has it since ${at(30)}, until 2026-05-10T13:00:00Z.`;
      for (const act of [renew, release]) await expect(act('a7', 1)).rejects.toMatchObject({ code: 'claim_refused' });
      await expect(renew('a7', 1)).rejects.toMatchObject(refusal(message));
    });

    test('has released the task', async () => {
      await claim(store(), 'a7', 0);
      await release('a7', 1);
      const message = `Your claim of Octo/harbor#12 is over: it was released at ${at(50)}.`;
      await expect(renew('a7', 1)).rejects.toMatchObject(refusal(message));
    });
  });

  test('leave a history', async () => {
    await claim(store(), 'a7', 0);
    await renewClaim(store(), { task: TASK, agent: 'a7', token: 1 }, { now: at(5), leaseMs: 30 * MINUTE_MS });
    await claim(store(), 'a8', 35);
    await releaseClaim(store(), { task: TASK, agent: 'a8', token: 2 }, { now: at(40), outcome: 'gave up' });
    expect(await history(store())).toEqual([
      { agent: 'a7', token: 1, event: 'claimed', outcome: null },
      { agent: 'a7', token: 1, event: 'renewed', outcome: null },
      { agent: 'a8', token: 2, event: 'claimed', outcome: null },
      { agent: 'a8', token: 2, event: 'released', outcome: 'gave up' },
    ]);
  });

  test('are read by repository: the live ones, and those whose sign stands on the issue, or did a minute ago', async () => {
    const other = { ...TASK, number: 13 };
    const third = { ...TASK, number: 14 };
    const sign = { as: 'label', label: 'claimed' } as const;
    await claim(store(), 'a7', 0);
    await claim(store(), 'a8', 10, other);
    await claim(store(), 'a9', 0, third);
    await claim(store(), 'b1', 10, { ...TASK, repo: 'elsewhere' });
    await noteSign(store(), other, sign);
    await noteSign(store(), third, sign);
    const read = (minute = 35) => loadClaims(store(), ['octo/harbor'], at(minute));
    expect(await read()).toEqual([
      { key: 'octo/harbor#13', live: { agent: 'a8', token: 1, since: at(10), until: at(40) }, sign, goneSign: null },
      { key: 'octo/harbor#14', live: null, sign, goneSign: null },
    ]);
    for (const task of [third, other]) await noteSignGone(store(), task, at(35));
    expect(await read()).toEqual([
      { key: 'octo/harbor#13', live: { agent: 'a8', token: 1, since: at(10), until: at(40) }, sign, goneSign: null },
      { key: 'octo/harbor#14', live: null, sign: null, goneSign: sign },
    ]);
    expect((await read(36)).map(({ key }) => key)).toEqual(['octo/harbor#13']);
    expect(await loadClaims(store(), [], at(35))).toEqual([]);
  });
});
