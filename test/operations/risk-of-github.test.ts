import { expect, test } from 'vitest';
import { instantAt } from '../../src/core/instant-at.ts';
import { markOf } from '../../src/core/risk/mark-of-finding.ts';
import { stackOf } from '../../src/core/risk/pair-risk.ts';
import { loadRisk } from '../../src/operations/load-risk.ts';
import type { OperationContext } from '../../src/operations/operation.ts';
import { riskMatrix } from '../../src/operations/risk-matrix.ts';
import { riskQueue } from '../../src/operations/risk-queue.ts';
import { riskScore } from '../../src/operations/risk-score.ts';
import { addBlockedBy } from '../../src/sandbox/actions/block-issue.ts';
import { markReady } from '../../src/sandbox/actions/edit-pull-request.ts';
import { pushCommits } from '../../src/sandbox/actions/push-commits.ts';
import { reportCheckRun } from '../../src/sandbox/actions/report-checks.ts';
import { setClock } from '../../src/sandbox/create-world.ts';
import type { BranchRules, RepositoryRecord } from '../../src/sandbox/world.ts';
import { addAppToken, addPull, connect, harbor, operationsOf, umbrellaWorld } from '../github/umbrella-world.ts';
import { draftHarbor, prepareClone } from './risk-clone-world.ts';

