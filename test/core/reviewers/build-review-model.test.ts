import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { known, unknown } from '../../../src/core/reading.ts';
import { buildReviewModel } from '../../../src/core/reviewers/build-review-model.ts';
import { rankReviewers } from '../../../src/core/reviewers/rank-reviewers.ts';
import { NOTHING_KEPT_OF_REVIEWS } from '../../../src/core/reviewers/review-base.ts';
import type { Absence } from '../../../src/core/reviewers/review-facts.ts';
import { reviewLoads } from '../../../src/core/reviewers/review-load.ts';
import type { ReviewSnapshot } from '../../../src/core/reviewers/review-snapshot.ts';
import { asked, commit, merged, NOW, options, pull, REPOSITORY, snapshot } from './build-pull-reviews.ts';

const request = (of: Partial<ReviewSnapshot>, more: Parameters<typeof options> = []) =>
  buildReviewModel(snapshot(of), options(...more)).requests[0];
const reviewer = (login: string, of: Partial<ReviewSnapshot>, more: Parameters<typeof options> = []) =>
  buildReviewModel(snapshot(of), options(...more)).reviewers.find((one) => one.login === login);

const GAP = { cause: 'forbidden', what: 'people' } as const;
const TIDES = { name: 'octo/tides', members: ['kim'], isHere: true };
const ASKED_RAVI = { asked: ['ravi'], steps: [asked('ravi', '2026-03-17T10:00:00Z')] };

test('a request is told with its authors, its effort, when it is due, and who knows its folders', () => {
  const open = [pull(9, { commits: [commit({ authors: ['kim', 'lena'] })] })];
  expect(request({ open, past: [merged(1, 'noor', { author: 'ravi' })] })).toEqual({
    ref: { ...REPOSITORY, number: 9 },
    title: 'Change 9',
    url: 'https://github.example/octo/harbor/pull/9',
    openedAt: '2026-03-18T10:00:00Z',
    dueAt: '2026-03-20T10:00:00Z',
    effort: 0.5 + Math.log2(62) / 8,
    isDraft: false,
    isDependencyBot: false,
    agent: null,
    authors: ['kim', 'lena'],
    needs: [],
    vacantOwners: [],
    familiarity: new Map([
      ['ravi', 1],
      ['noor', 1],
    ]),
    standing: {
      askedByPerson: [],
      askedByUs: [],
      removedByPerson: [],
      removedByBot: [],
      declined: new Map(),
      reviewed: [],
      handedOffFrom: [],
      assignedByUs: [],
      overruledAt: new Map(),
    },
  });
});

test('an agent is an author besides the account that opened it, whatever a text says', () => {
  const open = [pull(9, { body: 'Agent: ada', commits: [commit({ authors: ['kim', 'lena'] })] })];
  expect(request({ open })).toMatchObject({ agent: 'ada', authors: ['kim', 'lena'] });
});

test('whoever opened it answers reviews of an agent’s pull request, and gives none', () => {
  const review = (login: string) => ({ login, isBot: false, at: '2026-03-18T12:00:00Z', state: 'commented' }) as const;
  const open = [pull(9, { body: 'Agent: ada', reviews: [review('kim'), review('noor')] })];
  expect(request({ open })?.standing.reviewed).toEqual(['noor']);
});

test('files ask for capabilities by the configuration, else by the CODEOWNERS of their base', () => {
  const codeowners = known(
    new Map([
      ['main', { path: 'CODEOWNERS', text: '/src/ @ravi', byteSize: 11 }],
      ['release/1', { path: 'CODEOWNERS', text: '/src/ @noor', byteSize: 11 }],
    ]),
  );
  const needs = (base: string, capabilities = {}) =>
    request({ open: [pull(9, { base })], codeowners }, [{ capabilities }])?.needs;
  expect([needs('main'), needs('release/1'), needs('main', { tides: ['src/tides/**'] })]).toEqual([
    ['ravi'],
    ['noor'],
    ['tides'],
  ]);
});

test.each<[string, string, Partial<ReviewSnapshot>, readonly string[], readonly string[]]>([
  ['the author alone', '/src/ @kim', {}, [], ['kim']],
  ['the author and somebody else', '/src/ @kim @noor', {}, ['kim or noor'], []],
  ['who has no access', '/src/ @tomas', {}, [], ['tomas']],
  ['who may have access', '/src/ @tomas', { people: unknown(GAP) }, ['tomas'], []],
  ['a team of nobody but the author', '/src/ @octo/tides', { teams: known([TIDES]) }, [], ['octo/tides']],
  ['a team that is not there', '/src/ @octo/tides', {}, [], ['octo/tides']],
  ['a team that could not be read', '/src/ @octo/tides', { teams: unknown(GAP) }, ['octo/tides'], []],
])('a file that %s owns asks for whoever of them can be asked, and tells of nobody else', (_, text, of, needs, out) => {
  const codeowners = known(new Map([['main', { path: 'CODEOWNERS', text, byteSize: text.length }]]));
  expect(request({ open: [pull(9)], codeowners, ...of })).toMatchObject({ needs, vacantOwners: out });
});

