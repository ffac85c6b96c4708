import { describe, expect, it } from 'vitest';
import type { Backport, WantedBackport } from '../../../../src/core/readiness/backports/backport.ts';
import { backports } from '../../../../src/core/readiness/criteria/backports.ts';
import type { ReadinessFacts } from '../../../../src/core/readiness/readiness-facts.ts';
import { type Gap, known, unknown } from '../../../../src/core/reading.ts';
import type { PullRequestFacts } from '../../../../src/core/task/facts.ts';
import { pullRequestFacts, ref, shaOf } from '../../build-facts.ts';
import { viewOf, world } from '../build-world.ts';

const AT = '2026-05-04T09:00:00Z';
const BRANCH = 'release/3.1';
const PAGE = 'https://github.com/octo/harbor';

/** #41 of ravi, which kim merged; it carries `backport 3.1`. */
const wanted = (input: Partial<WantedBackport> = {}): WantedBackport => ({
  ref: ref(41),
  title: 'Read the tides',
  url: `${PAGE}/pull/41`,
  mergeCommitSha: shaOf(41),
  mergedAt: AT,
  mergedBy: 'kim',
  author: 'ravi',
  label: 'backport 3.1',
  ...input,
});

type Missing = Extract<Backport, { readonly state: 'missing' }>;

const about = { ref: ref(41), sha: shaOf(41), subject: 'Read the tides' };
const missing = (input: Partial<Missing> = {}): Missing => ({
  ...about,
  ...{ state: 'missing', picked: 0, commits: 1, left: [shaOf(41)], isMerge: false, revertedBy: null },
  ...input,
});
const present: Backport = {
  ...about,
  state: 'present',
  how: 'cherry_picked',
  by: { sha: shaOf(50), subject: 'Tides' },
};

type Marks = Pick<ReadinessFacts, 'wantedBackports' | 'backports'>;

const asked = (list: readonly WantedBackport[], gaps: readonly Gap[] = []) => ({
  main: { name: 'main', sha: shaOf(900) },
  branches: list.length === 0 ? [] : [{ name: BRANCH, sha: shaOf(901), wanted: list }],
  gaps,
});

const judge = (
  found: readonly Backport[],
  input: { readonly wanted?: WantedBackport; readonly outside?: readonly PullRequestFacts[] } = {},
) => {
  const list = found.map(() => input.wanted ?? wanted());
  const read: Marks = { wantedBackports: asked(list), backports: new Map([[BRANCH, known(found)]]) };
  return backports.judge(viewOf(world({ outside: input.outside ?? [], ...read })));
};

