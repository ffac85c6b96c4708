/**
 * Answers `/parasol …` commands in comments under an umbrella, one of its children, or a pull request of one.
 *
 *     /parasol rollup     writes the rollup of this umbrella, or of the one directly above, or brings it up to date
 *     /parasol split api docs   makes what is missing of these lanes under the umbrella where it stands
 *     /parasol risk       tells what this pull request conflicts with, verified or estimated
 *     /parasol readiness [scope]          tells whether this umbrella, or another scope, is ready to ship
 *     /parasol waive #12 until 2026-12-01: reason    sets a failure aside in readiness reports
 *     /parasol away 2026-12-20..2027-01-03 [finish-only], back    when you review nothing, or nothing new
 *     /parasol decline too-busy|conflict|not-mine, reroll    somebody else is to review this one
 *     /parasol capacity 4 says how many reviews may wait for you
 *     /parasol help       lists the commands
 *
 * In a batch, which only holds some of an umbrella's children, that umbrella is meant.
 *
 * People with triage permission or more may use them, and who is asked for a review those that speak of reviewers, in the repository of the comment and in that of each umbrella.
 * A command that did its work gets a thumbs up, one that its author may not use a thumbs down, and one that failed a
 * confused face with one short reply that says what to do. Everybody who can read the issue can read the reply, so it
 * never repeats the words of a failure: they may name what only some of them may see.
 */
import type { Command } from '../core/commands.ts';
import { type FailureCode, UserError } from '../core/failure.ts';
import { neutralizeInline } from '../core/markdown.ts';
import { renderRiskSummary } from '../core/risk/render-risk-summary.ts';
import { type RiskOfPullRequest, verdictOfRisk } from '../core/risk/risk-of-pull-request.ts';
import { type Ref, type RepositoryRef, repositoryKey } from '../core/task/identity.ts';
import { runReadiness, type TellAsked } from './answer-readiness.ts';
import { isAskedHere, isAuthorHere, runDecline, runReroll } from './answer-review-request.ts';
import { runAway, runCapacity } from './answer-reviewer.ts';
import { runWaive } from './answer-waiver.ts';
import { applyChanges, type ChangeOutcome } from './apply-changes.ts';
import { type AskedCommands, mayCommand, planAnswer, type Said } from './command-answer.ts';
import { findMeantUmbrellas } from './find-affected-umbrellas.ts';
import type { OperationContext } from './operation.ts';
import type { RefreshResult } from './refresh-rollup.ts';
import { type InTurn, noteSaid, runSplit } from './split-command.ts';

/** Refreshes one umbrella's rollup as asked for by command; the App puts it in that umbrella's queue. */
type RefreshAsked = (umbrella: Ref) => Promise<RefreshResult>;

/** What commands have the surface do for them. */
interface CommandMeans {
  readonly refresh: RefreshAsked;
  /** Null for a pull request that is not open. */
  readonly assessRisk: (pullRequest: Ref) => Promise<RiskOfPullRequest | null>;
  readonly tellReadiness: TellAsked;
  readonly inTurn: InTurn;
  /** Has a pull request looked at for reviewers once more; it answers nothing. */
  readonly lookForReviewers: (pullRequest: Ref) => void;
  /** The same for all that lacks one in a repository. */
  readonly lookForAllReviewers: (repository: RepositoryRef) => void;
}

interface CommandRun extends CommandMeans {
  readonly context: OperationContext;
  readonly asked: AskedCommands;
  readonly command: Command;
}

interface CommandAnswer {
  readonly outcomes: readonly ChangeOutcome[];
  /** What commands failed with, for the log alone. */
  readonly causes: readonly unknown[];
}

interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  readonly run: (run: CommandRun) => Promise<Said>;
  /** Who may give it besides people with triage permission; absent: nobody. */
  readonly mayAlsoUse?: (context: OperationContext, asked: AskedCommands) => Promise<boolean>;
}