test('an owner who is not among those who review is none that anybody could wait for', () => {
  const codeowners = known(new Map([['main', { path: 'CODEOWNERS', text: '/src/ @ravi', byteSize: 11 }]]));
  const asked = request({ open: [pull(9)], codeowners }, [{ pool: ['noor', 'lena'] }]);
  expect(asked).toMatchObject({ needs: [], vacantOwners: ['ravi'] });
});

test('what the configuration asks for is asked for also where nobody has it', () => {
  expect(request({ open: [pull(9)] }, [{ capabilities: { tides: ['src/**'] } }])?.needs).toEqual(['tides']);
});

test('what the configuration gives to the author alone is asked for by nobody, and told', () => {
  const capabilities = { tides: ['src/**'] };
  const given = (login: string) =>
    request({ open: [pull(9)] }, [{ capabilities, people: { [login]: { capability: ['tides'] } } }]);
  expect(given('kim')).toMatchObject({ needs: [], vacantOwners: ['tides'] });
  expect(given('noor')).toMatchObject({ needs: ['tides'], vacantOwners: [] });
});

test('owners who are away are owners', () => {
  const codeowners = known(new Map([['main', { path: 'CODEOWNERS', text: '/src/ @ravi', byteSize: 11 }]]));
  const away = [{ from: '2026-03-01T00:00:00Z', until: null, level: 'off' }] as const;
  const kept = { ...NOTHING_KEPT_OF_REVIEWS, absences: new Map([['ravi', away]]) };
  expect(request({ open: [pull(9)], codeowners }, [{}, { kept }])?.needs).toEqual(['ravi']);
});

test('who may only read is not asked, unless the configuration names them; a role that nobody could read keeps nobody off', () => {
  const people = known([
    { login: 'ravi', isBusy: false, canApprove: false },
    { login: 'noor', isBusy: false, canApprove: null },
    { login: 'lena', isBusy: false, canApprove: true },
  ]);
  const codeowners = known(new Map([['main', { path: 'CODEOWNERS', text: '* @ravi @noor @lena', byteSize: 19 }]]));
  const access = (config: object) => {
    const { reviewers } = buildReviewModel(snapshot({ people, codeowners }), options(config));
    return reviewers.map(({ login, hasAccess }) => [login, hasAccess]);
  };
  const rest = [
    ['lena', true],
    ['noor', true],
  ];
  expect(access({})).toEqual([...rest, ['ravi', false]]);
  expect(access({ people: { ravi: { capability: [] } } })).toEqual([...rest, ['ravi', true]]);
  expect(access({ pool: ['Ravi'] })).toEqual([['ravi', true]]);
});

test('whom the App asked that the configuration names was asked by Parasol, whoever reads it', () => {
  const open = [pull(9, { asked: ['ravi'], steps: [asked('ravi', '2026-03-18T11:00:00Z', 'parasol')] })];
  const standings = [undefined, 'parasol'].map(
    (app) => buildReviewModel(snapshot({ open }), { ...options(), app }).requests[0]?.standing,
  );
  expect(standings.map((one) => [one?.askedByPerson, one?.askedByUs])).toEqual([
    [['ravi'], []],
    [[], ['ravi']],
  ]);
});

test('a person is known by what GitHub says and the past shows', () => {
  const open = [pull(9, ASKED_RAVI)];
  const people = known([{ login: 'ravi', isBusy: true, canApprove: null }]);
  expect(reviewer('ravi', { open, people })).toEqual({
    login: 'ravi',
    capability: [],
    hasAccess: true,
    canApprove: null,
    pace: { value: 1.25, basis: 'default' },
    hours: null,
    capacity: { value: 2, basis: 'default' },
    ownCapacity: null,
    isBusy: true,
    absences: [],
    lastSeenAt: null,
    rhythm: { presentDays: 0, silentDays: 0, returns: 0 },
    waiting: [
      {
        ref: { ...REPOSITORY, number: 9 },
        askedAt: '2026-03-18T10:00:00Z',
        dueAt: '2026-03-20T10:00:00Z',
        effort: (0.5 + Math.log2(62) / 8) * 1.5,
      },
    ],
    overdrawn: 0,
    utilisation: null,
    utilisationWhenThere: null,
    turn: { value: 24, basis: 'default' },
    scarcity: { share: 0, tags: [] },
  });
});

