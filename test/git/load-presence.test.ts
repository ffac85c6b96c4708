import { rmSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { MergedChange, Presence } from '../../src/core/readiness/presence/presence.ts';
import { resolveBase } from '../../src/git/list-heads.ts';
import { loadPresence } from '../../src/git/load-presence.ts';
import { openRepository } from '../../src/git/open-repository.ts';
import { type DraftFile, draftRepository, git, newFolder } from './draft-repository.ts';

type Files = Readonly<Record<string, DraftFile>>;

const TEN = Array.from({ length: 10 }, (_, index) => `line number ${index + 1}\n`).join('');
const edited = (text: string, line: number, to: string): string => text.replace(`line number ${line}\n`, `${to}\n`);

/** A base of squashes, one per step; the first holds what is there. Asks about every later step whose title has a number. */
async function presences(steps: readonly (readonly [string, Files])[]): Promise<Readonly<Record<string, Presence>>> {
  const draft = draftRepository();
  const marks: number[] = [];
  for (const [message, files] of steps) {
    marks.push(draft.commit({ branch: 'refs/heads/main', parents: marks.slice(-1), files, message }));
  }
  const path = newFolder('presence');
  const shas = draft.write(path);
  const repository = await openRepository(path);
  try {
    const asked = steps.flatMap(([message], index) => {
      const [, number] = /\(#(\d+)\)/.exec(message) ?? [];
      return number === undefined ? [] : [changeOf(Number(number), shas.get(marks[index] ?? 0) ?? null)];
    });
    const base = await resolveBase(repository, 'main');
    const { presences: found } = await loadPresence(repository, { base, changes: asked, ignore: [] });
    return Object.fromEntries(asked.map(({ ref }, index) => [`#${ref.number}`, found[index] ?? never()]));
  } finally {
    await repository.close();
    rmSync(path, { recursive: true });
  }
}

const never = (): never => {
  throw new Error('no answer');
};

const changeOf = (number: number, mergeCommitSha: string | null, headSha: string | null = null): MergedChange => ({
  ...{ ref: { owner: 'octo', repo: 'harbor', number }, mergeCommitSha, headSha },
  ...{ mergedAt: '2023-11-14T22:14:20Z', title: `change ${number}` },
});

describe('a squash made on a stale base', () => {
  test('that puts a file back under another purpose undoes what was merged since', async () => {
    const after = edited(edited(TEN, 3, 'lamps are lit at dusk'), 5, 'and put out at dawn');
    const found = await presences([
      ['start', { 'harbor.txt': TEN, 'crane.txt': TEN }],
      ['Light the lamps (#1)', { 'harbor.txt': after }],
      ['Grease the crane (#2)', { 'crane.txt': edited(TEN, 2, 'the crane is greased') }],
      ['Paint the quay wall (#3)', { 'harbor.txt': edited(TEN, 9, 'the wall is painted') }],
    ]);
    expect(found).toEqual({
      '#1': {
        state: 'undone',
        by: { sha: expect.any(String), subject: 'Paint the quay wall (#3)', at: '2023-11-14T22:17:20.000Z', number: 3 },
        evidence: {
          files: [
            {
              ...{ path: 'harbor.txt', removed: 2, restored: 2, isExact: false, isDeleted: false },
              places: [
                { before: 3, after: 3 },
                { before: 5, after: 5 },
              ],
            },
          ],
          ...{ removedLines: 2, restoredLines: 2, share: 1, victims: 1 },
        },
        lost: [expect.any(String)],
      },
      '#2': { state: 'present', how: 'ancestor' },
      '#3': { state: 'present', how: 'ancestor' },
    });
  });
});

/** One answer per change, on a repository as `draw` drew it; `name` tells ids by the marks of commits. */
async function askAbout(
  draw: (draft: ReturnType<typeof draftRepository>) => void,
  changesOf: (name: (mark: number) => string) => readonly MergedChange[],
  prepare: (path: string) => string = (path) => path,
): Promise<readonly Presence[]> {
  const draft = draftRepository();
  draw(draft);
  const path = newFolder('presence');
  const shas = draft.write(path);
  const repository = await openRepository(prepare(path));
  try {
    const base = await resolveBase(repository, 'main');
    const changes = changesOf((mark) => shas.get(mark) ?? never());
    return (await loadPresence(repository, { base, changes, ignore: [] })).presences;
  } finally {
    await repository.close();
    rmSync(path, { recursive: true });
  }
}

const MAIN = 'refs/heads/main';
const LIT = edited(TEN, 3, 'lamps are lit at dusk');

/** Marks: 1 start, 2 another line on main, 3 the lamps on a side branch. */
function drawSide(draft: ReturnType<typeof draftRepository>): void {
  const start = draft.commit({ branch: MAIN, files: { a: TEN, b: TEN } });
  draft.commit({ branch: MAIN, parents: [start], files: { b: edited(TEN, 4, 'something else') } });
  draft.commit({ branch: 'refs/heads/side', parents: [start], files: { a: LIT }, message: 'Light the lamps' });
}

describe('a change whose merge commit is not on the base', () => {
  test('is missing', async () => {
    expect(await askAbout(drawSide, (name) => [changeOf(1, name(3))])).toEqual([{ state: 'missing' }]);
  });

  test('is present where a commit there makes the same changes, and by its head where that one does', async () => {
    const draw = (draft: ReturnType<typeof draftRepository>): void => {
      drawSide(draft);
      draft.commit({ branch: MAIN, parents: [2], files: { a: LIT }, message: 'Lamps, picked' });
    };
    const found = await askAbout(draw, (name) => [changeOf(1, name(3)), changeOf(2, null, name(3))]);
    expect(found).toEqual([
      { state: 'present', how: 'same_patch' },
      { state: 'present', how: 'same_patch' },
    ]);
  });

  test('is unknown where the clone has no such commit, or GitHub names none', async () => {
    const found = await askAbout(drawSide, () => [changeOf(1, '7'.repeat(40)), changeOf(2, null)]);
    expect(found).toEqual([
      {
        state: 'unknown',
        gap: { cause: 'no_clone', what: 'the commit that octo/harbor#1 was merged as: this clone does not have it' },
      },
      {
        state: 'unknown',
        gap: { cause: 'unavailable', what: 'the commit that octo/harbor#2 was merged as, which GitHub does not name' },
      },
    ]);
  });
});

test('a shallow clone knows only what it reaches', async () => {
  const draw = (draft: ReturnType<typeof draftRepository>): void => {
    let last = draft.commit({ branch: MAIN, files: { a: TEN } });
    for (let line = 1; line < 6; line += 1) {
      last = draft.commit({ branch: MAIN, parents: [last], files: { a: edited(TEN, line, `other text ${line}`) } });
    }
  };
  const shallow = (path: string): string => {
    git(path, ['clone', '--quiet', '--bare', '--depth=2', `file://${path}`, 'shallow']);
    return `${path}/shallow`;
  };
  const found = await askAbout(
    draw,
    (name) => [changeOf(1, name(6)), changeOf(2, name(5)), changeOf(3, name(2))],
    shallow,
  );
  expect(found.map((presence) => (presence.state === 'unknown' ? presence.gap.cause : presence.state))).toEqual([
    'present',
    'no_clone',
    'no_clone',
  ]);
});

test('of a rebase without its head the last commit stands for it, unless the messages of its commits are known', async () => {
  const draw = (draft: ReturnType<typeof draftRepository>): void => {
    const start = draft.commit({ branch: MAIN, files: { a: TEN, b: TEN, c: TEN } });
    const one = draft.commit({ branch: MAIN, parents: [start], files: { a: LIT }, message: 'Light the lamps' });
    const log = { b: edited(TEN, 5, 'told in the log') };
    const two = draft.commit({ branch: MAIN, parents: [one], files: log, message: 'Tell of it' });
    const paint = { a: TEN, c: edited(TEN, 1, 'the crane is yellow') };
    draft.commit({ branch: MAIN, parents: [two], files: paint, message: 'Paint' });
  };
  const messages = ['Light the lamps', 'Tell of it'];
  const found = await askAbout(draw, (name) => [
    ...[changeOf(1, name(2)), changeOf(2, name(3))],
    { ...changeOf(3, name(3)), messages },
  ]);
  expect(found.map(({ state }) => state)).toEqual(['undone', 'present', 'undone']);
  // What has to be picked again is the commit that was put back, which is not the one that GitHub names.
  expect(found[2]).toMatchObject({ lost: found[0]?.state === 'undone' ? found[0].lost : [] });
});
