import type { BaseStep, ChangedFile } from '../core/readiness/presence/base-line.ts';
import type { LineTable } from '../core/readiness/presence/line-table.ts';
import type { MergedChange } from '../core/readiness/presence/presence.ts';
import { type ResolvedHead, resolveHeads } from './list-heads.ts';
import { type Repository, runIn } from './open-repository.ts';
import { readCommitChanges } from './read-commit-changes.ts';
import { type PatchPair, readPatchIds } from './read-patch-ids.ts';

export interface PatchSearch {
  readonly base: ResolvedHead;
  readonly line: { readonly steps: readonly BaseStep[]; readonly table: LineTable };
  readonly parentOf: (sha: string) => string | undefined;
  readonly changes: readonly MergedChange[];
}

/**
 * The step of the base that makes the same changes as one that is no part of it, by patch id: those of the commit it was
 * merged as, or those of its head since it left the base. Only steps that touch the very same files are compared.
 */
export async function matchPatches(
  repository: Repository,
  { base, line, parentOf, changes }: PatchSearch,
): Promise<ReadonlyMap<MergedChange, number>> {
  const patches = (
    await Promise.all(
      changes.map(async (change) =>
        (await patchesOf(repository, base, change)).map((pair): ChangePatch => ({ change, pair })),
      ),
    )
  ).flat();
  const own = await readFileKeys(repository, patches, line.table);
  const keys = new Set(own);
  const alike = line.steps.flatMap(({ sha, files }, place) => {
    const parent = parentOf(sha);
    return parent !== undefined && keys.has(keyOf(files)) ? [{ place, pair: { commit: sha, parent } }] : [];
  });
  const ids = await readPatchIds(
    repository,
    [...patches, ...alike].map(({ pair }) => pair),
  );
  const places = new Map(alike.map(({ place, pair }) => [ids.get(pair.commit), place]));
  return new Map(
    patches.flatMap(({ change, pair }): readonly [MergedChange, number][] => {
      const id = ids.get(pair.commit);
      const place = id === undefined ? undefined : places.get(id);
      return place === undefined ? [] : [[change, place]];
    }),
  );
}

interface ChangePatch {
  readonly change: MergedChange;
  readonly pair: PatchPair;
}

async function patchesOf(
  repository: Repository,
  base: ResolvedHead,
  { mergeCommitSha, headSha }: MergedChange,
): Promise<readonly PatchPair[]> {
  const ask = async (args: readonly string[]): Promise<string | undefined> =>
    (await runIn(repository, { args })).stdout.split(/\s/).find((id) => /^[0-9a-f]{40,64}$/.test(id));
  const merged =
    mergeCommitSha === null ? undefined : await ask(['rev-parse', '--verify', '-q', `${mergeCommitSha}^1`]);
  const left = headSha === null ? undefined : await ask(['merge-base', base.commit, headSha]);
  return [
    ...(mergeCommitSha !== null && merged !== undefined ? [{ commit: mergeCommitSha, parent: merged }] : []),
    ...(headSha !== null && left !== undefined ? [{ commit: headSha, parent: left }] : []),
  ];
}

async function readFileKeys(
  repository: Repository,
  patches: readonly ChangePatch[],
  table: LineTable,
): Promise<readonly string[]> {
  const heads = await resolveHeads(
    repository,
    patches.map(({ pair }) => ({ name: pair.commit, commit: pair.commit })),
  );
  const commits = heads.flatMap((head, index) => {
    const parent = patches[index]?.pair.parent;
    return head === null || parent === undefined ? [] : [{ sha: head.commit, tree: head.tree, parents: [parent] }];
  });
  return (await readCommitChanges(repository, { commits, table })).map(keyOf).filter((key) => key !== NO_FILES);
}

const keyOf = (files: readonly ChangedFile[] | null): string =>
  JSON.stringify((files ?? []).map(({ path }) => path).sort());

const NO_FILES = '[]';
