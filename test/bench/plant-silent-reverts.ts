import type { TextHunk } from '../../src/core/readiness/presence/base-line.ts';
import { generatedBy } from '../../src/core/readiness/presence/generated-files.ts';
import { seededRandom } from '../../src/core/seeded-random.ts';
import { resolveBase } from '../../src/git/list-heads.ts';
import { readBaseLine } from '../../src/git/read-base-line.ts';
import { type Files, type LineCommit, readFirstParents } from './first-parents.ts';
import { type Entry, isSame, openWorkshop, type Workshop } from './planting-workshop.ts';
import { withRepository } from './trial-samples.ts';

/**
 * How a later change loses an earlier one for real: all of a stale tree is squashed onto the base; the files it touches are
 * those of the stale branch; whole files in conflict are taken from the branch (`checkout --ours`); places in conflict are
 * (`merge -X ours`).
 */
export const WAYS = ['stale tree', 'stale files', 'conflicting files', 'conflicting places'] as const;
export type Way = (typeof WAYS)[number];

export interface Plant {
  readonly way: Way;
  /** The base's newest commit after the planted one and what followed it. */
  readonly tip: string;
  /** The merge that is undone, and the squash that undoes it. */
  readonly victim: string;
  readonly mergedAt: string;
  readonly by: string;
  /** Steps from the victim to the tip. */
  readonly steps: number;
  /** Commits that did not fit the planted base any more, so they are left out of what followed. */
  readonly dropped: number;
}

export interface PlantOptions {
  /** The repository that is planted in; it is only read. */
  readonly source: string;
  /** A new folder for the planted one, which borrows the source's objects. */
  readonly folder: string;
  readonly base: string;
  /** The newest so many commits of the base's first parents are used. */
  readonly steps: number;
  readonly perWay: number;
  readonly seed: number;
}

/** The victim lies at most so many steps before what undoes it, and so many follow. */
const MOST_BETWEEN = 30;
const FOLLOWING = 25;

/** Changed lines of the victim that the planted commit loses, at least one of which says something. */
const SAYS_SOMETHING = /[\p{L}\p{N}].*[\p{L}\p{N}].*[\p{L}\p{N}].*[\p{L}\p{N}]/u;
/** A way that needs a conflict is given up after so many pairs. */
const MOST_TRIED = 200;

/** Plants into a copy of real history: for each way as many as can be found, at most `perWay`. */
export async function plantSilentReverts(options: PlantOptions): Promise<readonly Plant[]> {
  const line = readFirstParents(options.source, options.base, options.steps);
  const workshop = openWorkshop(options.source, options.folder);
  const meets = await readMeetings(options, line);
  const random = seededRandom(options.seed);
  const isGenerated = generatedBy([]);
  const plants: Plant[] = [];
  for (const way of WAYS) {
    const pairs = candidates(line, way, { random, isGenerated, meets }).slice(0, MOST_TRIED);
    const victims = new Set<number>();
    for (const [victim, by] of pairs) {
      if (victims.size >= options.perWay) break;
      if (victims.has(victim)) continue;
      const planting = { line, way, victim, by, ref: `refs/heads/plant-${plants.length}` };
      const plant = plantOne(workshop, planting, isGenerated);
      if (plant === null) continue;
      plants.push(plant);
      victims.add(victim);
    }
  }
  const idOf = workshop.finish();
  return plants.map((plant) => ({ ...plant, tip: idOf(plant.tip), by: idOf(plant.by) }));
}

interface Choice {
  readonly random: () => number;
  readonly meets: (victim: number, by: number) => boolean;
  readonly isGenerated: (path: string) => boolean;
}

/** Pairs of an earlier and a later step in random order: each victim once. */
function candidates(
  line: readonly LineCommit[],
  way: Way,
  { random, isGenerated, meets }: Choice,
): readonly [number, number][] {
  const told = (commit: LineCommit): readonly string[] => [...commit.after.keys()].filter((path) => !isGenerated(path));
  const order = line.map((_, place) => ({ place, by: random() })).sort((a, b) => a.by - b.by);
  return order.flatMap(({ place }): readonly [number, number][] => {
    const victim = line[place];
    if (victim === undefined || place < 1 || told(victim).length === 0) return [];
    const paths = new Set(told(victim));
    const last = Math.min(line.length - 1, place + MOST_BETWEEN);
    const later = Array.from({ length: Math.max(0, last - place) }, (_, index) => place + 1 + index)
      .filter((by) => line[by] !== undefined && told(line[by]).length > 0)
      .filter((by) => way === 'stale tree' || told(line[by] ?? victim).some((path) => paths.has(path)));
    if (later.length === 0) return [];
    return way === 'stale tree' || way === 'stale files'
      ? [[place, later[Math.floor(random() * later.length)] ?? place]]
      : later.filter((by) => meets(place, by)).map((by): [number, number] => [place, by]);
  });
}

