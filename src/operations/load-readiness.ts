import { circlesOf } from '../core/circles-of.ts';
import type { Gap } from '../core/reading.ts';
import type { BaseFinding, ReportedConflict } from '../core/risk/conflict-report.ts';
import { assessReadiness, type MergeStanding } from '../core/risk/merge-standing.ts';
import type { MergeMethod } from '../core/risk/next-merges.ts';
import type { OpenChange } from '../core/risk/open-change.ts';
import { type PairRisk, stackOf } from '../core/risk/pair-risk.ts';
import type { RepositoryRef } from '../core/task/identity.ts';
import { loadMergeRules, type MergeRules } from '../github/load-merge-rules.ts';
import { loadMergeStandings } from '../github/load-merge-standings.ts';
import type { OpenPullRequest } from '../github/load-open-pull-requests.ts';
import type { OperationContext } from './operation.ts';

interface Told extends Pick<OpenChange, 'heldBy' | 'after'> {
  /** The branch that GitHub merges it into. */
  readonly base: string;
  readonly standing: MergeStanding | null;
}

/** What GitHub says of pull requests beside their files, by their names in the queue. */
interface Readiness {
  readonly byName: ReadonlyMap<string, Told>;
  readonly mergeMethod: MergeMethod;
  readonly gaps: readonly Gap[];
}

interface ReadinessWish {
  readonly base: string;
  readonly pulls: readonly OpenPullRequest[];
  readonly audience?: 'viewer' | 'umbrella_readers' | undefined;
}

/** Reviews, checks and native dependencies of the open pull requests into one branch: one call for 50, and one for its rules. */
export async function loadReadiness(
  { github }: Pick<OperationContext, 'github'>,
  repository: RepositoryRef,
  { base: branch, pulls, audience = 'viewer' }: ReadinessWish,
): Promise<Readiness> {
  const ids = pulls.map(({ nodeId }) => nodeId);
  const rules = ids.length === 0 ? NO_RULES : await loadMergeRules(github, repository, branch);
  const { standings, gaps, ...rest } = await loadMergeStandings(github, { ...repository, branch }, ids, rules.allows);
  const told = pulls.map(({ ref, nodeId, base }) => ({ ref, base, standing: standings.get(nodeId) ?? null }));
  const readiness = assessReadiness(told, { namesOthers: audience === 'viewer' });
  const byName = told.map(({ ref, base, standing }, place) => {
    const { heldBy = [], after = [] } = readiness[place] ?? {};
    return [`#${ref.number}`, { heldBy, after: after.map(({ number }) => `#${number}`), base, standing }] as const;
  });
  return { byName: new Map(byName), gaps: [...rules.gaps, ...gaps], ...rest };
}

const NO_RULES: MergeRules = { allows: () => true, gaps: [] };

interface OnBase {
  readonly onBase: ReadonlyMap<string, BaseFinding>;
}

/** What trial merges found, and of what nobody merged which GitHub says that it conflicts. */
export function withReported(
  onBase: ReadonlyMap<string, BaseFinding>,
  { byName }: Readiness,
): ReadonlyMap<string, BaseFinding | ReportedConflict> {
  const reported = [...byName].flatMap(([name, { standing }]) =>
    standing?.mergeable === 'conflicting' && !onBase.has(name)
      ? [[name, { verdict: 'reported_conflict' }] as const]
      : [],
  );
  return new Map<string, BaseFinding | ReportedConflict>([...reported, ...onBase]);
}

/** Each waits since it became ready for review, held by what GitHub says of it and behind those of tasks that block its own. */
export const withReadiness = <Change extends OpenChange>(
  changes: readonly Change[],
  { byName }: Readiness,
  about: OnBase & { readonly pairs: readonly PairRisk[] },
): readonly Change[] => {
  const all = changes.map((change) => {
    const told = byName.get(change.name);
    if (told === undefined) return change;
    const { heldBy, before } = onGitHub(change, told, about);
    return {
      ...change,
      enteredAt: told.standing?.readyAt ?? change.enteredAt,
      heldBy: [...new Set([...change.heldBy, ...heldBy, ...told.heldBy])],
      before: [...change.before, ...before],
      after: [...told.after, ...change.after],
    };
  });
  return withCircles(all, about.pairs);
};

/** An order can keep to no dependency within a circle; none of it may pass for ready because of that. */
function withCircles<Change extends OpenChange>(
  changes: readonly Change[],
  pairs: readonly PairRisk[],
): readonly Change[] {
  const names = new Set(changes.map(({ name }) => name));
  const stacks = pairs.flatMap(({ finding }) => stackOf(finding) ?? []);
  const waits = [
    ...changes.flatMap(({ name, after }) => after.map((earlier) => [name, earlier] as const)),
    ...stacks.map(({ dependent, on }) => [dependent, on] as const),
  ].filter(([name, earlier]) => names.has(name) && names.has(earlier));
  const leader = circlesOf(waits);
  return changes.map((change) => {
    const own = leader.get(change.name);
    const others = changes.filter(({ name }) => name !== change.name && own !== undefined && leader.get(name) === own);
    if (others.length === 0) return change;
    const circle = `waits in a circle with ${others.map(({ name }) => name).join(', ')}`;
    return { ...change, heldBy: [...change.heldBy, circle] };
  });
}

/** A trial merge tells more than GitHub, which does not say in what a pull request conflicts and tells nothing at first. */
function onGitHub({ name }: OpenChange, { base, standing }: Told, { onBase }: OnBase) {
  const isTried = onBase.get(name) !== undefined;
  if (standing === null) return { heldBy: [], before: [] };
  if (standing.mergeable === 'conflicting' && onBase.get(name)?.verdict !== 'conflict')
    return { heldBy: [`conflicts with ${base}`], before: [] };
  const isUntold = standing.mergeable === 'unknown' && !isTried;
  return { heldBy: [], before: isUntold ? [`GitHub has not said yet whether it conflicts with ${base}`] : [] };
}
