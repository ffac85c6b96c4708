import type { Config } from '../core/config.ts';
import type { Reading } from '../core/reading.ts';
import { candidatePairs } from '../core/risk/candidate-pairs.ts';
import type { BaseFinding } from '../core/risk/conflict-report.ts';
import { estimatePairs } from '../core/risk/estimate-pairs.ts';
import { findStacks, type Stack } from '../core/risk/find-stacks.ts';
import { isDependencyBot } from '../core/risk/is-dependency-bot.ts';
import { leaveOut, type QueueScope } from '../core/risk/leave-out.ts';
import type { PairFinding, PairRisk } from '../core/risk/pair-risk.ts';
import { regeneratedBy } from '../core/risk/regenerated-files.ts';
import type { RiskOfPullRequest } from '../core/risk/risk-of-pull-request.ts';
import { SHIPPED_WEIGHTS } from '../core/risk/risk-weights.ts';
import type { TouchedFile } from '../core/risk/touched-file.ts';
import type { Instant } from '../core/task/facts.ts';
import { refKey } from '../core/task/identity.ts';
import { findConflicts } from '../git/find-conflicts.ts';
import { resolveBase } from '../git/list-heads.ts';
import { openRepository, type Repository } from '../git/open-repository.ts';
import type { TrialCache } from '../git/trial-cache.ts';
import type { GitHubClient } from '../github/client.ts';
import type { OpenPullRequest } from '../github/load-open-pull-requests.ts';
import { loadTouchedFiles } from '../github/load-touched-files.ts';

/** A bare clone with the base branches and all heads, and what its trial merges told before. */
export interface MirroredClone {
  readonly path: string;
  readonly trials: TrialCache;
}

/** Files of pull requests by their heads, so that each head is read once. */
export interface FilesMemory {
  readonly get: (key: string) => Reading<readonly TouchedFile[]> | undefined;
  readonly set: (key: string, files: Reading<readonly TouchedFile[]>) => unknown;
}

interface RiskQuestion {
  readonly ignore: Config['risk']['ignore'];
  readonly scope: QueueScope;
  /** Judged whatever the scope says. */
  readonly always: ReadonlySet<number>;
  readonly now: Instant;
  readonly clone: MirroredClone | null;
  readonly files: FilesMemory;
}

type Judge = (base: string, pulls: readonly OpenPullRequest[]) => Promise<readonly RiskOfPullRequest[]>;

/**
 * What is known of the integration of each open pull request, in their order: by trial merges in a clone that has the base,
 * else estimated from their files. Those that the scope leaves out are unknown, with the reason.
 */
export async function loadOpenRisks(
  github: GitHubClient,
  open: readonly OpenPullRequest[],
  question: RiskQuestion,
): Promise<readonly RiskOfPullRequest[]> {
  const { clone, scope, now, always } = question;
  const { leftOut } = leaveOut(open.map(openChange), { ...scope, now });
  const out = new Map(leftOut.map(({ name, why }) => [name, why]));
  const judged = open.filter((pull) => always.has(pull.ref.number) || !out.has(nameOf(pull)));
  const bases = [...new Set(judged.map(({ base }) => base))];
  const judgeAll = async (judge: Judge) => {
    const found: RiskOfPullRequest[] = [];
    for (const base of bases)
      found.push(
        ...(await judge(
          base,
          judged.filter((pull) => pull.base === base),
        )),
      );
    return found;
  };
  const estimate: Judge = (base, pulls) => estimateRisks(github, { base, pulls, question });
  const found = clone === null ? await judgeAll(estimate) : await inClone(clone, question, { judgeAll, estimate });
  const byKey = new Map(found.map((risk) => [refKey(risk.pullRequest), risk]));
  return open.map((pull) => byKey.get(refKey(pull.ref)) ?? unjudged(pull, `${out.get(nameOf(pull))}, not judged`));
}

interface Judging {
  readonly judgeAll: (judge: Judge) => Promise<readonly RiskOfPullRequest[]>;
  readonly estimate: Judge;
}

async function inClone(clone: MirroredClone, { ignore }: RiskQuestion, { judgeAll, estimate }: Judging) {
  const repository = await openRepository(clone.path);
  try {
    return await judgeAll(async (base, pulls) => {
      const verified = await tryMerges(repository, { base, pulls, ignore, trials: clone.trials });
      return verified ?? estimate(base, pulls);
    });
  } finally {
    await repository.close();
  }
}

interface Trials {
  readonly base: string;
  readonly pulls: readonly OpenPullRequest[];
  readonly ignore: readonly string[];
  readonly trials: TrialCache;
}

/** Null where the clone does not have the base. */
async function tryMerges(
  repository: Repository,
  { base, pulls, ignore, trials }: Trials,
): Promise<readonly RiskOfPullRequest[] | null> {
  const resolved = await resolveBase(repository, `refs/heads/${base}`).catch(() => null);
  if (resolved === null) return null;
  const heads = pulls.map((pull) => ({ name: nameOf(pull), commit: pull.headSha }));
  const report = await findConflicts(repository, {
    ...{ base: resolved, heads, cache: trials },
    isRegenerated: regeneratedBy(ignore),
  });
  const onBase = new Map(report.heads.map((head) => [head.name, head.onBase]));
  const unknown = report.heads.filter((head) => head.onBase.verdict === 'unknown').map(({ name }) => name);
  return risksOf(pulls, { base, pairs: [...report.pairs, ...unknownPairs(unknown, heads)], onBase });
}

