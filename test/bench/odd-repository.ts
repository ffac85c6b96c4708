import { seededRandom } from '../../src/core/seeded-random.ts';
import { type DraftFile, draftRepository } from '../git/draft-repository.ts';
import { changeAround, GROUNDS, grounds, loseGround } from './lost-ground.ts';

/**
 * A made-up repository whose branches do everything that git has a kind of conflict for: edits, renames, renamed, split and
 * emptied folders, files against folders, deletions, binary files, submodules, modes, symbolic links, line ends, odd names,
 * attributes, files of 10 MB, stacks, merges of the base into a branch, and criss-cross merges. The base moves on the while.
 */
export interface OddOptions {
  readonly seed: number;
  readonly heads: number;
  readonly folders: number;
  /** Share of all changes that are no plain edits, 0 to 1. */
  readonly oddShare: number;
  /** Share of changes that go to the first tenth of all files, 0 to 1. */
  readonly hotShare: number;
  readonly hasHugeFiles: boolean;
  /** Share of heads that do something around a folder that the base has just lost or is about to lose, 0 to 1. */
  readonly lostShare: number;
}

type Files = ReadonlyMap<string, DraftFile>;
type Random = () => number;

interface Point {
  readonly mark: number;
  readonly files: Files;
}

const FILES_PER_FOLDER = 6;
const LINES = 40;
const HUGE_LINES = 500_000;
/** The base gains a commit after so many heads. */
const HEADS_PER_COMMIT = 4;
/** The base loses a folder after so many heads. */
const HEADS_PER_LOSS = 8;
const ODD_NAMES = [
  'ünïcode-名前.txt',
  'new\nline.txt',
  'quo"te\\back.txt',
  ' leading space',
  '-dash',
  '$(touch x)',
  'tab\there',
];

/** Writes the repository, bare, with heads `refs/pull/N/head` and `refs/heads/main`. */
export function writeOddRepository(folder: string, options: OddOptions): void {
  const random = seededRandom(options.seed);
  const draft = draftRepository();
  const commit = (branch: string, parents: readonly Point[], files: Files): Point => {
    const before = parents[0]?.files ?? new Map<string, DraftFile>();
    const changed = [...files].filter(([path, file]) => before.get(path) !== file);
    const gone = [...before.keys()].filter((path) => !files.has(path)).map((path) => [path, null] as const);
    const mark = draft.commit({
      branch,
      parents: parents.map((one) => one.mark),
      files: Object.fromEntries([...gone, ...changed]),
    });
    return { mark, files };
  };
  const line: Point[] = [commit('refs/heads/main', [], firstFiles(options))];
  let previous: Point | null = null;
  for (let number = 1; number <= options.heads; number += 1) {
    const branch = `refs/pull/${number}/head`;
    const fork = line[Math.max(0, line.length - 1 - Math.floor(random() * 6))] ?? line[0];
    if (fork === undefined) throw new Error('there is no base');
    const kind = random();
    const isStacked: boolean = previous !== null && kind < 0.04;
    let point = commit(
      branch,
      [isStacked && previous !== null ? previous : fork],
      changed(isStacked && previous !== null ? previous.files : fork.files, random, options),
    );
    const tip = line.at(-1);
    if (tip !== undefined && kind > 0.94) {
      // Criss-cross: each side takes the other's first commit, then goes on.
      line.push(commit('refs/heads/main', [tip, point], overlay(tip.files, fork.files, point.files)));
      point = commit(branch, [point, tip], overlay(point.files, fork.files, tip.files));
      point = commit(branch, [point], changed(point.files, random, options));
    } else if (tip !== undefined && kind > 0.88) {
      point = commit(branch, [point, tip], overlay(tip.files, fork.files, point.files));
    }
    if (options.lostShare > 0 && random() < options.lostShare) {
      const files = new Map(point.files);
      const ground = Math.floor(number / HEADS_PER_LOSS) - Math.floor(random() * 3);
      changeAround(files, random, Math.max(0, ground));
      point = commit(branch, [point], files);
    }
    previous = point;
    const last = line.at(-1);
    if (number % HEADS_PER_COMMIT === 0 && last !== undefined) {
      const files = new Map(changed(last.files, random, options));
      const ground = number / HEADS_PER_LOSS - 1;
      if (options.lostShare > 0 && Number.isInteger(ground) && ground < GROUNDS) loseGround(files, ground);
      line.push(commit('refs/heads/main', [last], files));
    }
  }
  draft.write(folder);
}

