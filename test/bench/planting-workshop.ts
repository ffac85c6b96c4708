import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { git, TEST_ENV } from '../git/draft-repository.ts';

/** What lies at a path; null where nothing does. */
export type Entry = { readonly mode: string; readonly id: string } | null;

export interface NewCommit {
  readonly ref: string;
  /** Ids of commits, or what `commit` told. */
  readonly parents: readonly string[];
  /** `name <address> seconds zone`. */
  readonly author: string;
  readonly message: string;
  readonly files: ReadonlyMap<string, Entry>;
}

/** A scratch repository that borrows another's objects, where files are merged and commits made from entries. */
export interface Workshop {
  /** Reads many texts at once, for what follows. */
  readonly read: (entries: Iterable<Entry>) => void;
  /** One character per byte. */
  readonly textOf: (entry: Entry) => string;
  /** A three-way merge of one path; null where it conflicts. With `favour` conflicting places are taken from `ours`. */
  readonly merge: (sides: Sides, favour?: boolean) => Entry | null | 'conflict';
  readonly commit: (commit: NewCommit) => string;
  /** Makes the commits, and tells the id of each. */
  readonly finish: () => (mark: string) => string;
}

export interface Sides {
  readonly base: Entry;
  readonly ours: Entry;
  readonly theirs: Entry;
}

export function openWorkshop(source: string, folder: string): Workshop {
  mkdirSync(folder, { recursive: true });
  git(folder, ['init', '--quiet', '--bare', '--initial-branch=main']);
  const objects = git(source, ['rev-parse', '--path-format=absolute', '--git-path', 'objects']).trim();
  writeFileSync(join(folder, 'objects/info/alternates'), `${objects}\n`);
  const texts = new Map<string, string>();
  const merges = new Map<string, Entry | 'conflict'>();
  const stream: (string | Buffer)[] = [];
  let mark = 0;
  const read = (entries: Iterable<Entry>): void => {
    const ids = [...new Set([...entries].flatMap((entry) => entry?.id ?? []))].filter((id) => !texts.has(id));
    if (ids.length > 0) for (const [id, text] of readTexts(folder, ids)) texts.set(id, text);
  };
  const textOf = (entry: Entry): string => {
    read([entry]);
    return entry === null ? '' : (texts.get(entry.id) ?? '');
  };
  const keep = (text: string): string => {
    const bytes = Buffer.from(text, 'latin1');
    const id = createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
    if (!texts.has(id)) stream.push(Buffer.from(`blob\ndata ${bytes.length}\n`), bytes, Buffer.from('\n'));
    texts.set(id, text);
    return id;
  };
  return {
    read,
    textOf,
    merge: (sides, favour = false) => {
      const plain = plainMerge(sides);
      if (plain !== undefined) return plain;
      const key = JSON.stringify([sides, favour]);
      const known = merges.get(key) ?? mergeTexts(folder, sides, { textOf, keep, favour });
      merges.set(key, known);
      return known;
    },
    commit: ({ ref, parents: [first = '', ...others], author, message, files }) => {
      mark += 1;
      stream.push(`commit ${ref}\nmark :${mark}\nauthor ${author}\ncommitter ${author}\n`);
      stream.push(`data ${Buffer.byteLength(message)}\n${message}\nfrom ${first}\n`);
      stream.push(...others.map((parent) => `merge ${parent}\n`));
      for (const [path, entry] of files) if (entry === null) stream.push(`D ${quoted(path)}\n`);
      for (const [path, entry] of files) if (entry) stream.push(`M ${entry.mode} ${entry.id} ${quoted(path)}\n`);
      stream.push('\n');
      return `:${mark}`;
    },
    finish: () => {
      const marks = join(folder, 'planted-marks');
      git(
        folder,
        ['fast-import', '--quiet', '--force', `--export-marks=${marks}`],
        Buffer.concat(stream.map((part) => Buffer.from(part))),
      );
      const ids = new Map(
        readFileSync(marks, 'utf8')
          .split('\n')
          .map((line) => [line.split(' ')[0] ?? '', line.split(' ')[1] ?? '']),
      );
      return (name) => ids.get(name) ?? name;
    },
  };
}

function readTexts(folder: string, ids: readonly string[]): readonly (readonly [string, string])[] {
  const input = ids.map((id) => `${id}\n`).join('');
  const { stdout } = spawnSync('git', ['cat-file', '--batch'], { cwd: folder, input, maxBuffer: 1 << 30 });
  let at = 0;
  return ids.map((id) => {
    const end = stdout.indexOf('\n', at);
    const size = Number(/^[0-9a-f]+ blob (\d+)$/.exec(stdout.toString('latin1', at, end))?.[1] ?? Number.NaN);
    const start = end + 1;
    at = Number.isNaN(size) ? start : start + size + 1;
    return [id, Number.isNaN(size) ? '' : stdout.toString('latin1', start, start + size)];
  });
}

/** Undefined where the texts have to be merged. */
function plainMerge({ base, ours, theirs }: Sides): Entry | 'conflict' | undefined {
  if (isSame(ours, theirs) || isSame(theirs, base)) return ours;
  if (isSame(ours, base)) return theirs;
  return base === null || ours === null || theirs === null ? 'conflict' : undefined;
}

export const isSame = (one: Entry, other: Entry): boolean => one?.id === other?.id && one?.mode === other?.mode;

interface Merging {
  readonly textOf: (entry: Entry) => string;
  readonly keep: (text: string) => string;
  readonly favour: boolean;
}

function mergeTexts(
  folder: string,
  { base, ours, theirs }: Sides,
  { textOf, keep, favour }: Merging,
): Entry | 'conflict' {
  const names = Object.entries({ ours, base, theirs }).map(([name, entry]) => {
    const path = join(folder, `side-${name}`);
    writeFileSync(path, textOf(entry), 'latin1');
    return path;
  });
  const args = ['merge-file', '-p', ...(favour ? ['--ours'] : []), ...names];
  const { status, stdout } = spawnSync('git', args, { cwd: folder, env: TEST_ENV, maxBuffer: 1 << 28 });
  if (status !== 0) return 'conflict';
  return { mode: theirs?.mode ?? '100644', id: keep(stdout.toString('latin1')) };
}

const quoted = (path: string): string =>
  `"${path.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