/** Whether two steps change lines that touch in a file that no step between them changes: only such changes can conflict. */
async function readMeetings(
  { source, base: name }: PlantOptions,
  line: readonly LineCommit[],
): Promise<(victim: number, by: number) => boolean> {
  const read = await withRepository(source, async (repository) => {
    const base = await resolveBase(repository, name);
    return readBaseLine(repository, { base: base.commit, steps: line.length });
  });
  const files = new Map(read?.steps.map((step) => [step.sha, step.files ?? []]));
  return (victim, by) => {
    const [first, last] = [line[victim], line[by]];
    if (first === undefined || last === undefined) return false;
    return (files.get(first.sha) ?? []).some(({ path, hunks }) => {
      const between = line.slice(victim + 1, by).some(({ after }) => after.has(path));
      const other = between ? null : files.get(last.sha)?.find((file) => file.path === path)?.hunks;
      return hunks?.some((one) => other?.some((two) => touch(one, two))) ?? false;
    });
  };
}

function touch(one: TextHunk, two: TextHunk): boolean {
  const [from, to] = [one.newStart, one.newStart + one.added.length];
  return two.oldStart <= to + 1 && from <= two.oldStart + two.removed.length + 1;
}

interface Planting {
  readonly line: readonly LineCommit[];
  readonly way: Way;
  readonly victim: number;
  readonly by: number;
  readonly ref: string;
}

/** Null where the later change cannot be made without the earlier one, or nothing of it is lost. */
function plantOne(workshop: Workshop, planting: Planting, isGenerated: (path: string) => boolean): Plant | null {
  const { line, way, victim, by, ref } = planting;
  const [first, last] = [line[victim], line[by]];
  if (first === undefined || last === undefined) return null;
  const own = [...last.after.keys()];
  workshop.read([...first.before.values(), ...first.after.values(), ...last.before.values(), ...last.after.values()]);
  workshop.read(line.slice(victim, by).flatMap(({ before }) => own.map((path) => before.get(path) ?? null)));
  const planted = squashOnStale(workshop, planting);
  if (planted === null) return null;
  const paths = [...first.after.keys()].filter((path) => !isGenerated(path));
  const isLost = (at: number, overrides: Files): boolean =>
    paths.some((path) =>
      losesLines(workshop, {
        before: first.before.get(path) ?? null,
        after: first.after.get(path) ?? null,
        present: entryAt(line, path, by - 1, victim),
        planted: overrides.get(path) ?? entryAt(line, path, at, victim),
      }),
    );
  const overrides = differences(planted, (path) => entryAt(line, path, by, victim));
  if (!isLost(by, overrides)) return null;
  const following = replay(workshop, line.slice(by + 1, by + 1 + FOLLOWING), overrides);
  if (!isLost(Math.min(line.length - 1, by + FOLLOWING), following.overrides)) return null;
  const squash = workshop.commit({
    ...{ ref, parents: [last.parents[0] ?? ''], author: last.author, message: squashMessage(last.message) },
    files: planted,
  });
  let tip = squash;
  for (const { commit, files } of following.kept) {
    const parents = [tip, ...commit.parents.slice(1)];
    tip = workshop.commit({ ref, parents, author: commit.author, message: commit.message, files });
  }
  const steps = by - victim + 1 + following.kept.length;
  return { way, tip, by: squash, victim: first.sha, mergedAt: first.at, steps, dropped: following.dropped };
}

