/** How a shallow clone gets the rest of its history: most are the checkout of a workflow, which fetches one commit by default. */
export const WHOLE_HISTORY = 'git fetch --unshallow, or fetch-depth: 0 where a workflow checks out, brings the rest';