/** The sandbox is a server of its own, at another port every time. */
const withoutServer = (text: string): string => text.replaceAll(/--repo=127\.0\.0\.1:\d+\//g, '--repo=');

const PATCH = '@@ -3,3 +3,3 @@\n a\n-b\n+c\n d';
const scope = { drafts: false, dependencyBots: false, idle: true };
const repository = 'octo/harbor';

/** #2 and #3 change the same line, #4 another file. */
async function threePulls(change: (context: OperationContext) => OperationContext = (context) => context) {
  const world = umbrellaWorld(0);
  const file = (path: string) => [{ path, additions: 1, deletions: 1, patch: PATCH }];
  addPull(world, { title: 'One', branch: 'one', files: file('src/a.ts') });
  addPull(world, { title: 'Two', branch: 'two', files: file('src/a.ts') });
  addPull(world, { title: 'Three', branch: 'three', files: file('src/b.ts') });
  const { sandbox, client } = await connect(world);
  const context = change({ github: client, now: () => instantAt(Date.parse(world.now())), defaultRepository: null });
  return { world, sandbox, context };
}

test('without a clone pairs are estimated from changed lines, and it is said how they would be verified', async () => {
  const { context } = await threePulls();
  const facts = await loadRisk(context, { repository, scope });
  expect(facts.pairs).toEqual([
    {
      a: '#2',
      b: '#3',
      finding: { basis: 'estimated', probability: expect.any(Number), factors: expect.anything() },
    },
  ]);
  expect([facts.base, facts.onBase.size, facts.dependents]).toEqual([{ name: 'main', commit: null }, 0, null]);
  expect(facts.remarks.at(-1)).toMatch(/^Everything is estimated\. In a clone of octo\/harbor, after git fetch origin/);
  const queue = await riskQueue.run(context, { repository, drafts: false, bots: false, idle: true, seconds: 600 });
  expect(queue.next).toHaveLength(3);
  expect([queue.estimatedPairs, queue.verifiedPairs]).toEqual([1, 0]);
});

test('a clone verifies the pairs whose commits it has, and the others stay estimated', async () => {
  const { folder, cache, commits } = prepareClone(draftHarbor);
  const { world, context } = await threePulls((bare) => ({ ...bare, machine: { cacheFolder: cache } }));
  const pulls = world.repositories.get(repository)?.pullRequests;
  // What the clone calls #1 and #2: both change line 9 of src/a.ts.
  for (const [number, mark] of [
    [2, 3],
    [4, 4],
  ] as const)
    Object.assign(pulls?.get(number) ?? {}, { headSha: commits.get(mark) });
  const facts = await loadRisk(context, { repository, clone: folder, scope });
  expect(facts.pairs.map(({ a, b, finding }) => [a, b, finding.basis])).toEqual([
    ['#2', '#4', 'verified'],
    ['#2', '#3', 'estimated'],
    ['#3', '#4', 'estimated'],
  ]);
  expect([...facts.onBase]).toEqual([
    ['#2', { verdict: 'clean' }],
    ['#4', { verdict: 'clean' }],
  ]);
  expect(facts.remarks.at(-1)).toMatch(/^Of 1 of 3 heads the clone cannot tell; after git fetch/);
});

test('pull requests into other branches are counted, and meet none of these', async () => {
  const { world, context } = await threePulls();
  pushCommits(world, 'kim', { repository, branch: 'release', commits: ['release'] });
  const facts = await loadRisk(context, { repository, base: 'release', scope });
  expect([facts.changes, facts.pairs]).toEqual([[], []]);
  expect(facts.remarks).toEqual(['3 open pull requests go into other branches (main); name one with --base.']);
});

test('a priority is told by the label that gives it', async () => {
  const world = umbrellaWorld(0);
  world.repositories
    .get(repository)
    ?.files.set('.github/parasol.yml', 'version: 1\nrisk: { priority_labels: [urgent, Soon] }\n');
  addPull(world, { title: 'One', branch: 'one', labels: ['soon'] });
  const { client } = await connect(world);
  const context = { github: client, now: () => instantAt(Date.parse(world.now())), defaultRepository: null };
  const queue = await riskQueue.run(context, { repository, drafts: false, bots: false, idle: true, seconds: 600 });
  expect(queue.places.map(({ reason }) => reason)).toEqual(['priority: label soon']);
});

test('a base that the repository does not have is refused with what may have been meant', async () => {
  const { world, context } = await threePulls();
  pushCommits(world, 'kim', { repository, branch: 'release', commits: ['release'] });
  await expect(loadRisk(context, { repository, base: 'relaese', scope })).rejects.toMatchObject({
    code: 'not_found',
    message: 'octo/harbor has no branch "relaese".',
    hint: 'Did you mean release?',
  });
});

test('what is no pull request is refused before GitHub is asked, a repository with how to ask for all of it', async () => {
  const { sandbox, context } = await threePulls();
  const score = (change: string) =>
    riskScore.run(context, { change, repository, drafts: false, bots: false, idle: true, seconds: 600 });
  await expect(score('octo/h')).rejects.toMatchObject({
    code: 'usage',
    message: '"octo/h" is no pull request.',
    hint: 'Name one (12, #12, octo/h#12); all of a repository: parasol risk score --repo octo/h; a ref of a clone: --repo PATH.',
  });
  await expect(score('tides')).rejects.toMatchObject({ hint: expect.stringContaining('--repo OWNER/REPO;') });
  expect(sandbox.requests.entries).toEqual([]);
});

test('refs that stand for changes are refused where the pull requests of GitHub are read', async () => {
  const { sandbox, context } = await threePulls();
  const asked = loadRisk(context, { repository, heads: ['refs/heads/*'], scope });
  await expect(asked).rejects.toMatchObject({ code: 'usage', message: expect.stringContaining('refs of a clone') });
  expect(sandbox.requests.entries).toEqual([]);
});

/** #2 into main, #3 on #2, #4 on #3, #5 beside them on the file of #2; the clone has the commits that `heads` names. */
async function stackOfThree(
  machine?: OperationContext['machine'],
  heads: ReadonlyMap<number, string> = new Map(),
  mergeMethods: RepositoryRecord['mergeMethods'] = ['merge'],
) {
  const world = umbrellaWorld(0);
  Object.assign(world.repositories.get(repository) ?? {}, { mergeMethods });
  const files = (path: string) => ({ files: [{ path, additions: 1, deletions: 1, patch: PATCH }] });
  addPull(world, { title: 'One', branch: 'one', ...files('src/a.ts') });
  addPull(world, { title: 'Two', branch: 'two', base: 'one', ...files('src/a.ts') });
  addPull(world, { title: 'Three', branch: 'three', base: 'two', ...files('src/c.ts') });
  addPull(world, { title: 'Four', branch: 'four', ...files('src/a.ts') });
  for (const [number, headSha] of heads)
    Object.assign(world.repositories.get(repository)?.pullRequests.get(number) ?? {}, { headSha });
  const { client } = await connect(world);
  const context: OperationContext = {
    ...{ github: client, now: () => instantAt(Date.parse(world.now())), defaultRepository: null },
    ...(machine === undefined ? {} : { machine }),
  };
  return context;
}

const ASKED = { repository, drafts: false, bots: false, idle: true, seconds: 600 };

test('a pull request whose base is the branch of another depends on that, by estimates alone', async () => {
  const context = await stackOfThree();
  const facts = await loadRisk(context, { repository, scope });
  expect(facts.changes.map(({ name, after }) => [name, ...after])).toEqual([
    ['#2'],
    ['#3', '#2'],
    ['#4', '#3', '#2'],
    ['#5'],
  ]);
  const told = facts.pairs.map(({ a, b, finding }) => [a, b, markOf(finding), stackOf(finding)]);
  expect(told).toEqual([
    ['#2', '#3', 'stacked', { dependent: '#3', on: '#2' }],
    ['#2', '#5', 'likely', null],
    ['#3', '#5', 'likely', null],
    ['#3', '#4', 'stacked', { dependent: '#4', on: '#3' }],
    ['#2', '#4', 'stacked', { dependent: '#4', on: '#2' }],
  ]);
  expect(facts.remarks).toEqual([expect.stringMatching(/^Everything is estimated/)]);
  const queue = await riskQueue.run(context, ASKED);
  const order = queue.places.map(({ name }) => name);
  expect(order.indexOf('#2') < order.indexOf('#3') && order.indexOf('#3') < order.indexOf('#4')).toBe(true);
  expect(queue.next.find(({ name }) => name === '#3')?.before.map(withoutServer)).toContain(
    'it goes into one, so once that is merged: gh pr edit 3 --repo=octo/harbor --base=main',
  );
});

test('the top of a stack of three depends on its bottom, though both change one line, and a score tells of each pair', async () => {
  const world = umbrellaWorld(0);
  const files = (path: string) => ({ files: [{ path, additions: 1, deletions: 1, patch: PATCH }] });
  addPull(world, { title: 'Bottom', branch: 'one', ...files('src/a.ts') });
  addPull(world, { title: 'Middle', branch: 'two', base: 'one', ...files('src/b.ts') });
  addPull(world, { title: 'Top', branch: 'three', base: 'two', ...files('src/a.ts') });
  const { client } = await connect(world);
  const context = { github: client, now: () => instantAt(Date.parse(world.now())), defaultRepository: null };
  const { pairs } = await riskScore.run(context, ASKED);
  const told = pairs.map(({ a, b, finding }) => [a, b, stackOf(finding)?.on]);
  expect(told.toSorted(([a1, b1], [a2, b2]) => `${a1} ${b1}`.localeCompare(`${a2} ${b2}`))).toEqual([
    ['#2', '#3', '#2'],
    ['#2', '#4', '#2'],
    ['#3', '#4', '#3'],
  ]);
});

test('the next merges use what the rules of the branch allow, and say what could not be read of them', async () => {
  const commandWith = async (rules: Omit<BranchRules, 'checks' | 'approvals'> | 'broken') => {
    const world = umbrellaWorld(0);
    Object.assign(world.repositories.get(repository) ?? {}, { mergeMethods: ['merge', 'rebase', 'squash'] });
    addPull(world, {
      title: 'One',
      branch: 'one',
      files: [{ path: 'src/a.ts', additions: 1, deletions: 1, patch: PATCH }],
    });
    if (rules !== 'broken')
      world.repositories.get(repository)?.rules.set('main', { checks: [], approvals: 0, ...rules });
    const { client, sandbox } = await connect(world);
    if (rules === 'broken') sandbox.faults.failNext({ match: { path: /rules\/branches/ }, status: 500, times: 9 });
    const context = { github: client, now: () => instantAt(Date.parse(world.now())), defaultRepository: null };
    const { next, gaps } = await riskQueue.run(context, ASKED);
    return [/--(?:merge|squash|rebase)/.exec(next[0]?.command ?? '')?.[0], gaps.map(({ what }) => what)];
  };
  expect(await commandWith({})).toEqual(['--merge', []]);
  expect(await commandWith({ isLinear: true })).toEqual(['--squash', []]);
  expect(await commandWith({ isLinear: true, isProtection: true })).toEqual(['--squash', []]);
  expect(await commandWith({ mergeMethods: ['rebase'] })).toEqual(['--rebase', []]);
  expect(await commandWith('broken')).toEqual(['--merge', ['merge methods that main of octo/harbor allows']]);
});

test('where a repository squashes, a stacked pull request is first to be taken off what was squashed below it', async () => {
  const nextOf = async (...mergeMethods: RepositoryRecord['mergeMethods']) => {
    const { next } = await riskQueue.run(await stackOfThree(undefined, new Map(), mergeMethods), ASKED);
    const named = (name: string) => next.find((one) => one.name === name);
    const before = (name: string) => named(name)?.before.map(withoutServer);
    return [named('#2')?.command, before('#2'), before('#3'), before('#4')?.[0]];
  };
  const retarget = 'it goes into one, so once that is merged: gh pr edit 3 --repo=octo/harbor --base=main';
  expect(await nextOf('merge', 'squash')).toEqual([
    expect.stringContaining(' --merge '),
    [],
    [retarget],
    'it goes into two, so once that is merged: gh pr edit 4 --repo=octo/harbor --base=main',
  ]);
  const anew = (top: number, below: number) =>
    expect.stringMatching(
      `^once #${below} is squashed: gh pr checkout ${top} --repo=octo/harbor && git fetch https://[^/]+/octo/harbor[.]git refs/heads/main refs/pull/${below}/head && git rebase --onto FETCH_HEAD [0-9a-f]{40} && git .*push --force-with-lease=`,
    );
  expect(await nextOf('squash', 'merge')).toEqual([
    expect.stringContaining(' --squash '),
    [],
    [anew(3, 2), retarget],
    anew(4, 3),
  ]);
});

test('a stack of branches holds in a clone, though the upper one does not hold the last commit of the lower', async () => {
  const { folder, cache, commits } = prepareClone(draftHarbor);
  // What the clone calls #1, #2 and #7: two change one line, the last meets nobody.
  const heads = new Map([3, 4, 9, 5].map((mark, place) => [place + 2, commits.get(mark) ?? '']));
  const context = await stackOfThree({ cacheFolder: cache }, heads);
  const facts = await loadRisk(context, { repository, clone: folder, scope });
  expect(facts.pairs).toEqual([
    {
      ...{ a: '#2', b: '#3' },
      finding: {
        ...{ basis: 'verified', verdict: 'depends_on', dependent: '#3', on: '#2' },
        files: [expect.objectContaining({ path: 'src/a.ts', kind: 'content' })],
      },
    },
    {
      ...{ a: '#3', b: '#4' },
      finding: { basis: 'verified', verdict: 'depends_on', dependent: '#4', on: '#3', files: [] },
    },
    {
      ...{ a: '#2', b: '#4' },
      finding: { basis: 'verified', verdict: 'depends_on', dependent: '#4', on: '#2', files: [] },
    },
  ]);
  const score = await riskScore.run(context, { ...ASKED, clone: folder, change: '3' });
  expect(score.pairs.map(({ a, b }) => [a, b])).toEqual([
    ['#2', '#3'],
    ['#3', '#4'],
  ]);
});

test('lockfiles that both change are made anew, estimated or not', async () => {
  const world = umbrellaWorld(0);
  const files = [{ path: 'yarn.lock', additions: 1, deletions: 1, patch: PATCH }];
  addPull(world, { title: 'One', branch: 'one', files });
  addPull(world, { title: 'Two', branch: 'two', files });
  const { client } = await connect(world);
  const context = { github: client, now: () => instantAt(Date.parse(world.now())), defaultRepository: null };
  const facts = await loadRisk(context, { repository, scope });
  expect(facts.pairs.map(({ finding }) => markOf(finding))).toEqual(['regenerate']);
});

test('no command is given for what GitHub refuses to merge, nor for what nobody may judge', async () => {
  const world = umbrellaWorld(0);
  const clash = addPull(world, { title: 'clash', branch: 'clash' }).number;
  const fresh = addPull(world, { title: 'fresh', branch: 'fresh' }).number;
  const draft = addPull(world, { title: 'draft', branch: 'draft', draft: true }).number;
  const pulls = world.repositories.get(repository)?.pullRequests;
  Object.assign(pulls?.get(clash) ?? {}, { mergeable: 'conflicting' });
  Object.assign(pulls?.get(fresh) ?? {}, { mergeable: 'unknown' });
  for (const number of [clash, fresh, draft])
    reportCheckRun(world, 'kim', {
      ...{ repository, name: 'build', conclusion: 'success' },
      sha: pulls?.get(number)?.headSha ?? '',
    });
  addAppToken(world, 'narrow', { metadata: 'read', contents: 'read', pull_requests: 'read', statuses: 'read' });
  const ask = { repository, drafts: true, bots: false, idle: true, seconds: 600 };
  const queueWith = async (token: string) => {
    const { client } = await connect(world, { token });
    return riskQueue.run(
      { github: client, now: () => instantAt(Date.parse(world.now())), defaultRepository: null },
      ask,
    );
  };
  const queue = await queueWith('kims-token');
  const held = (all: typeof queue) =>
    all.places
      .map(({ number, heldBy }) => [number ?? 0, ...heldBy])
      .toSorted(([one], [other]) => Number(one) - Number(other));
  expect(held(queue)).toEqual([[clash, 'conflicts with main'], [fresh], [draft]]);
  const command = (number: number): string =>
    `gh pr merge ${number} --repo=octo/harbor --merge --match-head-commit=${pulls?.get(number)?.headSha}`;
  expect(queue.next.map(({ command, before }) => [command, ...before].map(withoutServer))).toEqual([
    [command(fresh), 'GitHub has not said yet whether it conflicts with main'],
    [command(draft), `a draft: gh pr ready ${draft} --repo=octo/harbor`],
  ]);
  const blind = await queueWith('narrow');
  const untold = 'it is unknown whether its checks passed: needs checks: read, statuses: read';
  expect(held(blind)).toEqual([
    [clash, 'conflicts with main', untold],
    [fresh, untold],
    [draft, untold],
  ]);
  expect(blind.next).toEqual([]);
});

test('what GitHub refuses to merge is told as its word, with one change asked for or all', async () => {
  const world = umbrellaWorld(0);
  const clash = addPull(world, { title: 'clash', branch: 'clash' }).number;
  addPull(world, { title: 'fresh', branch: 'fresh' });
  Object.assign(world.repositories.get(repository)?.pullRequests.get(clash) ?? {}, { mergeable: 'conflicting' });
  const { client } = await connect(world);
  const context = { github: client, now: () => instantAt(Date.parse(world.now())), defaultRepository: null };
  const ask = { repository, drafts: true, bots: false, idle: true, seconds: 600 };
  for (const change of [undefined, `#${clash}`]) {
    const score = await riskScore.run(context, { ...ask, change });
    expect(score.changes.map(({ number, onBase }) => [number, onBase.verdict])).toEqual([[clash, 'reported_conflict']]);
  }
  const { changes, svg } = await riskMatrix.run(context, { ...ask, svg: true });
  expect(changes.find(({ number }) => number === clash)?.onBase).toEqual({ verdict: 'reported_conflict' });
  expect(svg).toContain(`#${clash} on its base: conflict, as GitHub says`);
});

test('the queue keeps to native dependencies, reviews and checks, read for all pull requests in one call', async () => {
  const world = umbrellaWorld(4);
  const pull = (title: string, closes: number, more: { requiredApprovals?: number } = {}) =>
    addPull(world, { title, branch: title, body: `Closes #${closes}`, ...more }).number;
  const gate = pull('gate', 2);
  const wall = pull('wall', 3);
  const crane = pull('crane', 4);
  const unread = pull('unread', 1, { requiredApprovals: 1 });
  const broken = addPull(world, { title: 'broken', branch: 'broken' }).number;
  const risky = addPull(world, { title: 'risky', branch: 'risky' }).number;
  const draft = addPull(world, { title: 'draft', branch: 'draft', draft: true }).number;
  // Gate waits for wall, which has a pull request; crane waits for #5, which has none.
  addBlockedBy(world, 'kim', { blocked: harbor(2), blocker: harbor(3) });
  addBlockedBy(world, 'kim', { blocked: harbor(4), blocker: harbor(5) });
  const pulls = world.repositories.get(repository)?.pullRequests;
  for (const [number, name] of [
    [broken, 'build'],
    [risky, 'parasol/risk'],
  ] as const)
    reportCheckRun(world, 'kim', {
      ...{ repository, name, conclusion: 'failure' },
      sha: pulls?.get(number)?.headSha ?? '',
    });
  setClock(world, '2026-03-03T09:00:00Z');
  markReady(world, 'ravi', { item: harbor(draft) });
  const { sandbox, client } = await connect(world);
  const context = { github: client, now: () => instantAt(Date.parse(world.now())), defaultRepository: null };
  const facts = await loadRisk(context, { repository, scope });
  const queue = await riskQueue.run(context, { repository, drafts: false, bots: false, idle: true, seconds: 600 });
  const told = queue.places.map(({ name, reason, heldBy }) => [name, reason, ...heldBy] as const);
  const byNumber = [...told].sort(([one], [other]) => Number(one.slice(1)) - Number(other.slice(1)));
  expect(byNumber).toEqual([
    [`#${gate}`, `depends on #${wall}`],
    [`#${wall}`, 'conflicts with nothing that waits'],
    [`#${crane}`, 'not ready', 'waits for #5'],
    [`#${unread}`, 'not ready', 'a required review is missing'],
    [`#${broken}`, 'not ready', 'checks failed: build'],
    [`#${risky}`, 'conflicts with nothing that waits'],
    [`#${draft}`, 'conflicts with nothing that waits'],
  ]);
  const next = queue.next.map(({ name }) => name);
  expect([...next].sort()).toEqual([wall, gate, risky, draft].map((number) => `#${number}`).sort());
  expect(next.indexOf(`#${wall}`)).toBeLessThan(next.indexOf(`#${gate}`));
  const [opened, entered] = [
    pulls?.get(draft)?.createdAt,
    facts.changes.find(({ number }) => number === draft)?.enteredAt,
  ];
  expect(Date.parse(entered ?? '')).toBeGreaterThan(Date.parse(opened ?? ''));
  expect(operationsOf(sandbox).filter((name) => name === 'MergeStandings')).toHaveLength(2);
});

/** #2 is blocked by #1. Pull requests into main and on each other: what they close is said in their texts alone. */
async function stackedTasks(
  pulls: readonly { readonly base?: string; readonly body?: string; readonly says?: string }[],
) {
  const world = umbrellaWorld(4);
  addBlockedBy(world, 'kim', { blocked: harbor(3), blocker: harbor(2) });
  for (const [place, { says, ...pull }] of pulls.entries()) {
    addPull(world, { title: `Pull ${place}`, branch: `b${place}`, ...pull });
    if (says !== undefined)
      pushCommits(world, 'kim', { repository, branch: `b${place}`, commits: [`Pull ${place}\n\n${says}`] });
  }
  const { client } = await connect(world);
  return riskQueue.run(
    { github: client, now: () => instantAt(Date.parse(world.now())), defaultRepository: null },
    { repository, drafts: false, bots: false, idle: true, seconds: 600 },
  );
}

test.each([
  ['body', { body: 'Closes #2' }],
  ['commits', { says: 'Fixes #2' }],
])('a native dependency holds where only the %s of a stacked pull request closes the task', async (_, closing) => {
  const queue = await stackedTasks([{}, { base: 'b0', ...closing }, { body: 'Closes #3' }]);
  const [, middle, top] = [6, 7, 8].map((number) => queue.places.find((place) => place.number === number));
  expect([top?.reason, top?.heldBy]).toEqual(['depends on #7', []]);
  expect(middle?.reason).toBe('depends on #6');
});

test('a stacked pull request waits for what blocks the task that its words close', async () => {
  const lost = await stackedTasks([{ body: 'Closes #999' }]);
  expect([lost.places.map(({ heldBy }) => heldBy), lost.gaps]).toEqual([[[]], []]);
  const queue = await stackedTasks([{}, { base: 'b0', body: 'Closes #3' }, { base: 'b0', body: 'Closes #999' }]);
  const held = queue.places.map(({ number, heldBy }) => [number, ...heldBy]);
  expect(held).toContainEqual([7, 'waits for #2']);
  expect(held).toContainEqual([8]);
  expect(queue.gaps).toEqual([]);
});

test('a stacked pull request and the one below it that needs its task are said to wait for each other', async () => {
  const queue = await stackedTasks([{ body: 'Closes #3' }, { base: 'b0', body: 'Closes #2' }]);
  expect(queue.circles).toEqual([['#6', '#7']]);
  expect(queue.places.map(({ name, heldBy }) => [name, ...heldBy])).toEqual([
    ['#6', 'waits in a circle with #7'],
    ['#7', 'waits in a circle with #6'],
  ]);
  expect(queue.next).toEqual([]);
});
