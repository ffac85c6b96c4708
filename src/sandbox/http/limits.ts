/** How much a token may do before the sandbox refuses it, in GitHub's units. */
export interface Limits {
  /** Requests per hour, by kind of viewer. */
  readonly corePerHour: { readonly anonymous: number; readonly user: number; readonly installation: number };
  /** GraphQL points per hour; without a token GraphQL is refused altogether. */
  readonly graphqlPointsPerHour: { readonly user: number; readonly installation: number };
  readonly searchPerMinute: number;
  /** The secondary limits, which GitHub shows in no header. */
  readonly contentPerMinute: number;
  readonly contentPerHour: number;
  readonly concurrentRequests: number;
  readonly restPointsPerMinute: number;
  readonly graphqlPointsPerMinute: number;
}

/** What GitHub documents ("Rate limits for the REST API", "… for the GraphQL API") for an ordinary installation. */
export const GITHUB_LIMITS: Limits = {
  corePerHour: { anonymous: 60, user: 5000, installation: 5000 },
  graphqlPointsPerHour: { user: 5000, installation: 5000 },
  searchPerMinute: 30,
  contentPerMinute: 80,
  contentPerHour: 500,
  concurrentRequests: 100,
  restPointsPerMinute: 900,
  graphqlPointsPerMinute: 2000,
};

/** The default: GitHub's hourly limits, secondary ones that a test meets only when it asks for them. */
export const GENEROUS_LIMITS: Limits = {
  ...GITHUB_LIMITS,
  contentPerMinute: 10_000,
  contentPerHour: 100_000,
  concurrentRequests: 1000,
  restPointsPerMinute: 100_000,
  graphqlPointsPerMinute: 100_000,
};
