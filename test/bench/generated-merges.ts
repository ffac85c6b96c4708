import { seededRandom } from '../../src/core/seeded-random.ts';
import { type DraftFile, draftRepository } from '../git/draft-repository.ts';

const FILES = 120;
const LINES = 90;
const WORDS =
  'anchor ballast beacon berth bollard buoy cable capstan cargo channel chart compass crane current davit dock dredge fender ferry freight gangway gauge harbor hawser helm hull jetty keel ladder lantern locker manifest mast mooring pallet pier pilot pulley quay radar rigging rudder sextant signal slipway sounding steam stern tide tonnage towline tugboat vessel warehouse wharf winch'.split(
    ' ',
  );

type Kind = (state: State) => { readonly title: string; readonly files: Record<string, DraftFile> } | null;

interface State {
  readonly random: () => number;
  readonly files: Map<string, string[]>;
  /** What the latest changes put in: path and first of their lines. */
  readonly recent: { path: string; lines: string[] }[];
}

/**
 * A made-up base of squashes: plain edits and additions, and what looks like undoing but is not: rewrites and removals of what
 * was just put in, moves to other files, switches that go back and forth, deleted and renamed files. Tells whether it works;
 * says nothing of real repositories.
 */
export function writeGeneratedMerges(
  folder: string,
  { seed, merges }: { readonly seed: number; readonly merges: number },
): void {
  const random = seededRandom(seed);
  const draft = draftRepository();
  const state: State = { random, files: new Map(), recent: [] };
  for (let at = 0; at < FILES; at += 1) {
    state.files.set(
      `src/${word(random)}-${at}.ts`,
      Array.from({ length: LINES }, () => sentence(random)),
    );
  }
  const start = Object.fromEntries([...state.files].map(([path, lines]) => [path, textOf(lines)]));
  let last = draft.commit({
    branch: 'refs/heads/main',
    files: { ...start, 'package.json': '{"version": "1.0.0"}\n' },
    message: 'start',
  });
  for (let number = 1; number <= merges; number += 1) {
    const change = kindOf(random())(state) ?? edit(state);
    if (change === null) continue;
    const message = `${change.title} (#${number})\n\n${sentence(random)}`;
    last = draft.commit({ branch: 'refs/heads/main', parents: [last], files: change.files, message });
  }
  draft.write(folder);
}

const edit: Kind = (state) => {
  const paths = new Set(Array.from({ length: 1 + upTo(state, 4) }, () => pathOf(state)));
  return changed(state, [...paths], (lines) => {
    for (let places = 1 + upTo(state, 4); places > 0; places -= 1) {
      const added = Array.from({ length: 1 + upTo(state, 5) }, () => sentence(state.random));
      lines.splice(upTo(state, lines.length), upTo(state, 4), ...added);
    }
  });
};

const add: Kind = (state) => {
  const [path, other] = [`src/${word(state.random)}-${state.files.size}-${upTo(state, 1e6)}.ts`, pathOf(state)];
  const lines = Array.from({ length: 20 + upTo(state, 40) }, () => sentence(state.random));
  state.files.set(path, lines);
  const more = changed(state, [other], (text) => text.splice(upTo(state, text.length), 0, `import from ${path}`));
  return { ...more, files: { ...more.files, [path]: textOf(lines) } };
};

/** Lines that were just put in become others. */
const rework: Kind = (state) => {
  const recent = state.recent.at(-1 - upTo(state, 20));
  if (recent === undefined || !state.files.has(recent.path)) return null;
  return changed(state, [recent.path], (lines) => {
    for (const line of recent.lines) {
      const at = lines.indexOf(line);
      if (at >= 0) lines[at] = `${line.split(' ').slice(0, 2).join(' ')} ${sentence(state.random)}`;
    }
  });
};

/** A part of what was just put in goes, among other things. */
const trim: Kind = (state) => {
  const recent = state.recent.at(-1 - upTo(state, 20));
  if (recent === undefined || !state.files.has(recent.path)) return null;
  return changed(state, [recent.path], (lines) => {
    const gone = new Set(recent.lines.slice(0, Math.ceil(recent.lines.length / 3)));
    const kept = lines.filter((line) => !gone.has(line));
    kept.splice(upTo(state, kept.length), 1 + upTo(state, 3), sentence(state.random), sentence(state.random));
    lines.splice(0, lines.length, ...kept);
  });
};

const move: Kind = (state) => {
  const [from, to] = [pathOf(state), pathOf(state)];
  const taken = state.files.get(from)?.splice(upTo(state, 40), 12) ?? [];
  return changed(state, [...new Set([from, to])], (lines, path) => path === to && lines.push(...taken));
};

const remove: Kind = (state) => {
  const path = pathOf(state);
  state.files.delete(path);
  const more = edit(state);
  return { title: titleOf(state), files: { ...more?.files, [path]: null } };
};

const rename: Kind = (state) => {
  const path = pathOf(state);
  const lines = state.files.get(path) ?? [];
  const to = path.replace('.ts', `-${upTo(state, 1000)}.ts`);
  state.files.delete(path);
  state.files.set(to, lines);
  return { title: titleOf(state), files: { [path]: null, [to]: textOf(lines) } };
};

const toggle: Kind = (state) => ({
  title: `Release ${upTo(state, 9)}`,
  files: { 'package.json': `{"version": "1.0.${upTo(state, 3)}"}\n` },
});

const KINDS: readonly (readonly [number, Kind])[] = [
  ...([
    [0.62, edit],
    [0.74, add],
    [0.82, rework],
    [0.88, trim],
    [0.92, move],
    [0.95, remove],
    [0.97, rename],
  ] as const),
  [1, toggle],
];

const kindOf = (share: number): Kind => KINDS.find(([to]) => share < to)?.[1] ?? edit;

type Editing = (lines: string[], path: string) => unknown;

function changed(
  state: State,
  paths: readonly string[],
  editing: Editing,
): { title: string; files: Record<string, DraftFile> } {
  const files: Record<string, DraftFile> = {};
  for (const path of paths) {
    const lines = state.files.get(path);
    if (lines === undefined) continue;
    const before = new Set(lines);
    editing(lines, path);
    state.recent.push({ path, lines: lines.filter((line) => !before.has(line)) });
    files[path] = textOf(lines);
  }
  return { title: titleOf(state), files };
}

const upTo = ({ random }: Pick<State, 'random'>, limit: number): number => Math.floor(random() * limit);
const word = (random: () => number): string => WORDS[Math.floor(random() * WORDS.length)] ?? 'pier';
const sentence = (random: () => number): string =>
  `${word(random)} ${word(random)} ${word(random)} ${Math.floor(random() * 1000)}`;
const textOf = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');
const pathOf = (state: State): string => [...state.files.keys()][upTo(state, state.files.size)] ?? '';
const titleOf = ({ random }: State): string => `${word(random)} ${word(random)} ${word(random)}`;
