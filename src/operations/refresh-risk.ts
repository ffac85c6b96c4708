/**
 * Keeps the check run `parasol/risk`, and where it is switched on one comment, on the open pull requests of a repository:
 * on both sides as soon as a conflict appears, and neutral again on both once it is gone. Used by the App whenever a pull
 * request or a base branch changes; `/parasol risk` asks for one pull request, whatever the mode.
 *
 * With `risk: { mode: off }` or `observe`, which is the default, and without a configuration nothing is read or written
 * unless someone asks. Drafts, dependency-update bots and pull requests that nobody touched for 30 days are left out;
 * `enforce` leaves out drafts alone, because every other one needs its check. Pull requests with one head share its check run.
 */
import type { Config } from '../core/config.ts';
import { UserError } from '../core/failure.ts';
import { groupBy } from '../core/group-by.ts';
import { planClosedReport } from '../core/risk/plan-closed-report.ts';
import { planRiskReport, RISK_CHECK, RISK_MARKER } from '../core/risk/plan-risk-report.ts';
import { type RiskOfPullRequest, verdictOfRisk } from '../core/risk/risk-of-pull-request.ts';
import { formatRef, type Ref, type RepositoryRef } from '../core/task/identity.ts';
import { findMarkedComments } from '../github/find-marked-comment.ts';
import { findOwnCheck, type OwnCheck } from '../github/find-own-check.ts';
import { loadClosedChecks } from '../github/load-closed-checks.ts';
import { loadConfig } from '../github/load-config.ts';
import { loadOpenPullRequests, type OpenPullRequest } from '../github/load-open-pull-requests.ts';
import { applyChanges, type ChangeOutcome, type WrittenComment } from './apply-changes.ts';
import { assessOpen } from './assess-open.ts';
import { configInForce, isConfigGap } from './config-in-force.ts';
import type { FilesMemory } from './estimate-rest.ts';
import type { OperationContext } from './operation.ts';
import { type MirroredClone, withMirror } from './risk-clone.ts';

/** What stands on a pull request as far as this process wrote or read it. */
interface SaidRisk {
  readonly headSha: string;
  readonly check: Pick<OwnCheck, 'conclusion' | 'title' | 'summary'> | null;
  readonly comment: WrittenComment | null;
}

/** By number; GitHub knows it, too, at a request for each pull request. */
export type SaidRisks = ReadonlyMap<number, SaidRisk>;

/** What an event said of a pull request. */
export interface PullExpectation {
  readonly number: number;
  readonly isOpen: boolean;
  /** The head that a push replaced; null where there was none. */
  readonly before: string | null;
  /** The head that it had then; null where the event did not say. */
  readonly headSha: string | null;
}

export interface RiskRefreshOptions {
  readonly expected: readonly PullExpectation[];
  /** Someone asked for these by command. */
  readonly asked: ReadonlySet<number>;
  /** Null: this process has said nothing here yet, so every open pull request is looked at, and what was closed last. */
  readonly said: SaidRisks | null;
  readonly files: FilesMemory;
  /** Where what past merges of the repository taught is kept; null where nothing is. */
  readonly learnedIn: string | null;
  /** Has work done with a clone of the repository, or with null where there is none. */
  readonly withClone: <T>(
    wish: { readonly branches: readonly string[]; readonly pulls: readonly number[] },
    work: (clone: MirroredClone | null) => Promise<T>,
  ) => Promise<T>;
  /** Lets GitHub's replicas catch up. */
  readonly pause: () => Promise<void>;
}

export interface RiskRefresh {
  /**
   * `off`: nobody wants to know, and nothing was read. `answered`: only who asked is to know. `observed`: the rollup as well,
   * until something changes.
   */
  readonly outcome: 'off' | 'answered' | 'observed' | 'reported';
  readonly risks: readonly RiskOfPullRequest[];
  /** For who asked, about these alone: what is asked for is judged whatever it is, and that changes nothing said of others. */
  readonly answers: readonly RiskOfPullRequest[];
  readonly said: SaidRisks;
  readonly changes: readonly ChangeOutcome[];
  /** Labels on which the checks depend, by who goes first; none where no check tells of an order. */
  readonly priorityLabels: readonly string[];
}

type Context = Pick<OperationContext, 'github' | 'now' | 'store' | 'isStoreOpen' | 'clock' | 'stop'>;