function firstFiles({ folders, hasHugeFiles, lostShare }: OddOptions): Files {
  const files = new Map<string, DraftFile>();
  for (let folder = 0; folder < folders; folder += 1) {
    for (let file = 0; file < FILES_PER_FOLDER; file += 1) {
      const path = `src/part-${folder % 7}/unit-${folder}/file-${file}.txt`;
      files.set(path, textOf(path, file === 5 ? '\r\n' : '\n'));
    }
  }
  for (const name of ODD_NAMES) files.set(`odd/${name}`, textOf(name, '\n'));
  files.set('.gitattributes', '*.log merge=union\n*.pin -merge\n*.own merge=own\n');
  for (const name of ['a.log', 'b.pin', 'c.own']) files.set(`marked/${name}`, textOf(name, '\n'));
  files.set('image.bin', { mode: '100644', data: Buffer.from([0, 1, 2, 3, 0, 255]) });
  files.set('run.sh', { mode: '100755', data: '#!/bin/sh\n' });
  files.set('link', { mode: '120000', data: 'run.sh' });
  files.set('module', { mode: '160000', data: '1'.repeat(40) });
  if (hasHugeFiles) files.set('huge.txt', hugeText());
  if (lostShare > 0) for (const [path, text] of grounds()) files.set(path, text);
  return files;
}

const textOf = (name: string, end: string): string =>
  Array.from({ length: LINES }, (_, index) => `${name} ${index} ${(index * 7919) % 1009}${end}`).join('');
/** 10 MB in lines of 20 bytes. */
const hugeText = (): string =>
  Array.from({ length: HUGE_LINES }, (_, index) => `line ${String(index).padStart(14, '0')}\n`).join('');

type Change = (files: Map<string, DraftFile>, random: Random, target: string) => void;

function changed(before: Files, random: Random, { oddShare, hotShare, hasHugeFiles }: OddOptions): Files {
  const files = new Map(before);
  const count = 1 + Math.floor(random() * 3);
  for (let done = 0; done < count; done += 1) {
    const plain = [...files.keys()].filter((path) => path.startsWith('src/')).sort();
    const pool = random() < hotShare ? plain.slice(0, Math.ceil(plain.length / 10)) : plain;
    const target = pool[Math.floor(random() * pool.length)];
    if (target === undefined) continue;
    const change = random() < oddShare ? ODD_CHANGES[Math.floor(random() * ODD_CHANGES.length)] : editLine;
    change?.(files, random, target);
  }
  if (hasHugeFiles && random() < 0.06) editLine(files, random, 'huge.txt');
  return files;
}

const editLine: Change = (files, random, target) => {
  const text = files.get(target);
  if (typeof text !== 'string') return;
  const lines = text.split('\n');
  // A few places only, so that many edits meet.
  const places = target === 'huge.txt' ? [10, 250_000, 499_000] : [3, 4, 12, 20, 33];
  const at = places[Math.floor(random() * places.length)] ?? 3;
  const end = lines[at]?.endsWith('\r') ? '\r' : '';
  lines.splice(at, random() < 0.2 ? 0 : 1, `changed to ${Math.floor(random() * 1e6)}${end}`);
  files.set(target, lines.join('\n'));
};

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/'));
const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
const within = (files: ReadonlyMap<string, DraftFile>, folder: string): readonly string[] =>
  [...files.keys()].filter((path) => path.startsWith(`${folder}/`));
const unique = (random: Random): string => String(Math.floor(random() * 1e6));

function move(files: Map<string, DraftFile>, from: string, to: string): void {
  const file = files.get(from);
  if (file === undefined || files.has(to)) return;
  files.delete(from);
  files.set(to, file);
}

