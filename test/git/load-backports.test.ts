import { rmSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Backport } from '../../src/core/readiness/backports/backport.ts';
import { resolveBase } from '../../src/git/list-heads.ts';
import { loadBackports } from '../../src/git/load-backports.ts';
import { openRepository } from '../../src/git/open-repository.ts';
import { draftRepository, newFolder } from './draft-repository.ts';

const TEN = Array.from({ length: 10 }, (_, index) => `line number ${index + 1}\n`).join('');
const edited = (line: number, to: string, text = TEN): string => text.replace(`line number ${line}\n`, `${to}\n`);
const MAIN = 'refs/heads/main';
const RELEASE = 'refs/heads/1.2';

type Summary = readonly [state: string, detail: string | null, by: string | null];

/** What stands on both branches: main with fixes 1 to 3, of which 2 is a merge of two commits; 1.2 as the test has it. */
async function backports(
  release: (draft: ReturnType<typeof draftRepository>, from: number) => void,
): Promise<readonly Summary[]> {
  const draft = draftRepository();
  const before = draft.commit({ branch: MAIN, files: { a: TEN, b: TEN, c: TEN }, message: 'Early fix (#9)' });
  const one = draft.commit({
    branch: MAIN,
    parents: [before],
    files: { a: edited(2, 'fixed one') },
    message: 'One (#1)',
  });
  const left = draft.commit({
    branch: 'refs/heads/side',
    parents: [one],
    files: { b: edited(2, 'half') },
    message: 'Half',
  });
  const right = draft.commit({
    branch: 'refs/heads/side',
    parents: [left],
    files: { c: edited(4, 'rest') },
    message: 'Rest',
  });
  const two = draft.commit({
    ...{ branch: MAIN, parents: [one, right], files: { b: edited(2, 'half'), c: edited(4, 'rest') } },
    message: 'Merge pull request #2 from kim/side',
  });
  const three = draft.commit({ branch: MAIN, parents: [two], files: { d: 'fix three\n' }, message: 'Three (#3)' });
  release(draft, before);
  const path = newFolder('backports');
  const shas = draft.write(path);
  const repository = await openRepository(path);
  try {
    const asked = [before, one, two, three].map((mark, index) => ({
      ref: { owner: 'octo', repo: 'harbor', number: [9, 1, 2, 3][index] ?? 0 },
      ...{ mergeCommitSha: shas.get(mark) ?? null, title: `fix ${index}` },
    }));
    const [branch, main] = [await resolveBase(repository, '1.2'), await resolveBase(repository, 'main')];
    const absent = { ref: { owner: 'octo', repo: 'harbor', number: 7 }, mergeCommitSha: '7'.repeat(40), title: 'gone' };
    return (await loadBackports(repository, { branch, main, candidates: [...asked, absent] })).map(summary);
  } finally {
    await repository.close();
    rmSync(path, { recursive: true });
  }
}

function summary(backport: Backport): Summary {
  if (backport.state === 'present') return ['present', backport.how, backport.by?.subject ?? null];
  if (backport.state === 'unknown') return ['unknown', backport.gap.cause, null];
  return ['missing', `${backport.picked} of ${backport.commits}`, backport.revertedBy?.subject ?? null];
}

const GONE: Summary = ['unknown', 'no_clone', null];

describe('a release branch', () => {
  test('lacks what was merged after it left the main branch', async () => {
    const found = await backports((draft, from) => {
      draft.commit({ branch: RELEASE, parents: [from], files: { version: '1.2.1\n' }, message: 'Release 1.2.1' });
    });
    expect(found).toEqual([
      ['present', 'ancestor', null],
      ['missing', '0 of 1', null],
      ['missing', '0 of 2', null],
      ['missing', '0 of 1', null],
      GONE,
    ]);
  });

  test('has what makes the same changes, commit by commit, and what says that it is the backport', async () => {
    const found = await backports((draft, from) => {
      const one = draft.commit({
        branch: RELEASE,
        parents: [from],
        files: { a: edited(2, 'fixed one') },
        message: 'x',
      });
      const half = draft.commit({ branch: RELEASE, parents: [one], files: { b: edited(2, 'half') }, message: 'y' });
      const rest = draft.commit({ branch: RELEASE, parents: [half], files: { c: edited(4, 'rest') }, message: 'z' });
      draft.commit({
        branch: RELEASE,
        parents: [rest],
        files: { d: 'otherwise\n' },
        message: '[1.2] Three (backport #3)',
      });
    });
    expect(found).toEqual([
      ['present', 'ancestor', null],
      ['present', 'same_patch', 'x'],
      ['present', 'same_patch', 'z'],
      ['present', 'named', '[1.2] Three (backport #3)'],
      GONE,
    ]);
  });

  test('lacks a change of which it has a part, and one that it reverted', async () => {
    const found = await backports((draft, from) => {
      const one = draft.commit({
        branch: RELEASE,
        parents: [from],
        files: { a: edited(2, 'fixed one') },
        message: 'One',
      });
      const out = draft.commit({ branch: RELEASE, parents: [one], files: { a: TEN }, message: 'Revert "One"' });
      draft.commit({ branch: RELEASE, parents: [out], files: { b: edited(2, 'half') }, message: 'y' });
    });
    expect(found).toEqual([
      ['present', 'ancestor', null],
      ['missing', '0 of 1', 'Revert "One"'],
      ['missing', '1 of 2', null],
      ['missing', '0 of 1', null],
      GONE,
    ]);
  });
});

test('of a rebase all commits count, as their messages tell, and not the last alone', async () => {
  const draft = draftRepository();
  const start = draft.commit({ branch: MAIN, files: { a: TEN, b: TEN } });
  const one = draft.commit({ branch: MAIN, parents: [start], files: { a: edited(2, 'one') }, message: 'One' });
  const two = draft.commit({ branch: MAIN, parents: [one], files: { b: edited(2, 'two') }, message: 'Two' });
  draft.commit({ branch: RELEASE, parents: [start], files: { b: edited(2, 'two') }, message: 'Picked' });
  const path = newFolder('backports');
  const shas = draft.write(path);
  const repository = await openRepository(path);
  try {
    const [branch, main] = [await resolveBase(repository, '1.2'), await resolveBase(repository, 'main')];
    const ref = { owner: 'octo', repo: 'harbor', number: 5 };
    const candidate = { ref, mergeCommitSha: shas.get(two) ?? null, title: 'Both' };
    const candidates = [{ ...candidate, messages: ['One', 'Two'] }, candidate];
    const [rebased, lastAlone] = await loadBackports(repository, { branch, main, candidates });
    expect(rebased).toMatchObject({ state: 'missing', picked: 1, commits: 2, left: [shas.get(one)] });
    expect(lastAlone?.state).toBe('present');
  } finally {
    await repository.close();
    rmSync(path, { recursive: true });
  }
});
