import type { Instant } from '../task/facts.ts';
import type { Ref } from '../task/identity.ts';
import type { SignRhythm } from './absence-chance.ts';

/**
 * What the choice of reviewers goes by. Effort is in units of the queueing model: a change of `n` changed lines is
 * `0.5 + log2(2 + min(n, 5000)) / 8` of them (0.625 to about 2), and up to half as much again for who does not know its folders.
 */

/** Where a figure comes from; the configuration goes before what the past shows. `said`: by the person, who alone is told. */
export interface Learned<T> {
  readonly value: T;
  readonly basis: 'configured' | 'history' | 'default' | 'said';
}

/** One pull request that wants, or has, reviewers. */
export interface ReviewRequest {
  readonly ref: Ref;
  readonly title: string;
  readonly url: string;
  /** When it became ready for review. */
  readonly openedAt: Instant;
  /** When its first review is due by the SLA; null where there is none. */
  readonly dueAt: Instant | null;
  /** Units, before familiarity. */
  readonly effort: number;
  readonly isDraft: boolean;
  readonly isDependencyBot: boolean;
  /** Identity of the agent that wrote it where one did: an author besides the account that opened it. */
  readonly agent: string | null;
  /** Logins, whoever opened it first: GitHub asks no account to review what it opened, whatever agent works under it. */
  readonly authors: readonly string[];
  /** Capability tags that its files ask for, owners who cannot be asked left out; somebody who reviews has to have each of them. */
  readonly needs: readonly string[];
  /** Those owners: of each, nobody but the authors or nobody at all can be asked here. */
  readonly vacantOwners: readonly string[];
  /** Share of its changed lines in folders that this person changed or reviewed within a year, 0 to 1; who is absent has none. */
  readonly familiarity: ReadonlyMap<string, number>;
  /** Logins in lower case, as the timeline and the store tell. */
  readonly standing: ReviewStanding;
}

/** What happened to the request before. Logins in lower case. */
export interface ReviewStanding {
  /** Whom a person asked: never overridden. */
  readonly askedByPerson: readonly string[];
  /** Whom Parasol asked, and who is still asked. */
  readonly askedByUs: readonly string[];
  /** From whom a person took the request away: never asked again. */
  readonly removedByPerson: readonly string[];
  /** Whom a bot took off, and nobody knows why: not asked again, but that is no person's word against asking somebody else. */
  readonly removedByBot: readonly string[];
  readonly declined: ReadonlyMap<string, DeclineReason>;
  readonly reviewed: readonly string[];
  /** From whom the request was handed on already: at most once per request. */
  readonly handedOffFrom: readonly string[];
  /** Whom Parasol assigned besides, and who still is. */
  readonly assignedByUs: readonly string[];
  /** Whose refusals until then hold no more, as a person asked them again or they reviewed it all the same. */
  readonly overruledAt: ReadonlyMap<string, Instant>;
}

export const DECLINE_REASONS = ['too-busy', 'conflict', 'not-mine'] as const;
export type DeclineReason = (typeof DECLINE_REASONS)[number];

export interface Reviewer {
  /** As GitHub spells it. */
  readonly login: string;
  /** Tags, from the configuration, CODEOWNERS and teams. */
  readonly capability: readonly string[];
  /**
   * Whether the person is asked here: who has access and may approve, or is named by the configuration; null where that could not
   * be read.
   */
  readonly hasAccess: boolean | null;
  /** Whether an approval counts, which takes write access; null where the role could not be read. */
  readonly canApprove: boolean | null;
  /** Effort units that are reviewed on a working day. */
  readonly pace: Learned<number>;
  /** Null where the past is too short to tell. */
  readonly hours: Learned<WorkingHours> | null;
  /** Hours of work that a request takes from its turn to its first review, at most, four times in five. */
  readonly turn: Learned<number>;
  /** How many requests may wait for this person at once before others go first: soft. */
  readonly capacity: Learned<number>;
  /** What this person said instead; null where nothing. Private, as absences are: see `capacityInForce`. */
  readonly ownCapacity: number | null;
  /** GitHub's busy status; null where it could not be read. */
  readonly isBusy: boolean | null;
  /** Private: no text that others read may tell them. */
  readonly absences: readonly Absence[];
  readonly lastSeenAt: Instant | null;
  /** How this person's signs came in the last 90 days. */
  readonly rhythm: SignRhythm;
  readonly waiting: readonly WaitingReview[];
  /** Units reviewed beyond what the pace allowed until now; 0 for whoever is rested, and where not known. */
  readonly overdrawn: number;
  /** Effort taken on over what the pace allowed, in the last 90 days; null where there are too few of them to tell. */
  readonly utilisation: number | null;
  /** The same without the days of announced absences: nobody is owed what they missed. Private, and without them of no use. */
  readonly utilisationWhenThere: number | null;
  readonly scarcity: Scarcity;
}

/** For what somebody is needed because nobody else could have reviewed it. */
export interface Scarcity {
  /** Of the requests of the last 90 days, 0 to 1. */
  readonly share: number;
  /** The capabilities that those asked for. */
  readonly tags: readonly string[];
}

export interface WorkingHours {
  /** IANA name, `Europe/Berlin`, or an offset such as `+05:30`. */
  readonly timeZone: string;
  /** On which work begins: 1 Monday to 7 Sunday. */
  readonly days: readonly number[];
  /** Hours of the day there, below 24, with minutes as a fraction: 9.5. */
  readonly from: number;
  /** The first hour without work; beyond 24 after midnight: 30 is 06:00 of the next day. At most 24 hours after `from`. */
  readonly to: number;
}

export const ABSENCE_LEVELS = ['off', 'finish_only'] as const;
export type AbsenceLevel = (typeof ABSENCE_LEVELS)[number];

/** `off`: asked for nothing. `finish_only`: keeps what waits and gets nothing new. */
export interface Absence {
  readonly from: Instant;
  /** The first moment after it; null while open. */
  readonly until: Instant | null;
  readonly level: AbsenceLevel;
}

/** A review that waits on the reviewer, not on the author, on checks or on the merge. */
export interface WaitingReview {
  readonly ref: Ref;
  /** When this person was asked; null where the timeline does not say. */
  readonly askedAt: Instant | null;
  readonly dueAt: Instant | null;
  /** Units for this person, with familiarity. */
  readonly effort: number;
}

/** Why a person is not asked. `away` is told to nobody but the person. */
export const INELIGIBLE = [
  'author',
  'co_author',
  'same_agent',
  'conflict',
  'missing_capability',
  'away',
  'at_capacity',
  'asked_before',
  'declined',
  'no_access',
] as const;
export type Ineligible = (typeof INELIGIBLE)[number];

export type Eligibility =
  | { readonly login: string; readonly isEligible: true }
  | { readonly login: string; readonly isEligible: false; readonly reasons: readonly Ineligible[] };
