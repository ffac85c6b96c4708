import { expect, test } from 'vitest';
import { assessBackport } from '../../../../src/core/readiness/backports/assess-backport.ts';
import { readBranch } from '../../../../src/core/readiness/backports/branch-record.ts';

const ref = { owner: 'octo', repo: 'harbor', number: 12 };
const [FIX, PICK] = ['a1b2c3d'.padEnd(40, '0'), 'f'.repeat(40)];
const candidate = { ref, mergeCommitSha: FIX, title: 'Light the lamps' };
const whole = { sha: FIX, patchId: 'patch' };

/** On a branch of commits with these messages, of which none makes the same changes. */
const onBranch = (messages: readonly string[]) =>
  assessBackport(
    candidate,
    { found: 'on_main', whole, isMerge: false, commits: [whole] },
    readBranch(messages.map((message, at) => ({ sha: PICK.slice(0, -1) + at, message, patchId: null }))),
  );

test.each([
  ['git writes it', `Lamps\n\n(cherry picked from commit ${FIX})`, 'cherry_picked'],
  ['git writes it, shortened', '(cherry picked from commit a1b2c3d)', 'cherry_picked'],
  ['people write it', 'Backport of #12', 'named'],
  ['people write it with the repository', 'Lamps, backported from octo/harbor#12', 'named'],
  ['bots write it in a title', '[1.2] Lamps (backport #12) (#40)', 'named'],
  ['bots name the branch', 'Merge pull request #40 from bot/backport-12-to-1.2', 'named'],
  ['other bots name the branch', 'Merge pull request #40 from octo/mergify/bp/1.2/pr-12', 'named'],
])('a fix is there where a commit of the branch says so as %s', (_, message, how) => {
  expect(onBranch(['Start', message])).toEqual({
    ...{ ref, sha: FIX, subject: 'Light the lamps', state: 'present', how },
    by: { sha: `${PICK.slice(0, -1)}1`, subject: message.split('\n')[0] },
  });
});

test.each(['See #12', 'Fixes #12', 'Backport of #120', `(cherry picked from commit ${'b'.repeat(40)})`])(
  'a fix is missing where the branch only says %j',
  (message) => {
    expect(onBranch([message])).toEqual({
      ...{ ref, sha: FIX, subject: 'Light the lamps', state: 'missing' },
      ...{ picked: 0, commits: 1, left: [FIX], isMerge: false, revertedBy: null },
    });
  },
);

const commit = (sign: string) => ({ sha: sign.repeat(40), patchId: sign });

test('of a merge the whole is left to pick, and where a part is there the other commits, the oldest first', () => {
  const commits = { found: 'on_main', whole, isMerge: true, commits: ['c', 'b', 'a'].map(commit) } as const;
  const branch = (patchId: string | null) => readBranch([{ sha: PICK, message: 'Lamps', patchId }]);
  expect(assessBackport(candidate, commits, branch(null))).toMatchObject({ picked: 0, left: [FIX], isMerge: true });
  expect(assessBackport(candidate, commits, branch('b'))).toMatchObject({
    ...{ picked: 1, commits: 3, isMerge: false },
    left: [commit('a').sha, commit('c').sha],
  });
});

test('a fix that the branch took out again is missing, and one that it put back is there', () => {
  const pick = `Lamps\n\n(cherry picked from commit ${FIX})`;
  expect(onBranch([pick, 'Revert "Lamps"'])).toMatchObject({
    state: 'missing',
    revertedBy: { subject: 'Revert "Lamps"' },
  });
  expect(onBranch([pick, 'Revert "Lamps"', 'Revert "Revert "Lamps""'])).toMatchObject({ state: 'present' });
});

test('of a rebase all commits have to be there, and those that lack are left to pick, many as a range', () => {
  const rebase = (signs: string) =>
    ({ found: 'on_main', whole: null, isMerge: false, commits: [...signs].map(commit) }) as const;
  const branch = (patches: string) =>
    readBranch([...patches].map((patchId, at) => ({ sha: `${at}`.repeat(40), message: 'Lamps', patchId })));
  const judged = (signs: string, patches: string) => assessBackport(candidate, rebase(signs), branch(patches));
  expect(judged('ba', 'ab')).toMatchObject({ state: 'present', how: 'same_patch' });
  expect(judged('ba', 'b')).toMatchObject({ state: 'missing', picked: 1, left: [commit('a').sha] });
  expect(judged('ba', '')).toMatchObject({ state: 'missing', left: [commit('a').sha, commit('b').sha] });
  const long = 'lkjihgfedcba';
  expect(judged(long, '')).toMatchObject({ left: [`${commit('a').sha}^..${commit('l').sha}`], isMerge: false });
});
