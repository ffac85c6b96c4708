import type { BaseStep } from '../core/readiness/presence/base-line.ts';
import { gatherSteps, type WalkedCommit } from '../core/readiness/presence/gather-steps.ts';
import { type LineTable, lineTable } from '../core/readiness/presence/line-table.ts';
import { commitTime } from './describe-commits.ts';
import { type Repository, runIn } from './open-repository.ts';
import { readCommitChanges } from './read-commit-changes.ts';

/** What a base came through. */
export interface BaseLine {
  /** The oldest first. */
  readonly steps: readonly BaseStep[];
  /** The step that brought each commit. */
  readonly stepOf: ReadonlyMap<string, number>;
  /** Every commit that one of the steps brought. */
  readonly walked: ReadonlyMap<string, WalkedCommit>;
  /** Numbers the lines of the steps; for what is to be compared with them. */
  readonly table: LineTable;
}

export interface BaseLineOptions {
  /** Full id of the base's newest commit. */
  readonly base: string;
  /** How many steps back, at most. */
  readonly steps: number;
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

/** Reads the newest steps of a base, with the commits that they merged and their differences. Null where it has no history. */
export async function readBaseLine(repository: Repository, options: BaseLineOptions): Promise<BaseLine | null> {
  const walked = await walk(repository, options);
  if (walked === null) return null;
  const { steps, stepOf } = gatherSteps(walked, options.base);
  const table = lineTable();
  const commits = steps.flatMap(({ sha }) => walked.get(sha) ?? []);
  const files = await readCommitChanges(repository, { commits, table, ...options });
  return { steps: steps.map((step, index) => ({ ...step, files: files[index] ?? null })), stepOf, walked, table };
}

async function walk(
  repository: Repository,
  { base, steps, signal }: BaseLineOptions,
): Promise<ReadonlyMap<string, WalkedCommit> | null> {
  const aborting = signal === undefined ? {} : { signal };
  const line = await runIn(repository, { args: ['rev-list', '--first-parent', `-n${steps + 1}`, base], ...aborting });
  const ids = line.stdout.split('\n').filter(Boolean);
  if (line.ended !== 'done' || ids.length === 0) return null;
  const before = ids.length > steps ? [`^${ids.at(-1)}`] : [];
  const args = ['rev-list', '--no-commit-header', `--format=${WALK_FORMAT}`, base, ...before, '--'];
  const { ended, stdout } = await runIn(repository, { args, ...aborting });
  return ended === 'done' ? readWalk(stdout) : null;
}

const FIELDS = ['%H', '%T', '%P', '%at %an', '%ct', '%B'];
export const WALK_FORMAT = FIELDS.map((field) => `${field}%x00`).join('');

/** Reads what `rev-list --format=WALK_FORMAT` says, by commit. */
export function readWalk(text: string): ReadonlyMap<string, WalkedCommit> {
  const parts = text.split('\0');
  const found = new Map<string, WalkedCommit>();
  for (let at = 0; at + FIELDS.length <= parts.length; at += FIELDS.length) {
    const [id = '', tree = '', parents = '', author = '', second = '', message = ''] = parts.slice(
      at,
      at + FIELDS.length,
    );
    const sha = id.trim();
    found.set(sha, { sha, tree, parents: parents.split(' ').filter(Boolean), author, at: commitTime(second), message });
  }
  return found;
}
