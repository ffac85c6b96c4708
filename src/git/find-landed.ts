import type { TouchedFile } from '../core/risk/touched-file.ts';
import { type ResolvedHead, resolveHeads } from './list-heads.ts';
import { loadHistory } from './load-history.ts';
import { type Repository, runIn } from './open-repository.ts';
import { type PatchPair, readPatchIds } from './read-patch-ids.ts';

interface Asked {
  readonly name: string;
  readonly commit: string;
  /** Since it left the base. */
  readonly files: readonly TouchedFile[];
}

/** The newest so many commits of the base are compared. */
const COMMITS = 2000;

/**
 * The names of the heads whose whole change one commit of the base makes, by patch id: squashed onto it, where it has since moved
 * on, so that a merge conflicts. Not where a later commit says that it reverts that one. Only commits on the base's first
 * parents that touch the very same files are compared; what git does not tell in time counts as not landed.
 */
export async function findLanded(
  repository: Repository,
  base: ResolvedHead,
  asked: readonly Asked[],
): Promise<ReadonlySet<string>> {
  const heads = await resolveHeads(repository, asked);
  const present = heads.filter((head) => head !== null);
  const histories = await loadHistory(repository, base, present);
  const wanted = asked.flatMap(({ name, files }, place) => {
    const head = heads[place] ?? null;
    const history = head === null ? undefined : histories[present.indexOf(head)];
    const [parent, ...others] = history?.known ? history.standing.mergeBases : [];
    if (head === null || parent === undefined || others.length > 0 || files.length === 0) return [];
    return [{ name, key: keyOf(files.flatMap(pathsOf)), pair: { commit: head.commit, parent } }];
  });
  if (wanted.length === 0) return new Set();
  const keys = new Set(wanted.map(({ key }) => key));
  const alike = (await recentCommits(repository, base)).filter(({ key }) => keys.has(key));
  const ids = await readPatchIds(
    repository,
    [...wanted, ...alike].map(({ pair }) => pair),
  );
  const landed = new Set(alike.flatMap(({ pair }) => ids.get(pair.commit) ?? []));
  return new Set(wanted.flatMap(({ name, pair }) => (landed.has(ids.get(pair.commit) ?? '') ? [name] : [])));
}

/** As a diff without renames names them. */
const pathsOf = ({ path, oldPath, status }: TouchedFile): readonly string[] =>
  oldPath === undefined || status === 'copied' ? [path] : [path, oldPath];

const keyOf = (paths: readonly string[]): string => JSON.stringify([...new Set(paths)].sort());

interface BaseCommit {
  readonly key: string;
  readonly pair: PatchPair;
}

/** Those of one parent that no later one reverts, the newest first. */
async function recentCommits(repository: Repository, base: ResolvedHead): Promise<readonly BaseCommit[]> {
  const format = '--format=%x01%H%x02%P%x02%B%x02';
  const shape = ['--first-parent', '--no-merges', '--name-only', '--no-renames', '-z'];
  const args = ['log', ...shape, `--max-count=${COMMITS}`, format, base.commit];
  const { ended, stdout } = await runIn(repository, { args });
  if (ended !== 'done') return [];
  const reverted = new Set([...stdout.matchAll(/This reverts commit ([0-9a-f]{40,64})/g)].map(([, sha]) => sha));
  return stdout.split('\x01').flatMap((entry) => {
    const [commit = '', parent = '', , names = ''] = entry.split('\x02');
    if (!/^[0-9a-f]{40,64}$/.test(parent) || reverted.has(commit)) return [];
    const paths = names.split('\0').map((path) => path.replace(/^\n/, ''));
    return [{ key: keyOf(paths.filter((path) => path !== '')), pair: { commit, parent } }];
  });
}