interface Estimation {
  readonly base: string;
  readonly pulls: readonly OpenPullRequest[];
  readonly question: RiskQuestion;
}

async function estimateRisks(
  github: GitHubClient,
  { base, pulls, question }: Estimation,
): Promise<readonly RiskOfPullRequest[]> {
  const { ignore, files: memory } = question;
  const isRegenerated = regeneratedBy(ignore);
  const readings = await Promise.all(pulls.map((pull) => filesOf(github, pull, memory)));
  const changes = pulls.map((pull, place) => {
    const reading = readings[place];
    const files = reading?.known === true ? reading.value : [];
    return { name: nameOf(pull), files: files.filter(({ path }) => !isRegenerated(path)) };
  });
  const pairs = estimatePairs(changes, {
    pairs: candidatePairs(
      changes.map(({ files }) => ({ own: files, onBase: [] })),
      [],
    ),
    stacks: stacksOf(pulls),
    history: new Map(),
    weights: SHIPPED_WEIGHTS,
  });
  const unread = pulls.filter((_, place) => readings[place]?.known !== true).map(nameOf);
  const reason = 'its files could not be read';
  const onBase = new Map(unread.map((name) => [name, { verdict: 'unknown', reason } as const]));
  return risksOf(pulls, { base, pairs: [...pairs, ...unknownPairs(unread, changes)], onBase });
}

async function filesOf(github: GitHubClient, { ref, headSha }: OpenPullRequest, memory: FilesMemory) {
  const key = `${refKey(ref)}@${headSha}`;
  const read = memory.get(key) ?? (await loadTouchedFiles(github, ref));
  if (read.known) memory.set(key, read);
  return read;
}

/** By the commits that GitHub lists. */
const stacksOf = (pulls: readonly OpenPullRequest[]): readonly Stack[] =>
  findStacks(
    pulls.map(({ headSha, commits }) => ({
      commit: headSha,
      standing: commits.known ? { mergeBases: [], isSettled: true, unmerged: new Set(commits.value) } : null,
    })),
  );

/** What nobody could judge is unknown to all others, too. */
function unknownPairs(unknown: readonly string[], all: readonly { readonly name: string }[]): readonly PairRisk[] {
  const places = new Map(all.map(({ name }, place) => [name, place]));
  const isLater = (name: string, other: string) =>
    unknown.includes(other) && (places.get(other) ?? 0) < (places.get(name) ?? 0);
  return unknown.flatMap((name) =>
    all
      .filter((other) => other.name !== name && !isLater(name, other.name))
      .map((other) => ({ a: name, b: other.name, finding: unknownFinding(name) })),
  );
}

const unknownFinding = (name: string): PairFinding => ({
  basis: 'verified',
  verdict: 'unknown',
  reason: `${name} could not be judged`,
});

interface Found {
  readonly base: string;
  readonly pairs: readonly PairRisk[];
  /** Empty where nobody tried. */
  readonly onBase: ReadonlyMap<string, BaseFinding>;
}

function risksOf(pulls: readonly OpenPullRequest[], { base, pairs, onBase }: Found): readonly RiskOfPullRequest[] {
  const named = new Map(pulls.map((pull) => [nameOf(pull), pull]));
  const met = new Map<string, { name: string; finding: PairFinding }[]>();
  const note = (name: string, other: string, finding: PairFinding) =>
    met.set(name, [...(met.get(name) ?? []), { name: other, finding }]);
  for (const { a, b, finding } of pairs) {
    note(a, b, finding);
    note(b, a, finding);
  }
  return pulls.map((pull) => ({
    pullRequest: pull.ref,
    headSha: pull.headSha,
    base,
    withBase: withBaseOf(onBase.get(nameOf(pull))),
    pairs: (met.get(nameOf(pull)) ?? []).flatMap(({ name, finding }) => {
      const other = named.get(name);
      return other === undefined ? [] : [{ other: { ref: other.ref, title: other.title }, finding }];
    }),
  }));
}

function withBaseOf(finding: BaseFinding | undefined): RiskOfPullRequest['withBase'] {
  if (finding === undefined) return { verdict: 'not_verified' };
  return finding.verdict === 'merged' ? { verdict: 'clean' } : finding;
}

function unjudged({ ref, headSha, base }: OpenPullRequest, reason: string): RiskOfPullRequest {
  return { pullRequest: ref, headSha, base, withBase: { verdict: 'unknown', reason }, pairs: [] };
}

const nameOf = ({ ref }: Pick<OpenPullRequest, 'ref'>): string => `#${ref.number}`;

function openChange(pull: OpenPullRequest) {
  const { ref, openedAt, updatedAt, isDraft, author } = pull;
  return {
    ...{ name: nameOf(pull), number: ref.number, enteredAt: openedAt, updatedAt, isDraft },
    ...{ isDependencyBot: isDependencyBot(author), priority: 0, heldBy: [], after: [], files: null },
  };
}
