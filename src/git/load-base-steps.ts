import type { ResolvedHead } from './list-heads.ts';
import { type Repository, runIn } from './open-repository.ts';

/** What one commit on the base's first parents, a merge as well, makes of the one before. */
export interface BaseStep {
  readonly commit: string;
  readonly parent: string;
  readonly tree: string;
  /** Of the parent; null where it is older than all that were read. */
  readonly parentTree: string | null;
  /** What it touches, renames as two. */
  readonly paths: readonly string[];
}

export interface BaseSteps {
  /** The newest first. */
  readonly steps: readonly BaseStep[];
  /** Commits that the message of one of them says it reverts. */
  readonly reverted: ReadonlySet<string>;
}

/** The newest so many are read. */
const STEPS = 2000;
const LINE = ['--first-parent', '-z', `--max-count=${STEPS}`];

/** The newest steps of the base; none where git cannot tell. */
export async function loadBaseSteps(repository: Repository, base: ResolvedHead): Promise<BaseSteps> {
  const shape = ['--diff-merges=first-parent', '--name-only', '--no-renames', '--format=%x01%H %T %P%x02'];
  const [named, told] = await Promise.all([
    runIn(repository, { args: ['log', ...LINE, ...shape, base.commit] }),
    runIn(repository, { args: ['log', ...LINE, '--format=%B', base.commit] }),
  ]);
  if (named.ended !== 'done' || told.ended !== 'done') return { steps: [], reverted: new Set() };
  const entries = named.stdout.split('\x01').map((entry) => {
    const [ids = '', names = ''] = entry.split('\x02');
    const [commit = '', tree = '', parent = ''] = ids.split(' ');
    const paths = names.split('\0').map((path) => path.replace(/^\n/, ''));
    return { commit, tree, parent, paths: paths.filter((path) => path !== '') };
  });
  const treeOf = new Map(entries.map(({ commit, tree }) => [commit, tree]));
  const steps = entries
    .filter(({ parent }) => /^[0-9a-f]{40,64}$/.test(parent))
    .map((step): BaseStep => ({ ...step, parentTree: treeOf.get(step.parent) ?? null }));
  const reverts = told.stdout.matchAll(/This reverts commit ([0-9a-f]{40,64})/g);
  return { steps, reverted: new Set([...reverts].flatMap(([, sha]) => sha ?? [])) };
}