/** The commands there are; `help` is made from the same table. */
export const COMMANDS: readonly CommandEntry[] = [
  {
    name: 'rollup',
    summary: "write this umbrella's rollup comment, or bring it up to date",
    run: runRollup,
  },
  {
    name: 'split',
    summary: 'with names of lanes: make what is missing of them under this umbrella',
    run: ({ context, asked, command, inTurn }) => runSplit(context, asked, { args: command.args, inTurn }),
  },
  { name: 'risk', summary: 'tell what this pull request conflicts with', run: runRisk },
  {
    name: 'readiness',
    summary: 'tell whether this umbrella is ready to ship, or the scope that is named, such as `branch:release/3.1`',
    run: runReadiness,
  },
  {
    name: 'waive',
    summary:
      'with `#12 until 2026-12-01: reason`: set a failure aside in readiness reports until that day; takes write access',
    run: runWaive,
  },
  {
    name: 'away',
    summary:
      'with `2026-12-20..2027-01-03`, and `finish-only` where what waits stays; `back` ends it. Comments are public: `parasol reviewers away` is not',
    run: runAway,
    mayAlsoUse: isAskedHere,
  },
  {
    name: 'decline',
    summary:
      'with `too-busy`, `conflict` or `not-mine`: you do not review this one, and are not asked again; for who is asked',
    run: runDecline,
    mayAlsoUse: isAskedHere,
  },
  {
    name: 'reroll',
    summary: 'look for other reviewers than those that Parasol chose; for the author, and people with write access',
    run: runReroll,
    mayAlsoUse: isAuthorHere,
  },
  {
    name: 'capacity',
    summary: 'with `4` or `default`: say how many reviews may wait for you at once before others go first',
    run: runCapacity,
    mayAlsoUse: isAskedHere,
  },
  { name: 'help', summary: 'list the commands', run: async () => ({ ok: true, text: helpText() }) },
];

/** Throws `AnsweredLater` when the answer is left to whoever applies the rest of a plan. */
export async function answerCommand(
  context: OperationContext,
  asked: AskedCommands,
  means: CommandMeans,
): Promise<CommandAnswer> {
  const commands = [...new Map(asked.commands.map((command) => [keyOf(command), command])).values()];
  let trust: Promise<boolean> | undefined;
  const isTrusted = () => {
    trust ??= mayCommand(context, asked.on, asked.by);
    return trust;
  };
  const said: Said[] = [];
  for (const command of commands) said.push(await runOne({ ...means, context, asked, command }, isTrusted));
  const causes = said.flatMap((one) => ('cause' in one && one.cause !== undefined ? [one.cause] : []));
  const outcomes = await applyChanges(context, planAnswer(asked, said));
  await noteSaid(context, said, outcomes);
  return { outcomes, causes };
}

/** These take words; of the others one is enough. */
const WITH_WORDS: ReadonlySet<string> = new Set(['split', 'risk', 'readiness', 'waive', 'away', 'capacity', 'decline']);
const keyOf = ({ name, line }: Command): string => (WITH_WORDS.has(name) ? line : name);

async function runOne(run: CommandRun, isTrusted: () => Promise<boolean>): Promise<Said> {
  const { name } = run.command;
  const command = COMMANDS.find((entry) => entry.name === name);
  const mayGive = (await isTrusted()) || (await command?.mayAlsoUse?.(run.context, run.asked)) === true;
  if (!mayGive) return { ok: false, text: null, isRefused: true };
  if (command === undefined)
    return { ok: false, text: `${shownName(name)}I do not know that command.\n\n${helpText()}` };
  try {
    return await command.run(run);
  } catch (cause) {
    if (cause instanceof UserError) return { ok: false, text: FAILURE_WORDS[cause.code] ?? FAILED, cause };
    throw cause;
  }
}

async function runRollup({ context, asked, refresh }: CommandRun): Promise<Said> {
  const found = await findMeantUmbrellas(context, asked.subject);
  for (const { cause } of found.failed) throw cause;
  const allowed: Ref[] = [];
  for (const umbrella of found.umbrellas) if (await mayCommand(context, umbrella, asked.by)) allowed.push(umbrella);
  if (allowed.length === 0)
    return { ok: false, text: found.gaps.length === 0 ? NO_UMBRELLA : `${TOO_MANY} ${NO_UMBRELLA}` };
  const results = await Promise.all(allowed.map(refresh));
  const off = results.filter(({ outcome }) => outcome === 'turned_off');
  if (off.length === 0) return { ok: true, text: null };
  const isHere = off.some(({ umbrella }) => repositoryKey(umbrella) === repositoryKey(asked.on));
  return { ok: false, text: isHere ? TURNED_OFF : NO_UMBRELLA };
}

