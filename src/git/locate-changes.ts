import type { LineFate } from '../core/readiness/presence/assess-presence.ts';
import type { WalkedCommit } from '../core/readiness/presence/gather-steps.ts';
import type { MergedChange, Presence } from '../core/readiness/presence/presence.ts';
import { originOf, rebasedSteps, stepsByMessages } from '../core/readiness/presence/rebased-steps.ts';
import type { Gap } from '../core/reading.ts';
import { formatRef } from '../core/task/identity.ts';
import { type ResolvedHead, resolveHeads } from './list-heads.ts';
import { listOutside } from './list-outside.ts';
import { matchPatches } from './match-patches.ts';
import { type Repository, runIn } from './open-repository.ts';
import { type BaseLine, readWalk, WALK_FORMAT } from './read-base-line.ts';
import { WHOLE_HISTORY } from './whole-history.ts';

/** Where a change lies on its base. */
export type LandedChange =
  | { readonly found: 'steps'; readonly how: 'ancestor' | 'same_patch'; readonly places: readonly number[] }
  /** It is part of the base, but no step is its own: it came by way of another branch, or before the steps at hand. */
  | { readonly found: 'inside'; readonly place: number | null }
  | { readonly found: 'nowhere' }
  | { readonly found: 'unknown'; readonly gap: Gap };

export interface LocateOptions {
  readonly base: ResolvedHead;
  readonly line: BaseLine;
  readonly changes: readonly MergedChange[];
}

/** Finds merged changes on a base, in their order. */
export async function locateChanges(
  repository: Repository,
  { base, line, changes }: LocateOptions,
): Promise<readonly LandedChange[]> {
  const present = await listPresent(repository, changes);
  const outside = await listOutside(
    repository,
    base,
    [...present].filter((sha) => !line.stepOf.has(sha)),
  );
  const origins = await readOrigins(repository, base, changes, present);
  const steps = line.steps.flatMap(({ sha }) => line.walked.get(sha) ?? []);
  const located = changes.map((change): LandedChange | null => {
    const sha = change.mergeCommitSha ?? change.headSha;
    if (sha === null || !present.has(sha)) return { found: 'unknown', gap: gapOf(repository, change) };
    const place = line.stepOf.get(sha);
    if (place === undefined) return outside.has(sha) ? null : { found: 'inside', place: null };
    if (line.steps[place]?.sha !== sha) return { found: 'inside', place };
    const own = origins.get(change.headSha ?? '');
    const places =
      own === undefined ? stepsByMessages(steps, place, change.messages ?? []) : rebasedSteps(steps, place, own);
    return { found: 'steps', how: 'ancestor', places };
  });
  const absent = changes.filter((_, index) => located[index] === null);
  const parentOf = (sha: string): string | undefined => line.walked.get(sha)?.parents[0];
  const matches = await matchPatches(repository, { base, line, parentOf, changes: absent });
  return located.map((found, index) => {
    const change = changes[index];
    if (found !== null || change === undefined) return found ?? { found: 'nowhere' };
    const place = matches.get(change);
    if (place !== undefined) return { found: 'steps', how: 'same_patch', places: [place] };
    return repository.shallow.size > 0 ? { found: 'unknown', gap: gapOf(repository, change) } : { found: 'nowhere' };
  });
}

/** In the words of `Presence`, with what became of it since. */
export function presenceOf(landed: LandedChange, fate: LineFate): Presence {
  if (landed.found === 'unknown') return { state: 'unknown', gap: landed.gap };
  if (landed.found === 'nowhere') return { state: 'missing' };
  if (landed.found === 'inside') return fate.insideOf(landed.place);
  const presence = fate.presenceOf(landed.places);
  return presence.state === 'present' ? { state: 'present', how: landed.how } : presence;
}

function gapOf(repository: Repository, { ref, mergeCommitSha }: MergedChange): Gap {
  const what = `the commit that ${formatRef(ref)} was merged as`;
  if (mergeCommitSha === null) return { cause: 'unavailable', what: `${what}, which GitHub does not name` };
  if (repository.shallow.size > 0)
    return { cause: 'no_clone', what: `${what}: this clone is shallow`, help: WHOLE_HISTORY };
  return { cause: 'no_clone', what: `${what}: this clone does not have it` };
}

async function listPresent(repository: Repository, changes: readonly MergedChange[]): Promise<ReadonlySet<string>> {
  const shas = [...new Set(changes.flatMap(({ mergeCommitSha, headSha }) => [mergeCommitSha, headSha]))];
  const valid = shas.filter((sha) => sha !== null && /^[0-9a-f]{40,64}$/.test(sha)).filter((sha) => sha !== null);
  const found = await resolveHeads(
    repository,
    valid.map((commit) => ({ name: commit, commit })),
  );
  return new Set(found.flatMap((head) => (head === null ? [] : [head.commit])));
}

/** The commits of each head that is not itself part of the base, as their origins. */
async function readOrigins(
  repository: Repository,
  base: ResolvedHead,
  changes: readonly MergedChange[],
  present: ReadonlySet<string>,
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const heads = [...new Set(changes.flatMap(({ headSha }) => headSha ?? []))].filter((sha) => present.has(sha));
  if (heads.length === 0) return new Map();
  const input = [...heads, `^${base.commit}`, ''].join('\n');
  const args = ['rev-list', '--no-commit-header', `--format=${WALK_FORMAT}`, '--stdin'];
  const { ended, stdout } = await runIn(repository, { args, input });
  if (ended !== 'done') return new Map();
  const walked = readWalk(stdout);
  return new Map(heads.map((head) => [head, originsOf(head, walked)]));
}

function originsOf(head: string, walked: ReadonlyMap<string, WalkedCommit>): ReadonlySet<string> {
  const origins = new Set<string>();
  for (let at = walked.get(head); at !== undefined; at = walked.get(at.parents[0] ?? '')) origins.add(originOf(at));
  return origins;
}
