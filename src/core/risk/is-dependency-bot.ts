/** Accounts that only update dependencies, as GitHub's API and the authors of their commits name them. */
const LOGIN =
  /^(?:app\/)?(?:dependabot|dependabot-preview|renovate|renovate-bot|renovatebot|mend-renovate|pyup-bot|greenkeeper|snyk-bot|scala-steward)(?:\[bot\])?$/i;

/** Whether an author only ever updates dependencies; other bots count like anyone. */
export const isDependencyBot = (author: string | null): boolean => author !== null && LOGIN.test(author.trim());