/** Throws `UserError` when the pull requests cannot be read or a check cannot be written, after it tried all others. */
export async function refreshRisk(
  context: Context,
  repository: RepositoryRef,
  options: RiskRefreshOptions,
): Promise<RiskRefresh> {
  const { asked, withClone } = options;
  const { mode, config } = await loadWish(context, repository);
  const isQuiet = mode === 'off' || mode === 'observe';
  if (isQuiet && asked.size === 0) return NOTHING;
  const open = await loadFresh(context, repository, options);
  const wish = { branches: [...new Set(open.map(({ base }) => base))], pulls: open.map(({ ref }) => ref.number) };
  const { risks, answers } = await withClone(wish, (clone) =>
    assessAll(context, open, { ...options, repository, mode, config, clone }),
  );
  const told = { risks, answers: answers.filter(({ pullRequest }) => asked.has(pullRequest.number)) };
  if (isQuiet) return { ...NOTHING, outcome: mode === 'off' ? 'answered' : 'observed', ...told };
  const reported = await report(context, risks, { ...options, repository, mode, comments: config.risk.comments });
  const priorityLabels = mode === 'enforce' ? config.risk.priority_labels : [];
  return { outcome: 'reported', ...told, ...reported, priorityLabels };
}

const NOTHING: RiskRefresh = {
  ...{ outcome: 'off', risks: [], answers: [] },
  ...{ said: new Map(), changes: [], priorityLabels: [] },
};

/** What nobody could read switches nothing on. */
async function loadWish({ github }: Context, repository: RepositoryRef) {
  const loaded = await loadConfig(github, repository);
  const { config } = configInForce(loaded);
  const mode = loaded.gaps.some(isConfigGap) ? 'observe' : config.risk.mode;
  return { mode, config };
}

/** A list that still shows what an event says is over is older than the event. */
async function loadFresh(
  { github }: Context,
  repository: RepositoryRef,
  { expected, pause }: RiskRefreshOptions,
): Promise<readonly OpenPullRequest[]> {
  const isStale = (open: readonly OpenPullRequest[]): boolean =>
    expected.some(({ number, isOpen, before }) => {
      const pull = open.find(({ ref }) => ref.number === number);
      return pull === undefined ? isOpen : !isOpen || pull.headSha === before;
    });
  const first = await loadOpenPullRequests(github, repository);
  if (!isStale(first)) return first;
  await pause();
  return loadOpenPullRequests(github, repository);
}

interface Assessing extends RiskRefreshOptions {
  readonly repository: RepositoryRef;
  readonly mode: Config['risk']['mode'];
  readonly config: Config;
  readonly clone: MirroredClone | null;
}

/** Who asks wants to know what redoing it costs; where nobody else does, only their pairs are judged. */
function assessAll(context: Context, open: readonly OpenPullRequest[], assessing: Assessing) {
  const { repository, mode, config, learnedIn, asked, files: memory } = assessing;
  const onlyAsked = mode === 'off' || mode === 'observe';
  const question = { repository, open, mode, config, learnedIn, memory, asked, onlyAsked, withImpact: true };
  return withMirror(context, assessing.clone, (clone) => assessOpen(context, { ...question, clone }));
}

interface Reporting extends RiskRefreshOptions {
  readonly repository: RepositoryRef;
  readonly mode: 'comment' | 'enforce';
  readonly comments: boolean;
}

async function report(
  context: Context,
  risks: readonly RiskOfPullRequest[],
  options: Reporting,
): Promise<Pick<RiskRefresh, 'said' | 'changes'>> {
  const { said: before, mode, expected } = options;
  const touched = new Set(expected.map(({ number }) => number));
  const said = new Map<number, SaidRisk>();
  const changes: ChangeOutcome[] = [];
  const byHead = groupBy(risks, ({ headSha }) => [headSha]);
  const checks = new Map<string, SaidRisk['check']>();
  for (const risk of risks) {
    const { pullRequest, headSha } = risk;
    const { number } = pullRequest;
    const sameHead = (byHead.get(headSha) ?? []).filter((other) => other !== risk);
    const hasNews = [risk, ...sameHead].some(isNews);
    const isDue = mode === 'enforce' || hasNews || before === null || before.has(number) || touched.has(number);
    if (!isDue) continue;
    // News is written whatever stood there, and the write itself looks for it.
    const isWritten = hasNews || mode === 'enforce';
    const found = await (isWritten ? saidOn(risk, options) : loadStanding(context, risk, options));
    const standing = { ...found, check: checks.get(headSha) ?? found.check };
    const plan = {
      risk,
      sameHead,
      mode,
      comments: options.comments,
      ownCheck: standing.check,
      ownComment: standing.comment,
    };
    const outcomes = await applyChanges(context, planRiskReport(plan));
    changes.push(...outcomes);
    const now = outcomes.reduce(saidAfter, standing);
    checks.set(headSha, now.check);
    if (now.check !== null || now.comment !== null) said.set(number, now);
  }
  const openHeads = new Set(risks.map(({ headSha }) => headSha));
  const leaving = { ...options, said: before ?? (await loadSaidOnClosed(context, options)) };
  for (const gone of closedSince(risks, leaving, before === null)) {
    const { check, comment: ownComment } = await loadStanding(context, gone, leaving);
    // A check run belongs to a commit: that of an open pull request with the same head is its own.
    const ownCheck = openHeads.has(gone.headSha) ? null : check;
    changes.push(...(await applyChanges(context, planClosedReport({ ...gone, ownCheck, ownComment }))));
  }
  const failed = changes.find(({ outcome }) => outcome === 'failed');
  if (failed !== undefined) throw failed.cause ?? checkGone(risks[0]?.pullRequest);
  return { said, changes };
}

