import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import { type DraftCommit, draftRepository, git, newFolder, type RepositoryDraft } from '../git/draft-repository.ts';

/** Shortly after the drafts were committed. */
export const SOON = '2023-11-15T00:00:00Z';

const LINES = Array.from({ length: 30 }, (_, line) => `line ${line + 1}`);

/** The lines of a file with one of them replaced. */
export const withLine = (line: number, text: string): string =>
  `${LINES.map((before, index) => (index + 1 === line ? text : before)).join('\n')}\n`;

export const UNCHANGED = withLine(0, '');

interface Prepared {
  readonly folder: string;
  readonly cache: string;
  readonly commits: ReadonlyMap<number, string>;
}

const made: string[] = [];

afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A bare clone of what `fill` drafts; its origin is `origin`, where there is one. */
export function prepareClone(fill: (draft: RepositoryDraft) => void, origin: string | null = null): Prepared {
  const root = newFolder('risk');
  made.push(root);
  const draft = draftRepository();
  fill(draft);
  const folder = join(root, 'clone');
  const commits = draft.write(folder);
  if (origin !== null) git(folder, ['remote', 'add', 'origin', origin]);
  return { folder, cache: join(root, 'cache'), commits };
}

const BASE_FILES: DraftCommit['files'] = {
  'notes.txt': UNCHANGED,
  'src/a.ts': UNCHANGED,
  'src/b.ts': "import './a.ts';\n",
  'src/c.ts': "import './b.ts';\n",
  'package-lock.json': UNCHANGED,
};

/**
 * #1 and #2 change the same line of `src/a.ts`, on which two files depend; #3 and #4 only the same line of a lockfile; #5
 * stands on #1; #6 conflicts with the base; #7 meets nobody.
 */
export function draftHarbor(draft: RepositoryDraft): void {
  const root = draft.commit({ branch: 'refs/heads/main', files: BASE_FILES });
  const tip = draft.commit({
    branch: 'refs/heads/main',
    parents: [root],
    files: { 'notes.txt': withLine(3, 'on the base') },
  });
  const change = (number: number, parent: number, files: DraftCommit['files']): number =>
    draft.commit({ branch: `refs/pull/${number}/head`, parents: [parent], files });
  const one = change(1, tip, { 'src/a.ts': withLine(9, 'one') });
  change(2, tip, { 'src/a.ts': withLine(9, 'two') });
  change(3, tip, { 'package-lock.json': withLine(5, 'three') });
  change(4, tip, { 'package-lock.json': withLine(5, 'four') });
  change(5, one, { 'five.txt': 'five\n' });
  change(6, root, { 'notes.txt': withLine(3, 'six') });
  change(7, tip, { 'seven.txt': 'seven\n' });
}
