import type { Config } from '../config.ts';
import { instantAt } from '../instant-at.ts';
import type { Instant } from '../task/facts.ts';
import { type FolderTouches, indexTouches } from './familiarity.ts';
import { type CapabilityModel, inferCapability } from './infer-capability.ts';
import { type CodeOwners, parseCodeOwners } from './parse-code-owners.ts';
import type { PastChange } from './past-change.ts';
import { pastOfPulls, touchesSince } from './past-of-pulls.ts';
import type { PullReviews } from './pull-reviews.ts';
import type { Absence } from './review-facts.ts';
import type { ReviewSnapshot } from './review-snapshot.ts';
import type { KeptStanding } from './standing-of-pull.ts';

/** What only the store knows; empty where none is open. Logins in lower case, requests by `refKey`. */
export interface KeptReviewFacts {
  readonly absences: ReadonlyMap<string, readonly Absence[]>;
  readonly capacities: ReadonlyMap<string, number>;
  readonly standings: ReadonlyMap<string, KeptStanding>;
}

export const NOTHING_KEPT_OF_REVIEWS: KeptReviewFacts = {
  absences: new Map(),
  capacities: new Map(),
  standings: new Map(),
};

export interface ReviewModelOptions {
  readonly config: Config['reviewers'];
  /** How long a review may take. */
  readonly slaSeconds: number;
  readonly now: Instant;
  /** What waits for people in other repositories, by login. */
  readonly elsewhere?: ReadonlyMap<string, readonly PullReviews[]>;
  readonly kept?: KeptReviewFacts;
  /** The App that asks here, as the configuration names it: for readers who are somebody else. */
  readonly app?: string | undefined;
}

/** What people and requests are both read from. */
export interface ReviewBase
  extends Required<Omit<ReviewModelOptions, 'elsewhere' | 'app'>>,
    Pick<ReviewModelOptions, 'app'> {
  readonly snapshot: ReviewSnapshot;
  readonly elsewhere: ReadonlyMap<string, readonly PullReviews[]>;
  readonly past: readonly PastChange[];
  readonly touches: FolderTouches;
  /** By base branch. */
  readonly capability: ReadonlyMap<string, CapabilityModel>;
  readonly owners: readonly CodeOwners[];
}

/** Who can review what on a base branch; by the rules of the default branch where its own were not read. */
export const capabilityFor = (
  branch: string,
  { capability, snapshot }: Pick<ReviewBase, 'capability' | 'snapshot'>,
): CapabilityModel | undefined => capability.get(branch) ?? capability.get(snapshot.defaultBranch);

const YEAR_MS = 365 * 86_400_000;

export function reviewBaseOf(snapshot: ReviewSnapshot, options: ReviewModelOptions): ReviewBase {
  const { config, now, elsewhere = new Map(), kept = NOTHING_KEPT_OF_REVIEWS } = options;
  const all = [...snapshot.past, ...snapshot.open];
  const past = pastOfPulls(all, config.agents);
  const touched = touchesSince(all, config.agents, instantAt(Date.parse(now) - YEAR_MS));
  const parsed = [...(snapshot.codeowners.known ? snapshot.codeowners.value : [])].map(
    ([branch, file]) => [branch, file === null ? null : parseCodeOwners(file.text, file.byteSize)] as const,
  );
  const teams = snapshot.teams.known ? snapshot.teams.value : [];
  const capability = ([branch, codeOwners]: (typeof parsed)[number]) => {
    const model = inferCapability({
      globs: config.capabilities,
      configured: new Map(Object.entries(config.people).map(([login, person]) => [login, person.capability])),
      codeOwners,
      teams: new Map(teams.map(({ name, members }) => [name.toLowerCase(), members])),
      touches: touched,
    });
    return [branch, model] as const;
  };
  return {
    ...{ ...options, snapshot, elsewhere, kept, past },
    touches: indexTouches(past),
    owners: parsed.flatMap(([, codeOwners]) => codeOwners ?? []),
    capability: new Map((parsed.length > 0 ? parsed : [[snapshot.defaultBranch, null] as const]).map(capability)),
  };
}