function isNews(risk: RiskOfPullRequest): boolean {
  const verdict = verdictOfRisk(risk);
  return verdict === 'conflict' || verdict === 'likely';
}

/** A pull request as it stood at one head. */
type Headed = Pick<RiskOfPullRequest, 'pullRequest' | 'headSha'>;

/**
 * What stands on those that were closed or merged while no process ran, as far as it is not over: one request. Looks at the
 * 100 closed pull requests that changed last; what was closed before them, and comments whose check run says already that
 * it is over, are not looked at.
 */
async function loadSaidOnClosed({ github }: Context, { repository }: Reporting): Promise<SaidRisks> {
  const found = await loadClosedChecks(github, repository, RISK_CHECK);
  const standing = found.filter(({ check: ownCheck, ...at }) =>
    isNotEmpty(planClosedReport({ ...at, ownCheck, ownComment: null })),
  );
  return new Map(
    standing.map(({ pullRequest, headSha, check }) => [pullRequest.number, { headSha, check, comment: null }]),
  );
}

const isNotEmpty = (list: readonly unknown[]): boolean => list.length > 0;

/** Those that are not open any more and may carry something of ours: what was said of, and at a first look what events tell of. */
function closedSince(
  risks: readonly RiskOfPullRequest[],
  { said, expected, repository }: Reporting & { readonly said: SaidRisks },
  isFirst: boolean,
): readonly Headed[] {
  const isOpen = new Set(risks.map(({ pullRequest }) => pullRequest.number));
  const told = expected.flatMap(({ number, isOpen: open, headSha }): readonly (readonly [number, string])[] =>
    open || headSha === null || !isFirst ? [] : [[number, headSha]],
  );
  const ours = [...said].map(([number, { headSha }]) => [number, headSha] as const);
  return [...new Map([...told, ...ours])]
    .filter(([number]) => !isOpen.has(number))
    .map(([number, headSha]) => ({ pullRequest: { ...repository, number }, headSha }));
}

/** As far as this process knows. */
function saidOn({ pullRequest, headSha }: Headed, { said }: Pick<Reporting, 'said'>): SaidRisk {
  const known = said?.get(pullRequest.number);
  return { headSha, check: known?.headSha === headSha ? known.check : null, comment: known?.comment ?? null };
}

/** What we said before, which may have to be taken back: looked for where this process does not know. */
async function loadStanding({ github }: Context, at: Headed, options: Reporting): Promise<SaidRisk> {
  const { pullRequest, headSha } = at;
  const { check, comment } = saidOn(at, options);
  const place = { repository: repositoryOf(pullRequest), sha: headSha, name: RISK_CHECK };
  const findComment = async () => (await findMarkedComments(github, pullRequest, RISK_MARKER))[0] ?? null;
  return {
    headSha,
    check: check ?? (await findOwnCheck(github, place)),
    comment: comment ?? (options.comments ? await findComment() : null),
  };
}

const repositoryOf = ({ owner, repo }: Ref): RepositoryRef => ({ owner, repo });

function saidAfter(said: SaidRisk, { change, outcome, comment }: ChangeOutcome): SaidRisk {
  if (outcome === 'failed') return said;
  if (change.kind === 'report_check') {
    const { conclusion, title, summary } = change;
    return { ...said, check: { conclusion, title, summary } };
  }
  return comment === undefined ? said : { ...said, comment };
}

function checkGone(at: RiskOfPullRequest['pullRequest'] | undefined): UserError {
  const where = at === undefined ? 'a pull request' : formatRef(at);
  return new UserError('github_unavailable', `What was said on ${where} vanished while it was edited.`, 'Try again.');
}
