import type { TouchedFile } from '../core/risk/touched-file.ts';
import { findIntact } from './find-intact.ts';
import { layOutAttributes } from './lay-out-attributes.ts';
import { type ResolvedHead, resolveHeads } from './list-heads.ts';
import { type BaseStep, loadBaseSteps } from './load-base-steps.ts';
import { loadHistory } from './load-history.ts';
import type { Repository } from './open-repository.ts';
import { type PatchPair, readPatchIds } from './read-patch-ids.ts';
import { trialMerges } from './trial-merges.ts';

interface Asked {
  readonly name: string;
  readonly commit: string;
  /** Since it left the base. */
  readonly files: readonly TouchedFile[];
}

interface Wanted {
  readonly name: string;
  readonly key: string;
  readonly pair: PatchPair;
}

/** One step of the base that may have brought a head's change. */
interface Landing {
  readonly name: string;
  readonly head: string;
  readonly step: BaseStep;
}

/**
 * The names of the heads whose whole change one step of the base makes: squashed onto it, where it has since moved on, so that a
 * merge conflicts. A step is one where merging the head there gives its very files: patch ids only spare most of these merges,
 * for they know neither white space nor in which of two like places a change stands. Not where a later step took any of it back.
 * What git does not tell in time counts as not landed.
 */
export async function findLanded(
  repository: Repository,
  base: ResolvedHead,
  asked: readonly Asked[],
): Promise<ReadonlySet<string>> {
  const wanted = await wantedOf(repository, base, asked);
  if (wanted.length === 0) return new Set();
  const { steps, reverted } = await loadBaseSteps(repository, base);
  const kept = steps.filter(({ commit }) => !reverted.has(commit));
  const landings = await mergedAlike(repository, base, await landingsOf(repository, wanted, kept));
  const landed = [...new Set(landings.map(({ step }) => step))];
  const intact = await findIntact(repository, base, { steps, landed });
  return new Set(landings.flatMap(({ name, step }) => (intact.has(step) ? [name] : [])));
}

async function wantedOf(
  repository: Repository,
  base: ResolvedHead,
  asked: readonly Asked[],
): Promise<readonly Wanted[]> {
  const heads = await resolveHeads(repository, asked);
  const present = heads.filter((head) => head !== null);
  const histories = await loadHistory(repository, base, present);
  return asked.flatMap(({ name, files }, place) => {
    const head = heads[place] ?? null;
    const history = head === null ? undefined : histories[present.indexOf(head)];
    const [parent, ...others] = history?.known ? history.standing.mergeBases : [];
    if (head === null || parent === undefined || others.length > 0 || files.length === 0) return [];
    return [{ name, key: keyOf(files.flatMap(pathsOf)), pair: { commit: head.commit, parent } }];
  });
}

/** As a diff without renames names them. */
const pathsOf = ({ path, oldPath, status }: TouchedFile): readonly string[] =>
  oldPath === undefined || status === 'copied' ? [path] : [path, oldPath];

const keyOf = (paths: readonly string[]): string => JSON.stringify([...new Set(paths)].sort());

/** Only steps that touch the very same files are compared. */
async function landingsOf(
  repository: Repository,
  wanted: readonly Wanted[],
  steps: readonly BaseStep[],
): Promise<readonly Landing[]> {
  const keys = new Set(wanted.map(({ key }) => key));
  const alike = steps.filter(({ paths }) => keys.has(keyOf(paths)));
  const pairs = [...wanted.map(({ pair }) => pair), ...alike.map(({ commit, parent }) => ({ commit, parent }))];
  const ids = await readPatchIds(repository, pairs);
  return wanted.flatMap(({ name, pair }) => {
    const own = ids.get(pair.commit);
    if (own === undefined) return [];
    return alike.flatMap((step) => (ids.get(step.commit) === own ? [{ name, head: pair.commit, step }] : []));
  });
}

/** Those where merging the head onto what was there before the step gives what was there after it. */
async function mergedAlike(
  repository: Repository,
  base: ResolvedHead,
  landings: readonly Landing[],
): Promise<readonly Landing[]> {
  if (landings.length === 0) return [];
  const laidOut = await layOutAttributes(repository, base.tree);
  if (!laidOut.known) return [];
  const merges = landings.map(({ head, step }) => ({ ours: step.parent, theirs: head }));
  const answers = await trialMerges(repository, merges, { workTree: laidOut.value.workTree });
  return landings.filter(({ step }, place) => {
    const answer = answers[place];
    return answer?.known === true && answer.value.isClean && answer.value.tree === step.tree;
  });
}