test('the configuration goes before the past, and what a person said is kept beside it', () => {
  const people = { ravi: { capability: ['database'], hours: 'Mon-Fri 09-17 Europe/Berlin', capacity: 6 } };
  const said = { kept: { ...NOTHING_KEPT_OF_REVIEWS, capacities: new Map([['ravi', 2]]) } };
  const told = reviewer('ravi', {}, [{ people }]);
  expect(told).toMatchObject({
    capability: ['database'],
    hours: { value: { timeZone: 'Europe/Berlin', days: [1, 2, 3, 4, 5], from: 9, to: 17 }, basis: 'configured' },
    capacity: { value: 6, basis: 'configured' },
  });
  expect([told?.ownCapacity, reviewer('ravi', {}, [{ people }, said])?.ownCapacity]).toEqual([null, 2]);
  expect(reviewer('noor', {}, [{ people, capacity: 3 }])?.capacity).toEqual({ value: 3, basis: 'configured' });
});

test.each([
  ['a draft', { isDraft: true }],
  ['failed checks', { standing: { checks: 'failure', mergeable: 'mergeable', decision: null } as const }],
  ['checks that run', { standing: { checks: 'pending', mergeable: 'mergeable', decision: null } as const }],
  ['a conflict', { standing: { checks: 'success', mergeable: 'conflicting', decision: null } as const }],
  ['an approval', { standing: { checks: 'success', mergeable: 'mergeable', decision: 'approved' } as const }],
  ['an update of dependencies', { author: 'dependabot' }],
])('%s does not wait on the reviewer', (_, of) => {
  expect(reviewer('ravi', { open: [pull(9, { ...ASKED_RAVI, ...of })] })?.waiting).toEqual([]);
});

test('what waits in other repositories counts where the person was asked, and not through a team', () => {
  const elsewhere = { owner: 'octo', repo: 'web', number: 3 };
  const mine = pull(3, { ref: elsewhere, steps: [asked('ravi', '2026-03-18T11:00:00Z')] });
  const team = pull(4, { ref: { ...elsewhere, number: 4 }, steps: [asked('octo/tides', '2026-03-18T11:00:00Z')] });
  const told = reviewer('ravi', {}, [{}, { elsewhere: new Map([['ravi', [mine, team]]]) }]);
  expect(told?.waiting.map(({ ref, askedAt }) => [ref, askedAt])).toEqual([[elsewhere, '2026-03-18T11:00:00Z']]);
});

test('what waits on its author in other repositories is nobody else’s work, until somebody is asked again', () => {
  const steps = [asked('ravi', '2026-03-17T11:00:00Z')];
  const reviews = [{ login: 'noor', isBot: false, at: '2026-03-18T11:00:00Z', state: 'changes_requested' }] as const;
  const waiting = (again: readonly string[]) => {
    const owed = pull(3, { ref: { owner: 'octo', repo: 'web', number: 3 }, steps, reviews, asked: again });
    return reviewer('ravi', {}, [{}, { elsewhere: new Map([['ravi', [owed]]]) }])?.waiting.length;
  };
  expect([waiting(['ravi']), waiting(['ravi', 'noor'])]).toEqual([0, 1]);
});

test('whoever took on more for their pace, done or waiting, is used to more; too few days tell nothing', () => {
  const of = (number: number, login: string, day: string) =>
    merged(number, login, {
      openedAt: `${day}T08:00:00Z`,
      endedAt: `${day}T12:00:00Z`,
      reviews: [{ login, isBot: false, at: `${day}T10:00:00Z`, state: 'approved' }],
    });
  const past = [
    of(1, 'ravi', '2026-03-03'),
    of(2, 'ravi', '2026-03-04'),
    of(3, 'noor', '2026-03-03'),
    of(4, 'lena', '2026-03-17'),
  ];
  const used = (login: string, open: ReviewSnapshot['open'] = []) => reviewer(login, { past, open })?.utilisation;
  const units = 0.5 + Math.log2(62) / 8;
  // Nobody knew the folder at first; the default pace, from March 3 to yesterday.
  expect(used('noor')).toBeCloseTo((units * 1.5) / (1.25 * 11));
  expect(used('ravi')).toBeCloseTo((units * 2.5) / (1.25 * 11));
  expect(used('ravi', [pull(9, ASKED_RAVI)])).toBeCloseTo((units * 3.5) / (1.25 * 11));
  expect(used('lena')).toBeNull();
});