describe('backports', () => {
  it('names what a release branch lacks, who merged it, and the command that brings it there', () => {
    expect(judge([missing()])).toEqual({
      applies: true,
      measured: { text: '0 of 1 marked', ratio: { num: 0, den: 1, value: 0 } },
      threshold: 'what is marked for a release branch is on it',
      reason: '1 missing backport',
      findings: [
        {
          kind: 'missing_backport',
          part: BRANCH,
          effect: 'fails',
          item: { ref: 'octo/harbor#41', kind: 'pull_request', title: 'Read the tides', url: `${PAGE}/pull/41` },
          names: [ref(41)],
          since: AT,
          why: 'it is marked backport 3.1, and release/3.1 lacks it',
          actor: { name: 'kim', kind: 'person' },
          action: {
            text: 'bring octo/harbor#41 to release/3.1',
            command: `git cherry-pick -x ${shaOf(41)}`,
            url: `${PAGE}/pull/41`,
          },
          evidence: [
            { text: 'octo/harbor#41 carries the label backport 3.1', url: `${PAGE}/pull/41` },
            {
              text: `no commit of release/3.1 makes its changes or names ${shaOf(41).slice(0, 7)}`,
              url: `${PAGE}/commit/${shaOf(41)}`,
              sha: shaOf(41),
            },
          ],
        },
      ],
    });
  });

  it.each([
    ['a merge', missing({ isMerge: true }), `git cherry-pick -x -m 1 ${shaOf(41)}`, 'lacks it'],
    [
      'the rest of one that is there in part',
      missing({ picked: 1, commits: 3, left: [shaOf(7), shaOf(8)] }),
      `git cherry-pick -x ${shaOf(7)} ${shaOf(8)}`,
      'has 1 of its 3 commits',
    ],
    [
      'one that was taken out again',
      missing({ revertedBy: { sha: shaOf(51), subject: 'Revert "Tides"' } }),
      `git cherry-pick -x ${shaOf(41)}`,
      `lost it again by ${shaOf(51).slice(0, 7)} (Revert "Tides")`,
    ],
  ])('has %s picked', (_, found, command, why) => {
    const [finding] = judge([found]).findings;
    expect([finding?.action.command, finding?.why]).toEqual([
      command,
      `it is marked backport 3.1, and release/3.1 ${why}`,
    ]);
  });

  it('has the open pull request merged that says it is the backport', () => {
    const backport = pullRequestFacts({ number: 60, title: '[3.1] Tides (backport #41)', baseRefName: BRANCH });
    const others = [
      pullRequestFacts({ number: 57, title: 'Backport of #41', baseRefName: 'release/3.0' }),
      pullRequestFacts({ number: 58, title: 'Backport of #40', baseRefName: BRANCH }),
      pullRequestFacts({ number: 59, title: 'Backport of #41', baseRefName: BRANCH, closedAt: AT }),
    ];
    const [finding] = judge([missing()], { outside: [...others, backport] }).findings;
    expect([finding?.action, finding?.names]).toEqual([
      {
        text: 'merge octo/harbor#60, which is the backport of octo/harbor#41',
        command: 'gh pr merge 60 --repo=octo/harbor',
        url: backport.url,
      },
      [ref(41), ref(60)],
    ]);
  });

  it('turns to the author, else to a maintainer, where nobody knows who merged it', () => {
    const actorOf = (input: Partial<WantedBackport>) =>
      judge([missing()], { wanted: wanted(input) }).findings[0]?.actor.name;
    expect(actorOf({ mergedBy: null })).toBe('ravi');
    expect(actorOf({ mergedBy: null, author: null })).toBe('a maintainer of octo/harbor');
  });

  it('passes where all are there, and does not apply where nothing is marked', () => {
    expect(judge([present])).toMatchObject({ measured: { text: '1 of 1 marked' }, findings: [] });
    const nothing = {
      applies: false,
      ...{ measured: null, threshold: null, findings: [] },
      reason: 'no merged pull request is marked for a release branch',
    };
    expect(backports.judge(viewOf(world({ wantedBackports: asked([]) })))).toEqual(nothing);
    expect(backports.judge(viewOf(world()))).toEqual(nothing);
  });

  it('is unknown without a clone, without a commit in it, and where labels could not be read', () => {
    const denied = { cause: 'forbidden', what: 'backport labels', permission: 'pull_requests: read' } as const;
    const stale = { cause: 'no_clone', what: 'whether the release branch has octo/harbor#41' } as const;
    const behind = { cause: 'no_clone', what: 'the history of release/3.1 in git' } as const;
    const told = (input: Marks) =>
      backports
        .judge(viewOf(world(input)))
        .findings.map(({ kind, effect, why, action }) => [...[kind, effect, why], action.text]);
    const give = 'give a clone that has it: parasol readiness report --repo PATH';
    expect(told({ wantedBackports: asked([wanted()]) })).toEqual([
      ['unread_release_branches', 'unknown', 'could not read the history of the release branches in git', give],
    ]);
    expect(told({ wantedBackports: asked([wanted()]), backports: new Map([[BRANCH, unknown(behind)]]) })).toEqual([
      ['unread_release_branches', 'unknown', 'could not read the history of release/3.1 in git', give],
    ]);
    expect(
      told({
        wantedBackports: asked([wanted()]),
        backports: new Map([[BRANCH, known([{ ...about, state: 'unknown', gap: stale }])]]),
      }),
    ).toEqual([['unread_backport', 'unknown', `could not read ${stale.what}`, give]]);
    expect(told({ wantedBackports: asked([], [denied]) })).toEqual([
      [
        'unread_marks',
        'unknown',
        'could not read backport labels: needs pull_requests: read',
        'let Parasol read backport labels (pull_requests: read)',
      ],
    ]);
  });
});
