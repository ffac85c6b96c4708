/** The HTTP status of a failed REST call, as Octokit puts it on its errors; null for every other failure. */
export const statusOf = (error: unknown): number | null =>
  error instanceof Error && 'status' in error && typeof error.status === 'number' ? error.status : null;
