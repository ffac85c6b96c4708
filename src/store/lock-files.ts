import { existsSync, linkSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

const holderSchema = z.object({
  pid: z.int(),
  host: z.string(),
  /** See `processStart`. */
  start: z.string().nullable(),
  since: z.string(),
  command: z.string(),
  /** Where it takes operations for others, from who knows the secret; null when it does not. */
  serves: z
    .object({ url: z.url(), secret: z.string().min(1) })
    .readonly()
    .nullable(),
  released: z.boolean().default(false),
});

/** Who holds a folder, as its lock file says, which only its owner may read. */
export type Holder = z.output<typeof holderSchema>;

export interface LockFile {
  readonly generation: number;
  readonly path: string;
  /** Null: the file is damaged. */
  readonly holder: Holder | null;
}

/**
 * The folder's lock: the file `lock-N.json` with the highest N. The next one to hold the folder writes N + 1, and may do
 * so only once it has seen N released or its process gone. So when two find it gone at the same moment, the file system
 * lets one of them create N + 1; nobody ever deletes the highest, so nobody can create a file that was there before
 * without seeing, afterwards, one above it.
 */
export function readLock(folder: string): LockFile | null {
  const [highest] = generationsIn(folder).toSorted((a, b) => b - a);
  if (highest === undefined) return null;
  const path = pathOf(folder, highest);
  return { generation: highest, path, holder: readHolder(path) };
}

/** Null when somebody else was faster. */
export function createLock(folder: string, generation: number, holder: Holder): LockFile | null {
  const path = pathOf(folder, generation);
  const draft = `${path}.${process.pid}.${Math.random().toString(36).slice(2)}`;
  writeFileSync(draft, JSON.stringify(holder), { mode: 0o600 });
  try {
    // A link, so that the file appears whole or not at all.
    linkSync(draft, path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return null;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  const all = generationsIn(folder);
  if (all.some((other) => other > generation)) {
    rmSync(path, { force: true });
    return null;
  }
  for (const other of all) if (other < generation) rmSync(pathOf(folder, other), { force: true });
  return { generation, path, holder };
}

/** Says in the file that its holder has let go. The file itself stays: see `readLock`. */
export function releaseLock({ path, holder }: LockFile): void {
  // Somebody has deleted it, as the failure's hint allows: then there is nothing to let go of.
  if (!existsSync(path)) return;
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, JSON.stringify({ ...holder, serves: null, released: true }), { mode: 0o600 });
  renameSync(draft, path);
}

const pathOf = (folder: string, generation: number): string => join(folder, `lock-${generation}.json`);

/** As `pathOf` writes them: any other name is none of ours, such as a number that no double holds. */
const GENERATION = /^lock-(0|[1-9]\d{0,14})\.json$/;

function generationsIn(folder: string): readonly number[] {
  return readdirSync(folder).flatMap((name) => {
    const generation = GENERATION.exec(name)?.[1];
    return generation === undefined ? [] : [Number(generation)];
  });
}

function readHolder(path: string): Holder | null {
  try {
    return holderSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return null;
  }
}
