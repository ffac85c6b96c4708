import { describeHistory } from '../core/risk/describe-meeting.ts';
import { assessImpact } from '../core/risk/impact.ts';
import { leaveOut, type QueueScope } from '../core/risk/leave-out.ts';
import { mergeTurns } from '../core/risk/merge-turns.ts';
import { namesOfFile } from '../core/risk/met-files.ts';
import type { OrderLimits } from '../core/risk/order/merge-item.ts';
import { type PairRisk, stackOf } from '../core/risk/pair-risk.ts';
import { readPairs } from '../core/risk/read-pairs.ts';
import type { RiskOfPullRequest } from '../core/risk/risk-of-pull-request.ts';
import type { TouchedFile } from '../core/risk/touched-file.ts';
import type { RepositoryRef } from '../core/task/identity.ts';
import type { RiskChange, RiskFacts } from './risk-facts.ts';
import type { PullFindings } from './risk-of-pulls.ts';

interface Telling extends Pick<RiskFacts, 'dependents'> {
  readonly repository: RepositoryRef;
  readonly base: string;
  readonly scope: QueueScope;
  readonly asked: ReadonlySet<string>;
  readonly now: string;
  /** To tell who goes first of those that conflict; absent where nobody wants to know. */
  readonly limits?: OrderLimits;
}

/**
 * The findings as each pull request tells them of itself. What the scope leaves out is unknown, with the reason, and told of
 * others only where they are stacked on it; estimates of pairs that share nothing but what is made anew are no risk.
 */
export function risksOfFindings(found: PullFindings, telling: Telling): readonly RiskOfPullRequest[] {
  const { asked, base, repository, scope, now, limits } = telling;
  const { leftOut } = leaveOut(found.changes, { ...scope, now });
  const out = new Map(leftOut.filter(({ name }) => !asked.has(name)).map(({ name, why }) => [name, why]));
  const byName = new Map(found.changes.map((change) => [change.name, change]));
  const { meets } = readPairs(found, new Set(byName.keys()));
  const isAnew = ({ finding }: PairRisk): boolean => finding.basis === 'estimated' && finding.regenerate === true;
  const isTold = ({ a, b, finding }: PairRisk): boolean =>
    asked.has(a) || asked.has(b) || !(out.has(a) || out.has(b)) || stackOf(finding) !== null;
  const met = othersOf(found.pairs.filter((pair) => isTold(pair) && !isAnew(pair)));
  const turns = limits === undefined ? null : mergeTurns({ ...found, scope, limits });
  return found.changes.map((change): RiskOfPullRequest => {
    const { name, headSha } = change;
    const about = { pullRequest: refOf(change, repository), headSha, base };
    const why = out.get(name);
    if (why !== undefined) return { ...about, leftOut: why, withBase: notJudged(why), pairs: [], impact: [] };
    const pairs = (met.get(name) ?? []).flatMap(({ other, finding }) => {
      const pull = byName.get(other);
      return pull === undefined ? [] : [{ other: { ref: refOf(pull, repository), title: pull.title }, finding }];
    });
    const impact = impactOf(meets.get(name) ?? [], { ...found, ...telling });
    const earlier = turns?.get(name)?.flatMap((other) => byName.get(other) ?? []);
    const behind = earlier === undefined ? {} : { behind: earlier.map((other) => refOf(other, repository)) };
    return { ...about, withBase: withBaseOf(name, found), pairs, impact, ...behind };
  });
}

const notJudged = (why: string): RiskOfPullRequest['withBase'] => ({
  verdict: 'unknown',
  reason: `${why}, not judged`,
});

type Others = readonly { readonly other: string; readonly finding: PairRisk['finding'] }[];

function othersOf(pairs: readonly PairRisk[]): ReadonlyMap<string, Others> {
  const met = new Map<string, Others[number][]>();
  for (const { a, b, finding } of pairs)
    for (const [name, other] of [
      [a, b],
      [b, a],
    ] as const) {
      const others = met.get(name) ?? [];
      met.set(name, others);
      others.push({ other, finding });
    }
  return met;
}

const refOf = ({ number }: RiskChange, { owner, repo }: RepositoryRef) => ({ owner, repo, number: number ?? 0 });

function withBaseOf(name: string, { onBase }: PullFindings): RiskOfPullRequest['withBase'] {
  const finding = onBase.get(name);
  if (finding === undefined) return { verdict: 'not_verified' };
  return finding.verdict === 'merged' ? { verdict: 'clean' } : finding;
}

/** What is left of a conflict after two years: less is told as none. */
const LEAST_PAST = 0.05;

/** What much depends on first, then what is to be redone, then what conflicted in the past. */
function impactOf(
  files: readonly TouchedFile[],
  {
    dependents,
    isRegenerated,
    history,
  }: Pick<RiskFacts, 'dependents'> & Pick<PullFindings, 'isRegenerated' | 'history'>,
): readonly string[] {
  const { factors } = assessImpact({ files, dependents, isRegenerated });
  const depending = factors.filter(({ what, count }) => what.startsWith(`${count} file`));
  const past = [...new Set(files.flatMap(namesOfFile))].flatMap((path) => {
    const known = history.get(path);
    return known === undefined || known.conflicts < LEAST_PAST ? [] : [describeHistory(path, known)];
  });
  const words = [...depending, ...factors.filter((one) => !depending.includes(one))].map(({ what }) => what);
  return [...words, ...past];
}
