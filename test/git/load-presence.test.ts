import { rmSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { MergedChange, Presence } from '../../src/core/readiness/presence/presence.ts';
import { resolveBase } from '../../src/git/list-heads.ts';
import { loadPresence } from '../../src/git/load-presence.ts';
import { openRepository } from '../../src/git/open-repository.ts';
import { type DraftFile, draftRepository, newFolder } from './draft-repository.ts';

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
      },
      '#2': { state: 'present', how: 'ancestor' },
      '#3': { state: 'present', how: 'ancestor' },
    });
  });
});
