import type { Config } from '../config.ts';
import { instantAt } from '../instant-at.ts';
import type { Instant } from '../task/facts.ts';
import type { CodeOwners } from './parse-code-owners.ts';
import { loginKey } from './past-change.ts';
import { firstReviews } from './past-of-pulls.ts';
import type { ReviewSnapshot } from './review-snapshot.ts';

/** Who reviewed within so many days counts as somebody who reviews. Chosen, not measured. */
const LATELY_DAYS = 180;
const DAY_MS = 86_400_000;
/** Whoever is the only one has nobody for their own pull requests. */
const FEWEST_PEOPLE = 2;

interface PoolFacts {
  readonly config: Config['reviewers'];
  readonly owners: readonly CodeOwners[];
  readonly now: Instant;
}

export interface ReviewerPool {
  readonly logins: readonly string[];
  /** Whether there are people among them of whom only their access is known. */
  readonly isEverybody: boolean;
}

/**
 * Who reviews in a repository, spelled as GitHub does: the people and teams that the configuration names; where it names
 * none, who reviewed within half a year, owns files by CODEOWNERS, or is in a team of the repository, as far as they have
 * access. Where fewer than two of those may approve, so that somebody's own pull requests would get nobody: everybody with access, but
 * who is known to be able to read alone.
 * `reviewers.exclude` and agents are left out.
 */
export function reviewerPool(snapshot: ReviewSnapshot, { config, owners, now }: PoolFacts): ReviewerPool {
  const people = snapshot.people.known ? snapshot.people.value.map(({ login }) => login) : null;
  const spelling = new Map((people ?? []).map((login) => [loginKey(login), login]));
  const teams = new Map(
    (snapshot.teams.known ? snapshot.teams.value : []).map((team) => [team.name.toLowerCase(), team]),
  );
  const named = [...namedIn(snapshot, config)];
  const isConfigured = config.pool.length + config.teams.length > 0;
  const found = isConfigured
    ? named
    : [
        ...whoReviewed(snapshot, config, now),
        ...owners
          .flatMap(({ rules }) => rules.flatMap((rule) => rule.owners))
          .flatMap((owner) => (owner.includes('/') ? (teams.get(owner.toLowerCase())?.members ?? []) : owner)),
        ...[...teams.values()].filter(({ isHere }) => isHere).flatMap(({ members }) => members),
        ...Object.keys(config.people),
      ].filter((login) => people === null || spelling.has(loginKey(login)));
  const left = new Set([...config.exclude, ...config.agents.logins].map(loginKey));
  const isLeft = (login: string): boolean => !left.has(loginKey(login));
  const own = distinct(found, spelling).filter(isLeft);
  const readers = new Set(
    (snapshot.people.known ? snapshot.people.value : []).flatMap(({ login, canApprove }) =>
      canApprove === false && !isSet(config, login) ? [loginKey(login)] : [],
    ),
  );
  const isReader = (login: string): boolean => readers.has(loginKey(login));
  if (isConfigured || own.filter((login) => !isReader(login)).length >= FEWEST_PEOPLE)
    return { logins: own, isEverybody: false };
  const others = (people ?? []).filter((login) => !isReader(login));
  const logins = distinct([...found, ...others], spelling).filter(isLeft);
  return { logins, isEverybody: logins.length > own.length };
}

/** Whether the configuration says something of this person. */
const isSet = ({ people }: Config['reviewers'], login: string): boolean =>
  Object.keys(people).some((name) => loginKey(name) === loginKey(login));

/** Whom the configuration names to review, alone or by a team. */
function namedIn({ teams, repository }: ReviewSnapshot, config: Config['reviewers']): readonly string[] {
  const members = new Map(
    (teams.known ? teams.value : []).map((team) => [team.name.toLowerCase(), team.members] as const),
  );
  return [...config.pool, ...config.teams.flatMap((team) => members.get(fullTeamName(team, repository.owner)) ?? [])];
}

/** The same, as keys. */
export const namedLogins = (snapshot: ReviewSnapshot, config: Config['reviewers']): ReadonlySet<string> =>
  new Set(namedIn(snapshot, config).map(loginKey));

function whoReviewed({ past, open }: ReviewSnapshot, config: Config['reviewers'], now: Instant): readonly string[] {
  const since = instantAt(Date.parse(now) - LATELY_DAYS * DAY_MS);
  return [...open, ...past].flatMap((pull) =>
    firstReviews(pull, config.agents)
      .filter(({ at }) => Date.parse(at) >= Date.parse(since))
      .map(({ login }) => login),
  );
}

/** `org/team`, in lower case; a team alone is one of the owner's. */
export const fullTeamName = (team: string, owner: string): string =>
  (team.includes('/') ? team : `${owner}/${team}`).toLowerCase();

function distinct(logins: readonly string[], spelling: ReadonlyMap<string, string>): readonly string[] {
  const byKey = new Map(logins.map((login) => [loginKey(login), spelling.get(loginKey(login)) ?? login]));
  return [...byKey.values()].sort((one, other) => (one.toLowerCase() < other.toLowerCase() ? -1 : 1));
}