describe('announced absences', () => {
  const reviewed = (number: number, login: string, day: string) =>
    merged(number, login, {
      openedAt: `${day}T08:00:00Z`,
      endedAt: `${day}T12:00:00Z`,
      reviews: [{ login, isBot: false, at: `${day}T10:00:00Z`, state: 'approved' }],
    });
  const past = [
    reviewed(1, 'ravi', '2026-02-16'),
    reviewed(2, 'ravi', '2026-02-20'),
    reviewed(3, 'noor', '2026-03-02'),
  ];
  const model = (absences: readonly Absence[]) => {
    const kept = { ...NOTHING_KEPT_OF_REVIEWS, absences: new Map([['ravi', absences]]) };
    return buildReviewModel(snapshot({ past, open: [pull(9, ASKED_RAVI), pull(10)] }), options({}, { kept }));
  };
  const ravi = (...absences: readonly Absence[]) => model(absences).reviewers.find(({ login }) => login === 'ravi');
  const off = (from: string, until: string | null, level: Absence['level'] = 'off'): Absence => ({
    ...{ from: `${from}T00:00:00Z`, until: until === null ? null : `${until}T00:00:00Z`, level },
  });

  test('leave nothing owed for the working days on which somebody was not there', () => {
    const always = ravi()?.utilisation ?? 0;
    // 22 working days since February 16, two weeks of them away.
    const weeks = off('2026-02-23', '2026-03-09');
    expect(ravi(weeks)).toMatchObject({ utilisation: always, absences: [weeks] });
    expect(ravi(weeks)?.utilisationWhenThere).toBeCloseTo((always * 22) / 12);
    expect(ravi(off('2026-02-23', '2026-03-09', 'finish_only'))?.utilisationWhenThere).toBeCloseTo((always * 22) / 12);
    const overlapping = ravi(off('2026-02-23', '2026-03-04'), off('2026-03-02', '2026-03-09'));
    expect(overlapping?.utilisationWhenThere).toBeCloseTo((always * 22) / 12);
  });

  test('count for nothing on a day on which the person was seen, when they are to come, and on a day off', () => {
    const always = ravi()?.utilisation;
    const told = [off('2026-02-20', '2026-02-21'), off('2026-03-18', null), off('2026-02-21', '2026-02-23')];
    expect(told.map((one) => ravi(one)?.utilisationWhenThere)).toEqual([always, always, always]);
  });

  test('leave too few days to tell where hardly any are left', () => {
    expect(ravi(off('2026-02-17', '2026-03-18'))?.utilisationWhenThere).toBeNull();
  });

  test('change nothing of what is told of anybody, and no score as all could see it', () => {
    const moment = fc.date({
      min: new Date('2026-01-01T00:00:00Z'),
      max: new Date('2026-05-01T00:00:00Z'),
      noInvalidDate: true,
    });
    const level = fc.constantFrom('off' as const, 'finish_only' as const);
    const absence = fc.record({
      from: moment.map((at) => at.toISOString()),
      until: fc.option(moment.map((at) => at.toISOString())),
      level,
    });
    const told = (absences: readonly Absence[]) => {
      const { requests, reviewers } = model(absences);
      const present = reviewers.map((one) => ({ ...one, absences: [] }));
      const ranked = { now: NOW, slaSeconds: 172_800, queued: 0, seed: 1, assigns: false };
      return {
        requests,
        loads: reviewLoads(reviewers, NOW),
        scores: requests.map((one) => rankReviewers(one, present, ranked)),
        people: present.map(({ utilisationWhenThere: _, ...all }) => all),
      };
    };
    const without = told([]);
    fc.assert(
      fc.property(fc.array(absence, { maxLength: 3 }), (absences) => {
        expect(told(absences)).toEqual(without);
      }),
    );
  });
});

test("a person's rhythm is read from what they did and left undone here", () => {
  const late = merged(1, 'ravi', {
    openedAt: '2026-03-02T08:00:00Z',
    endedAt: '2026-03-11T12:00:00Z',
    steps: [asked('ravi', '2026-03-03T08:00:00Z')],
    reviews: [{ login: 'ravi', isBot: false, at: '2026-03-11T10:00:00Z', state: 'approved' }],
  });
  const early = pull(2, { author: 'ravi', openedAt: '2026-03-02T08:00:00Z' });
  expect(reviewer('ravi', { past: [late], open: [early] })?.rhythm).toEqual({
    presentDays: 8,
    silentDays: 4,
    returns: 1,
  });
});
