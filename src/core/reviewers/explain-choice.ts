import { accountOfAgent } from './agent-of-pull.ts';
import type { ScoredCandidate } from './choose-reviewer.ts';
import { capacityInForce, capacityToldTo } from './own-capacity.ts';
import { loginKey } from './past-change.ts';
import type { Eligibility, Ineligible, Reviewer, ReviewRequest } from './review-facts.ts';
import type { ScoreParts } from './score-candidate.ts';
import { type Told, tellReasons } from './telling-reasons.ts';

/** One person in an explanation, with nothing that its reader may not know. */
export interface ExplainedCandidate {
  readonly login: string;
  readonly kind: Told['kind'];
  /** Why this person may not be asked; empty for who may, and where that is private. */
  readonly reasons: readonly Ineligible[];
  /** What all can count; null where it would tell who is away from who is full. */
  readonly load: ExplainedLoad | null;
  /** Hours of waiting, and points that count as hours, by reason, and their sum: only of who was chosen, and of the reader. */
  readonly score: { readonly parts: ScoreParts; readonly total: number } | null;
  /** One sentence. */
  readonly text: string;
}

export interface ExplainedLoad {
  readonly waiting: number;
  readonly capacity: number;
  /** Working days that what waits takes at this person's pace. */
  readonly backlogDays: number;
  /** Share of the change in folders that this person knows, 0 to 1. */
  readonly familiarity: number;
  readonly utilisation: number | null;
}

export interface ChoiceToExplain {
  readonly request: ReviewRequest;
  readonly reviewers: readonly Reviewer[];
  readonly eligibilities: readonly Eligibility[];
  /** Of all who are eligible, as if nobody were ever away: an absence to come shows in the wait. */
  readonly scored: readonly ScoredCandidate[];
  readonly chosen: readonly string[];
  /** Reviewers for whom nobody was found. */
  readonly missing: number;
  /** Who has no room by what all may know, logins in lower case, see `fullAsKnown`. */
  readonly full: ReadonlySet<string>;
  /** Login of the only reader; null for many. */
  readonly viewer: string | null;
}

/**
 * Why everybody was chosen or not, for one reader: who was chosen by score, then by name who was passed over, who has no room, who is
 * not available, and who may not be asked. The order among those is no ranking, and a score of theirs is not told: both also depend on hours of
 * work, on silence and on absences, which are nobody else's business.
 */
export function explainChoice(choice: ChoiceToExplain): readonly ExplainedCandidate[] {
  const { eligibilities, chosen, viewer, full } = choice;
  const told = tellReasons(eligibilities, { chosen, viewer, full, isNobodyFound: isNobodyFound(choice) });
  const scores = new Map(choice.scored.map((one) => [loginKey(one.login), one]));
  const explained = choice.reviewers.flatMap((reviewer) => {
    const one = told.get(reviewer.login);
    return one === undefined
      ? []
      : [explainOne(choice, reviewer, { told: one, scored: scores.get(loginKey(reviewer.login)) })];
  });
  const rank = ({ kind }: ExplainedCandidate): number => KINDS.indexOf(kind);
  return explained.sort(
    (one, other) =>
      rank(one) - rank(other) ||
      (one.kind === 'chosen' ? (one.score?.total ?? 0) - (other.score?.total ?? 0) : 0) ||
      (loginKey(one.login) < loginKey(other.login) ? -1 : 1),
  );
}

/** Nobody is at it, and nobody was found. */
function isNobodyFound({ chosen, missing, request: { standing } }: ChoiceToExplain): boolean {
  const { askedByPerson, askedByUs, reviewed } = standing;
  return missing > 0 && [chosen, askedByPerson, askedByUs, reviewed].every((logins) => logins.length === 0);
}

const KINDS: readonly Told['kind'][] = ['chosen', 'passed_over', 'no_room', 'not_available', 'not_eligible'];

interface Standing {
  readonly told: Told;
  readonly scored: ScoredCandidate | undefined;
}

function explainOne(choice: ChoiceToExplain, reviewer: Reviewer, { told, scored }: Standing): ExplainedCandidate {
  const isOwn = choice.viewer !== null && loginKey(choice.viewer) === loginKey(reviewer.login);
  const load = told.kind === 'not_available' ? null : loadOf(choice, reviewer);
  const isScored = scored !== undefined && (told.kind === 'chosen' || isOwn);
  const score = isScored ? { parts: scored.parts, total: scored.score } : null;
  const reasons = told.kind === 'not_eligible' ? told.reasons : [];
  const candidate = { login: reviewer.login, kind: told.kind, reasons, load, score };
  return { ...candidate, text: textOf(candidate, choice, reviewer) };
}

const loadOf = ({ request: { familiarity }, viewer }: ChoiceToExplain, reviewer: Reviewer): ExplainedLoad => ({
  waiting: reviewer.waiting.length,
  capacity: capacityToldTo(viewer, reviewer).value,
  backlogDays: reviewer.waiting.reduce((sum, { effort }) => sum + effort, 0) / reviewer.pace.value,
  familiarity: familiarity.get(loginKey(reviewer.login)) ?? 0,
  utilisation: reviewer.utilisation,
});

