import { git } from '../git/draft-repository.ts';
import type { Entry } from './planting-workshop.ts';

/** Path to what lies there. */
export type Files = ReadonlyMap<string, Entry>;

/** One commit of a base's first parents, with the files that it changed against the one before. */
export interface LineCommit {
  readonly sha: string;
  readonly parents: readonly string[];
  readonly author: string;
  readonly message: string;
  readonly at: string;
  readonly before: Files;
  readonly after: Files;
}

/** The newest `count` commits of the first parents, the oldest first, as git itself tells them. */
export function readFirstParents(folder: string, base: string, count: number): readonly LineCommit[] {
  const format = '--format=%H%x00%P%x00%an <%ae> %ad%x00%cI%x00%B%x00';
  const args = ['rev-list', '--first-parent', '--no-commit-header', '--date=raw', format, `-n${count + 1}`, base];
  const parts = git(folder, args).split('\0');
  const rows = Array.from({ length: Math.floor(parts.length / 5) }, (_, row) => parts.slice(row * 5, row * 5 + 5));
  const commits = rows.map(([sha = '', parents = '', author = '', at = '', message = '']) => ({
    ...{ sha: sha.trim(), parents: parents.split(' ').filter(Boolean), author, at, message },
  }));
  const asked = commits.filter(({ parents }) => parents.length > 0).slice(0, count);
  const input = asked.map(({ sha, parents }) => `${sha} ${parents[0]}\n`).join('');
  const changes = readChanges(
    git(folder, ['diff-tree', '--stdin', '-r', '--raw', '-z', '--no-renames', '--no-abbrev', '--always'], input),
  );
  return asked
    .map((commit) => ({ ...commit, ...(changes.get(commit.sha) ?? { before: new Map(), after: new Map() }) }))
    .reverse();
}

function readChanges(text: string): ReadonlyMap<string, { readonly before: Files; readonly after: Files }> {
  const found = new Map<string, { before: Map<string, Entry>; after: Map<string, Entry> }>();
  let current = { before: new Map<string, Entry>(), after: new Map<string, Entry>() };
  const tokens = text.split('\0');
  for (let at = 0; at < tokens.length; at += 1) {
    const token = (tokens[at] ?? '').trim();
    const [, oldMode = '', mode = '', oldId = '', id = ''] = /^:(\d+) (\d+) (\w+) (\w+) \w/.exec(token) ?? [];
    if (/^[0-9a-f]{40}$/.test(token)) {
      current = { before: new Map(), after: new Map() };
      found.set(token, current);
    } else if (id !== '') {
      at += 1;
      current.before.set(tokens[at] ?? '', entry(oldMode, oldId));
      current.after.set(tokens[at] ?? '', entry(mode, id));
    }
  }
  return found;
}

const entry = (mode: string, id: string): Entry => (/^0+$/.test(id) ? null : { mode, id });