/** What the squash writes over the base; null where the stale branch could not hold its change. */
function squashOnStale(workshop: Workshop, { line, way, victim, by }: Planting): Files | null {
  const stale = new Map<string, Entry>();
  for (const { before } of line.slice(victim, by)) {
    for (const [path, entry] of before) if (!stale.has(path)) stale.set(path, entry);
  }
  const last = line[by];
  if (last === undefined) return null;
  const branch = new Map<string, Entry>();
  for (const [path, theirs] of last.after) {
    const base = last.before.get(path) ?? null;
    const merged = workshop.merge({ base, ours: stale.has(path) ? (stale.get(path) ?? null) : base, theirs });
    if (merged === 'conflict') return null;
    branch.set(path, merged);
  }
  if (way === 'stale tree') return new Map([...stale, ...branch]);
  if (way === 'stale files') return branch;
  const resolved = [...branch].map(([path, theirs]): readonly [string, Entry] => {
    if (!stale.has(path)) return [path, theirs];
    const sides = { base: stale.get(path) ?? null, ours: theirs, theirs: last.before.get(path) ?? null };
    const clean = workshop.merge(sides);
    if (clean !== 'conflict') return [path, clean];
    const favoured = way === 'conflicting places' ? workshop.merge(sides, true) : theirs;
    return [path, favoured === 'conflict' ? theirs : favoured];
  });
  return new Map(resolved);
}

/** What lies at a path after a step, known for whatever a step since `since` touched; else null. */
function entryAt(line: readonly LineCommit[], path: string, at: number, since: number): Entry {
  for (let place = at; place >= since; place -= 1) {
    const entry = line[place]?.after.get(path);
    if (entry !== undefined) return entry;
  }
  return null;
}

const differences = (planted: Files, real: (path: string) => Entry): Files =>
  new Map([...planted].filter(([path, entry]) => !isSame(entry, real(path))));

interface Loss {
  readonly before: Entry;
  readonly after: Entry;
  readonly present: Entry;
  readonly planted: Entry;
}

/** Whether lines of a change that stood before the planted commit are not there after it. */
function losesLines(workshop: Workshop, { before, after, present, planted }: Loss): boolean {
  if (isSame(present, planted)) return false;
  const [old, own, was, is] = [before, after, present, planted].map(
    (entry) =>
      new Set(
        workshop
          .textOf(entry)
          .split('\n')
          .filter((line) => SAYS_SOMETHING.test(line)),
      ),
  );
  if (!old || !own || !was || !is) return false;
  const isGone = [...own].some((line) => !old.has(line) && was.has(line) && !is.has(line));
  return isGone || [...old].some((line) => !own.has(line) && !was.has(line) && is.has(line));
}

interface Following {
  readonly kept: readonly { readonly commit: LineCommit; readonly files: Files }[];
  readonly dropped: number;
  /** Where the planted base differs from the real one in the end. */
  readonly overrides: Files;
}

/** What was merged after it, on the planted base. What conflicts there did not happen. */
function replay(workshop: Workshop, commits: readonly LineCommit[], planted: Files): Following {
  const overrides = new Map(planted);
  const kept: { commit: LineCommit; files: Files }[] = [];
  const touched = commits.flatMap(({ before, after }) =>
    [...after].flatMap(([path, entry]) => (planted.has(path) ? [entry, before.get(path) ?? null] : [])),
  );
  workshop.read([...planted.values(), ...touched]);
  for (const commit of commits) {
    const merged = [...commit.after].map(([path, theirs]) => {
      const base = commit.before.get(path) ?? null;
      const ours = overrides.has(path) ? (overrides.get(path) ?? null) : base;
      return { path, theirs, ours, result: workshop.merge({ base, ours, theirs }) };
    });
    const fits = merged.every(({ result }) => result !== 'conflict');
    if (fits) kept.push({ commit, files: new Map(merged.map(({ path, result }) => [path, entryOf(result)])) });
    for (const { path, theirs, ours, result } of merged) {
      const there = fits ? entryOf(result) : ours;
      if (isSame(there, theirs)) overrides.delete(path);
      else overrides.set(path, there);
    }
  }
  return { kept, dropped: commits.length - kept.length, overrides };
}

const entryOf = (result: Entry | 'conflict'): Entry => (result === 'conflict' ? null : result);

/** As GitHub squashes: the title with its number, then the text. */
function squashMessage(message: string): string {
  const [, number] = /^(?:merge pull request|auto merge of) #(\d+)/i.exec(message) ?? [];
  if (number === undefined) return message;
  const [title = '', ...text] = message.split('\n').slice(1).join('\n').trim().split('\n');
  return [`${title} (#${number})`, ...text].join('\n');
}