const ODD_CHANGES: readonly Change[] = [
  (files, random, target) => move(files, target, `${folderOf(target)}/renamed-${Math.floor(random() * 2)}.txt`),
  (files, random, target) => {
    editLine(files, random, target);
    move(files, target, `${folderOf(target)}/renamed-${unique(random)}.txt`);
  },
  (files, random, target) => {
    const to = `src/moved-${Math.floor(random() * 3)}/${nameOf(folderOf(target))}`;
    for (const path of within(files, folderOf(target))) move(files, path, `${to}/${nameOf(path)}`);
  },
  (files, random, target) => {
    // A folder in two parts: the base may take the one and a head the other.
    const half = random() < 0.5;
    const paths = within(files, folderOf(target));
    for (const [place, path] of paths.entries()) {
      if (place < paths.length / 2 === half) move(files, path, `src/split/${nameOf(folderOf(target))}/${nameOf(path)}`);
    }
  },
  (files, _random, target) => {
    for (const path of within(files, folderOf(target))) files.delete(path);
  },
  (files, random, target) =>
    files.set(`${folderOf(target)}/added-${Math.floor(random() * 2)}.txt`, `added ${unique(random)}\n`),
  (files, random, target) => files.set(`${folderOf(target)}/added-${unique(random)}.txt`, `added ${unique(random)}\n`),
  (files, random, target) => {
    const other = [...files.keys()].filter((path) => path.startsWith('src/'))[Math.floor(random() * 20)];
    if (other !== undefined) move(files, other, `${folderOf(target)}/${nameOf(other)}-${unique(random)}`);
  },
  (files, _random, target) => files.delete(target),
  (files, random, target) => {
    files.delete(target);
    files.set(`${target}/inside-${Math.floor(random() * 2)}.txt`, `inside ${unique(random)}\n`);
  },
  (files, random, target) => {
    const folder = folderOf(target);
    for (const path of within(files, folder)) files.delete(path);
    files.set(folder, `a file now ${unique(random)}\n`);
  },
  (files, random) => {
    if (random() < 0.5) files.set(`fresh-${Math.floor(random() * 3)}`, `a file ${unique(random)}\n`);
    else files.set(`fresh-${Math.floor(random() * 3)}/inside.txt`, `in a folder ${unique(random)}\n`);
    dropShadowed(files);
  },
  (files, random) => files.set('image.bin', { mode: '100644', data: Buffer.from([0, Math.floor(random() * 256), 0]) }),
  (files, random) => files.set('module', { mode: '160000', data: String(2 + Math.floor(random() * 8)).repeat(40) }),
  (files, random, target) => {
    const text = files.get(target);
    if (typeof text === 'string') files.set(target, { mode: random() < 0.7 ? '100755' : '120000', data: text });
  },
  (files, random) => files.set('link', { mode: '120000', data: `elsewhere-${Math.floor(random() * 3)}` }),
  (files, _random, target) => {
    const text = files.get(target);
    if (typeof text === 'string')
      files.set(target, text.includes('\r\n') ? text.replaceAll('\r\n', '\n') : text.replaceAll('\n', '\r\n'));
  },
  (files, random) => editLine(files, random, `odd/${ODD_NAMES[Math.floor(random() * ODD_NAMES.length)]}`),
  (files, random) => editLine(files, random, `odd/${ODD_NAMES[Math.floor(random() * ODD_NAMES.length)]}`),
  (files, random) =>
    editLine(files, random, ['marked/a.log', 'marked/b.pin', 'marked/c.own'][Math.floor(random() * 3)] ?? ''),
  (files, random, target) => {
    if (random() < 0.15)
      files.set('.gitattributes', `*.log merge=union\n*.pin -merge\n/${folderOf(target)}/** -merge\n`);
    else files.delete(target);
  },
];

/** No path is both a file and a folder: the later one stays. */
function dropShadowed(files: Map<string, DraftFile>): void {
  const last = [...files.keys()].at(-1) ?? '';
  for (const path of [...files.keys()]) {
    if (path !== last && (path.startsWith(`${last}/`) || last.startsWith(`${path}/`))) files.delete(path);
  }
}

/** What one side changed since the fork, put on the other: a merge as somebody might have resolved it. */
function overlay(onto: Files, fork: Files, side: Files): Files {
  const files = new Map(onto);
  for (const path of fork.keys()) if (!side.has(path)) files.delete(path);
  for (const [path, file] of side) {
    if (fork.get(path) === file) continue;
    files.delete(path);
    files.set(path, file);
    dropShadowed(files);
  }
  return files;
}