/** In the open, as the check run is: all of it stands in the repository of the comment. */
async function runRisk({ asked, command, assessRisk }: CommandRun): Promise<Said> {
  if (asked.subject.kind !== 'pull_request') return { ok: false, text: NO_PULL_REQUEST };
  if (command.args.some((word) => namesAnother(word, asked.on.number))) return { ok: false, text: ANOTHER };
  const risk = await assessRisk(asked.on);
  if (risk === null) return { ok: false, text: NOT_OPEN };
  const { title, summary } = renderRiskSummary(risk, verdictOfRisk(risk));
  const impact = risk.impact.slice(0, MOST_IMPACT).map((what) => `\n- ${impactWords(what)}`);
  const cost = impact.length === 0 ? '' : `\n\nWhat redoing it would cost:\n${impact.join('')}`;
  return { ok: true, text: `**${neutralizeInline(title)}**\n\n${summary.trimEnd()}${cost}` };
}

/** `#4`, `octo/harbor#4`, an address, or a number alone. */
function namesAnother(word: string, own: number): boolean {
  const [, number] = /(?:^|[#/])(\d+)$/.exec(word) ?? [];
  return number !== undefined && Number(number) !== own;
}

/** The path stands between the first and the last backtick. */
function impactWords(what: string): string {
  const [, before = '', path, after = ''] = /^([^`]*)`(.*)`([^`]*)$/s.exec(what) ?? [];
  if (path === undefined) return neutralizeInline(what, 200);
  return `${neutralizeInline(before)} <code>${neutralizeInline(path, 120)}</code> ${neutralizeInline(after)}`.trim();
}

/** Factors that a reader takes in. */
const MOST_IMPACT = 6;

const NO_PULL_REQUEST = 'Only a pull request can conflict with others. Comment `/parasol risk` on one that is open.';

const ANOTHER =
  '`/parasol risk` tells of the pull request that it is commented on, and of all that this one conflicts with. Comment it, without a number, on the one that you mean.';

const NOT_OPEN = 'This pull request is not open, so nothing can conflict with it.';

const NO_UMBRELLA =
  'This belongs to no umbrella that you may update. Give an issue a sub-issue, then comment `/parasol rollup` on either.';

const TOO_MANY = 'This pull request names more tasks than are looked up.';

const TURNED_OFF =
  "The umbrella's configuration turns rollups off. Set `rollup: { mode: comment }` in its `.github/parasol.yml`, then ask again.";

const FAILED = "That did not work. Parasol's log says why.";

/** Only by kind: the message of a failure may name a private repository. */
const FAILURE_WORDS: Readonly<Partial<Record<FailureCode, string>>> = {
  forbidden:
    'GitHub does not let Parasol do this. Ask an owner to check where it is installed and what it may do there.',
  not_found: 'Something that this needs is gone or out of sight. Ask an owner to check where Parasol is installed.',
  store_unavailable:
    'This is kept in a store, and Parasol runs without one here. Ask whoever runs it to set `DATABASE_URL`.',
  store_locked: 'Another process holds the store of Parasol. Ask whoever runs it to stop one of them.',
  rate_limited: 'GitHub lets Parasol do no more for now. Comment the command again in an hour.',
  github_unavailable: 'GitHub did not answer. Comment the command again in a few minutes.',
};

function helpText(): string {
  const lines = COMMANDS.map(({ name, summary }) => `- \`/parasol ${name}\`: ${summary}`);
  return [
    'Commands for people with triage permission or more; those about reviews also for whoever is asked, or wrote it:',
    '',
    ...lines,
  ].join('\n');
}

/** Only plain names are repeated, so that nothing in them can mention, link or format. */
const shownName = (name: string): string => (/^[a-z0-9-]{1,30}$/i.test(name) ? `\`/parasol ${name}\`: ` : '');
