import { describe, expect, test } from 'vitest';
import { leaseEnd } from '../../src/core/work/lease.ts';
import {
  claimTask,
  findOwnClaim,
  loadClaims,
  noteSign,
  releaseClaim,
  renewClaim,
} from '../../src/store/claim-store.ts';
import { loadLiveClaims } from '../../src/store/live-claims.ts';
import type { OriginStore } from '../../src/store/store.ts';
import { describeOnBothStores } from './on-both-stores.ts';

const UMBRELLA = { owner: 'Octo', repo: 'harbor', number: 1 };
const TASK = { owner: 'Octo', repo: 'harbor', number: 12 };
const at = (minute: number): string => `2026-05-10T12:${String(minute).padStart(2, '0')}:00Z`;

const claim = (store: OriginStore, agent: string, minute: number, task = TASK) =>
  claimTask(store, { task, umbrella: UMBRELLA, agent, now: at(minute), until: leaseEnd(at(minute), 30 * 60_000) });

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
      { key: 'octo/harbor#12', live: { agent: 'a7', token: 1, since: at(0), until: at(30) }, sign: null },
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
    await expect(renewClaim(there, holder, { now: at(5), until: at(40) })).rejects.toMatchObject(refusal);
    await expect(releaseClaim(there, holder, { now: at(5), outcome: null })).rejects.toMatchObject(refusal);
    expect(await findOwnClaim(store(), TASK, 'a7', at(6))).toEqual(CLAIM);
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
    expect(await renewClaim(store(), holder, { now: at(10), until: at(40) })).toEqual({ ...CLAIM, expiresAt: at(40) });
    expect(await renewClaim(store(), holder, { now: at(45), until: at(59) })).toEqual({ ...CLAIM, expiresAt: at(59) });
  });

  test('end no sooner for a renewal by a clock that stands before the claim', async () => {
    await claim(store(), 'a7', 20);
    const holder = { task: TASK, agent: 'a7', token: 1 };
    const renewed = async (until: number) =>
      (await renewClaim(store(), holder, { now: at(0), until: at(until) })).expiresAt;
    expect([await renewed(1), await renewed(39)]).toEqual(['2026-05-10T12:50:00Z', at(59)]);
    expect(await claim(store(), 'a8', 49)).toBeNull();
  });

  test('are found again by the agent that holds them, and by no other', async () => {
    await claim(store(), 'a7', 0);
    expect(await findOwnClaim(store(), TASK, 'a7', at(5))).toEqual(CLAIM);
    expect(await findOwnClaim(store(), TASK, 'a8', at(5))).toBeNull();
    expect(await findOwnClaim(store(), TASK, 'a7', at(30))).toBeNull();
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
      renewClaim(store(), { task: TASK, agent, token }, { now: at(minute), until: at(59) });
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
    await renewClaim(store(), { task: TASK, agent: 'a7', token: 1 }, { now: at(5), until: at(35) });
    await claim(store(), 'a8', 35);
    await releaseClaim(store(), { task: TASK, agent: 'a8', token: 2 }, { now: at(40), outcome: 'gave up' });
    expect(await history(store())).toEqual([
      { agent: 'a7', token: 1, event: 'claimed', outcome: null },
      { agent: 'a7', token: 1, event: 'renewed', outcome: null },
      { agent: 'a8', token: 2, event: 'claimed', outcome: null },
      { agent: 'a8', token: 2, event: 'released', outcome: 'gave up' },
    ]);
  });

  test('are read by repository: the live ones, and those whose sign still stands on the issue', async () => {
    const other = { ...TASK, number: 13 };
    const third = { ...TASK, number: 14 };
    const sign = { as: 'label', label: 'claimed' } as const;
    await claim(store(), 'a7', 0);
    await claim(store(), 'a8', 10, other);
    await claim(store(), 'a9', 0, third);
    await claim(store(), 'b1', 10, { ...TASK, repo: 'elsewhere' });
    await noteSign(store(), other, sign);
    await noteSign(store(), third, sign);
    const read = () => loadClaims(store(), ['octo/harbor'], at(35));
    expect(await read()).toEqual([
      { key: 'octo/harbor#13', live: { agent: 'a8', token: 1, since: at(10), until: at(40) }, sign },
      { key: 'octo/harbor#14', live: null, sign },
    ]);
    await noteSign(store(), third, null);
    expect((await read()).map(({ key }) => key)).toEqual(['octo/harbor#13']);
    expect(await loadClaims(store(), [], at(35))).toEqual([]);
  });
});