function textOf(
  candidate: Omit<ExplainedCandidate, 'text'>,
  { request, chosen }: ChoiceToExplain,
  reviewer: Reviewer,
): string {
  const { kind, load, score } = candidate;
  if (kind === 'not_available') return 'not available now';
  if (kind === 'not_eligible')
    return candidate.reasons.map((reason) => reasonText(reason, request, reviewer)).join('; ');
  const about = load === null ? '' : `: ${loadText(load)}`;
  const unread = accessText(reviewer);
  const sum = score === null ? '' : `; ${scoreText(score, reviewer)}`;
  return `${standingText(kind, chosen)}${about}${sum}${unread}`;
}

function standingText(kind: 'chosen' | 'passed_over' | 'no_room', chosen: readonly string[]): string {
  if (kind !== 'passed_over') return kind === 'chosen' ? 'chosen' : 'has no room now';
  // Where nobody is chosen, as enough are asked or it is a draft, nobody comes first.
  return chosen.length === 0 ? 'not asked' : 'others come first';
}

function loadText({ waiting, capacity, backlogDays, familiarity, utilisation }: ExplainedLoad): string {
  const days = waiting === 0 ? '' : ` (${backlogDays.toFixed(1)} working days)`;
  const used = utilisation === null ? [] : [`${percent(utilisation)} of the usual pace taken up of late`];
  return [`${waiting} of ${capacity} waiting${days}`, `knows ${percent(familiarity)} of the change`, ...used].join(
    ', ',
  );
}

function partWords({ waiting, overdrawn, isBusy, utilisation }: Reviewer): Readonly<Record<keyof ScoreParts, string>> {
  const nothingWaits = overdrawn > 0 ? 'until what was done ahead is made up for' : 'until the next working hours';
  return {
    wait: `h ${waiting.length > 0 ? 'until what waits is done' : nothingWaits}`,
    effort: 'for the change itself',
    fairness: utilisation === null ? 'as for the others, no record being known' : 'for what was taken on of late',
    expertise: 'for what has to be read up',
    scarcity: 'for being needed elsewhere',
    silence: isBusy === true ? 'for being busy, as GitHub says' : 'for having been silent',
  };
}

/** `score 31 = 20 h until what waits is done + 11 for the change itself`; each part as a whole number, and what they add up to. */
function scoreText({ parts }: NonNullable<ExplainedCandidate['score']>, reviewer: Reviewer): string {
  const words = partWords(reviewer);
  const whole = SCORE_PARTS.map((part) => ({ value: Math.round(parts[part]), words: words[part] }));
  const total = whole.reduce((sum, { value }) => sum + value, 0);
  const sum = whole.flatMap((part) => (part.value === 0 ? [] : [`${part.value} ${part.words}`])).join(' + ');
  return `score ${total}${sum === '' ? '' : ` = ${sum}`}`;
}

const SCORE_PARTS = ['wait', 'effort', 'fairness', 'expertise', 'scarcity', 'silence'] as const;

const percent = (share: number): string => `${Math.round(share * 100)} %`;

/** Why somebody may not be asked, in words; `away` and `at_capacity` are for the person alone. */
function reasonText(reason: Ineligible, { standing, needs, agent }: ReviewRequest, reviewer: Reviewer): string {
  const login = loginKey(reviewer.login);
  const words: Readonly<Record<Ineligible, string>> = {
    author: agent === null || accountOfAgent(agent) === login ? 'wrote it' : `opened it for ${agent}`,
    co_author: 'wrote some of it',
    same_agent: `is ${agent ?? 'the agent'}, which wrote it`,
    conflict: 'said to have a conflict of interest',
    missing_capability: `has none of what it needs (${needs.join(', ')})`,
    away: 'you are away',
    at_capacity: `is full: ${reviewer.waiting.length} of ${capacityInForce(reviewer)} waiting`,
    asked_before: askedText(standing, login),
    declined: `declined it (${standing.declined.get(login) ?? 'no reason'})`,
    no_access: noAccessText(reviewer),
  };
  return words[reason];
}

function noAccessText({ hasAccess, canApprove }: Reviewer): string {
  if (hasAccess === null) return 'whether this person has access could not be read';
  return canApprove === false ? 'may not write here, so that an approval would not count' : 'has no access';
}

/** What is to be known of who may be asked all the same; empty where all is well. */
function accessText({ hasAccess, canApprove }: Reviewer): string {
  if (hasAccess === null) return '; whether this person has access could not be read';
  if (canApprove === false) return '; may not write here, so that an approval does not count';
  return canApprove === null ? '; whether an approval would count could not be read' : '';
}

function askedText(standing: ReviewRequest['standing'], login: string): string {
  if (standing.removedByPerson.includes(login)) return 'was taken off by a person';
  if (standing.removedByBot.includes(login)) return 'was taken off by a bot';
  if (standing.handedOffFrom.includes(login)) return 'was named or asked before, and then others were looked for';
  return standing.reviewed.includes(login) ? 'has reviewed it' : 'is asked already';
}
