import { describe, expect, it } from 'vitest';
import { DEFAULT_CONFIG, parseConfig } from '../../../src/core/config.ts';
import { known, unknown } from '../../../src/core/reading.ts';
import type { PullRequestFacts } from '../../../src/core/task/facts.ts';
import { linkPullRequests, tasksNamedBy } from '../../../src/core/task/link-pull-requests.ts';
import { closedBy, pullRequestFacts, ref, shaOf, snapshot, taskFacts } from '../build-facts.ts';

/** Where the pull request of these tests has its page. */
const url = 'https://github.com/octo/harbor/pull/41';

const task = taskFacts({ number: 12, title: 'P3.M1.T8: Load manifests' });

function linksOf(pullRequest: Partial<PullRequestFacts>, config = DEFAULT_CONFIG) {
  const links = linkPullRequests(snapshot([task], [pullRequestFacts(pullRequest)]), config);
  return links.get('octo/harbor#12') ?? [];
}

const commit = (message: string) => known([{ sha: shaOf(9), message, committedAt: '2026-05-02T00:00:00Z' }]);

describe('linkPullRequests', () => {
  it('takes GitHub at its word for a closing reference', () => {
    const closed = taskFacts({ number: 12, ...closedBy(41) });
    expect(linkPullRequests(snapshot([closed], [pullRequestFacts()]), DEFAULT_CONFIG)).toEqual(
      new Map([
        [
          'octo/harbor#12',
          [
            {
              pullRequest: ref(41),
              source: 'closing_reference',
              evidence: [{ source: 'closing_reference', place: 'GitHub', quote: 'closes #12', url }],
            },
          ],
        ],
      ]),
    );
  });

  it('knows the page of a pull request that was not read', () => {
    const closed = taskFacts({
      number: 12,
      url: 'https://git.example:8443/octo/harbor/issues/12',
      closingPullRequests: known([ref(7, 'octo/quay')]),
    });
    const [link] = linkPullRequests(snapshot([closed]), DEFAULT_CONFIG).get('octo/harbor#12') ?? [];
    expect(link?.evidence[0]?.url).toBe('https://git.example:8443/octo/quay/pull/7');
  });

  it('links the pull request of a linked branch, in the right repository only', () => {
    const branched = taskFacts({
      number: 12,
      linkedBranches: known([{ owner: 'Octo', repo: 'harbor', name: 'manifests' }]),
    });
    const own = pullRequestFacts({ number: 41, headRefName: 'manifests' });
    const forked = pullRequestFacts({ number: 42, headRefName: 'manifests', headRepository: 'ravi/harbor' });
    const gone = pullRequestFacts({ number: 43, headRefName: 'manifests', headRepository: null });
    expect(linkPullRequests(snapshot([branched], [own, forked, gone]), DEFAULT_CONFIG).get('octo/harbor#12')).toEqual([
      {
        pullRequest: ref(41),
        source: 'linked_branch',
        evidence: [{ source: 'linked_branch', place: 'branch', quote: 'manifests', url }],
      },
    ]);
  });

  const closing: readonly [text: string, quote: string | null][] = [
    ['Closes #12', 'Closes #12'],
    ['closes: #12', 'closes: #12'],
    ['This fixed #12, at last', 'fixed #12'],
    ['RESOLVES octo/harbor#12', 'RESOLVES octo/harbor#12'],
    ['resolve https://github.com/octo/harbor/issues/12', 'resolve https://github.com/octo/harbor/issues/12'],
    ['Fix [#12](https://github.com/octo/harbor/issues/12)', 'Fix #12'],
    ['- [ ] one\n- [x] closes **#12**', 'closes #12'],
    ['Closes\n#12', 'Closes #12'],
    ['Closes #120', null],
    ['Closes #12a', null],
    ['Closes other/repo#12', null],
    ['Closes https://elsewhere.example/octo/harbor/issues/12', null],
    ['encloses #12', null],
    ['hot-fix #12', null],
    ['Relates to #12', null],
    ['Mentions octo/harbor#12', null],
    ['`Closes #12`', null],
    ['```\nCloses #12\n```', null],
    ['    Closes #12', null],
    ['> Closes #12', null],
    ['<!-- Closes #12 -->', null],
    ['<!--\n\nCloses #12\n\n-->', null],
    ['Please do not write `closes` #12', null],
  ];
  it.each(closing)('reads the body "%s"', (body, quote) => {
    const evidence = quote === null ? [] : [{ source: 'closing_keyword', place: 'body', quote, url }];
    expect(linksOf({ body }).flatMap((link) => link.evidence)).toEqual(evidence);
  });

  it('reads closing keywords on any base branch', () => {
    const found = linksOf({ body: 'Closes #12', baseRefName: 'release/1', isDefaultBase: false });
    expect(found.map((link) => link.source)).toEqual(['closing_keyword']);
  });

  it('reads commit messages as plain text', () => {
    expect(linksOf({ commits: commit('feat: load\n\n    Fixes #12') })[0]?.evidence).toEqual([
      { source: 'closing_keyword', place: 'commit 0000009', quote: 'Fixes #12', url: `${url}/commits/${shaOf(9)}` },
    ]);
  });

  it('reads Task: lines with references and planned ids', () => {
    expect(linksOf({ body: 'Adds it.\n\nTask: #12' })[0]?.evidence).toEqual([
      { source: 'task_line', place: 'body', quote: 'Task: #12', url },
    ]);
    expect(linksOf({ body: '**Tasks:** #11, P3.M1.T8' })[0]?.evidence).toEqual([
      { source: 'task_line', place: 'body', quote: 'Tasks: #11, P3.M1.T8', url },
    ]);
    expect(linksOf({ body: 'The Task: #12' })).toEqual([]);
  });

  it('reads planned ids in branch and title, without regard to case', () => {
    expect(linksOf({ title: 'P3.M1.T8 load', headRefName: 'feature/p3.m1.t8-load' })).toEqual([
      {
        pullRequest: ref(41),
        source: 'planned_id',
        evidence: [
          { source: 'planned_id', place: 'branch', quote: 'feature/p3.m1.t8-load', url },
          { source: 'planned_id', place: 'title', quote: 'P3.M1.T8 load', url },
        ],
      },
    ]);
    expect(linksOf({ title: 'P3.M1.T80 load', headRefName: 'P3.M1.T8.S1' })).toEqual([]);
  });

  it('finds an id in a branch whose grammar would swallow the rest of the name', () => {
    const { config } = parseConfig({ text: "tasks: { ids: ['bd-{id}'] }", ownerText: null });
    const bead = taskFacts({ number: 12, title: '[bd-a3f8.1] Load' });
    const pullRequest = pullRequestFacts({ headRefName: 'bd-a3f8.1-load-manifests' });
    expect(linkPullRequests(snapshot([bead], [pullRequest]), config).has('octo/harbor#12')).toBe(true);
  });

  it('names by a planned id that two repositories use the task of its own, and none when that stays open', () => {
    const own = taskFacts({ ref: ref(3), title: 'P3.M1.T8' });
    const other = taskFacts({ ref: ref(4, 'octo/quay'), title: 'P3.M1.T8' });
    const twin = taskFacts({ ref: ref(5), title: 'P3.M1.T8' });
    const pullRequest = pullRequestFacts({ title: 'P3.M1.T8' });
    const linked = (...tasks: (typeof own)[]) => [
      ...linkPullRequests(snapshot(tasks, [pullRequest]), DEFAULT_CONFIG).keys(),
    ];
    expect([linked(own, other), linked(own, twin)]).toEqual([['octo/harbor#3'], []]);
  });

  it('puts the strongest source first and keeps every place that says so', () => {
    const found = linksOf({ title: 'P3.M1.T8', headRefName: 'x', body: 'Task: #12\n\nCloses #12' });
    expect(found.map((link) => [link.source, link.evidence.map((one) => one.source)])).toEqual([
      ['closing_keyword', ['closing_keyword', 'task_line', 'planned_id']],
    ]);
  });

  it('cuts quotes at 120 characters', () => {
    const quote = linksOf({ title: `P3.M1.T8 ${'x'.repeat(200)}` })[0]?.evidence[0]?.quote ?? '';
    expect([...quote].length).toBe(120);
    expect(quote.endsWith('…')).toBe(true);
  });

  it('does not take a mention for a link', () => {
    const mentioned = taskFacts({ number: 12, crossReferences: known([ref(41)]) });
    expect(linkPullRequests(snapshot([mentioned], [pullRequestFacts()]), DEFAULT_CONFIG)).toEqual(new Map());
  });

  it('does not take the revert of a pull request for a link of its task', () => {
    const closed = taskFacts({ number: 12, title: 'P3.M1.T8: Load', ...closedBy(41) });
    const work = pullRequestFacts({ number: 41, mergedAt: '2026-05-03T00:00:00Z' });
    const revert = pullRequestFacts({
      number: 44,
      title: 'Revert "P3.M1.T8: Load"',
      headRefName: 'revert-41-P3.M1.T8',
      body: 'Reverts octo/harbor#41\n\nCloses #12\n\nCloses #13',
      mergedAt: '2026-05-04T00:00:00Z',
    });
    const reapply = pullRequestFacts({ number: 45, body: 'Reverts #44\n\nTask: #12' });
    const request = taskFacts({ number: 13, title: 'Take it out again' });
    const links = linkPullRequests(snapshot([closed, request], [work, revert, reapply]), DEFAULT_CONFIG);
    const found = [...links].map(([key, ofTask]) => [key, ofTask.map((link) => link.pullRequest.number)]);
    expect(found).toEqual([
      ['octo/harbor#12', [41]],
      ['octo/harbor#13', [44]],
    ]);
  });

  it('does not depend on the order in which things were read', () => {
    const tasks = [task, taskFacts({ number: 13, ...closedBy(42, 41) })];
    const pulls = [41, 42, 43].map((number) => pullRequestFacts({ number, body: 'Closes #12' }));
    const forward = linkPullRequests(snapshot(tasks, pulls), DEFAULT_CONFIG);
    const backward = linkPullRequests(snapshot([...tasks].reverse(), [...pulls].reverse()), DEFAULT_CONFIG);
    expect(backward).toEqual(forward);
  });

  it('goes on where facts are unread', () => {
    const gap = { cause: 'forbidden', what: 'x' } as const;
    const unread = taskFacts({ number: 12, closingPullRequests: unknown(gap), linkedBranches: unknown(gap) });
    const pullRequest = pullRequestFacts({ body: 'closes #12', commits: unknown(gap) });
    expect(linkPullRequests(snapshot([unread], [pullRequest]), DEFAULT_CONFIG).size).toBe(1);
  });
});

describe('tasksNamedBy', () => {
  it('lists references and planned ids once each, without looking them up', () => {
    const pullRequest = pullRequestFacts({
      title: 'P1.M1.T1: x',
      headRefName: 'p1.m1.t1',
      body: 'Closes #7, fixes octo/harbor#7\n\nTask: o/r#9',
    });
    expect(tasksNamedBy(pullRequest, DEFAULT_CONFIG)).toEqual({
      refs: [ref(7), { owner: 'o', repo: 'r', number: 9 }],
      plannedIds: ['P1.M1.T1'],
    });
  });
});
