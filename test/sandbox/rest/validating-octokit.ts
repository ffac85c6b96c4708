import type { Octokit } from '@octokit/rest';
import { validateResponse } from '../openapi-validator.ts';

/** Where GitHub's description is wrong about GitHub. */
const KNOWN = [
  // The list says `allOf` user and enterprise; no account is both, and the single installation says `anyOf`.
  /^GET \/api\/v3\/app\/installations 200 \/\d+\/account:/,
  // An issue without a body comes back with null, from search as from everywhere.
  /^GET \/api\/v3\/search\/issues 200 \/items\/\d+\/body: must be string/,
];

/** Makes an Octokit compare every answer it gets with GitHub's own description; what does not fit is listed. */
export function collectProblems(octokit: Octokit): readonly string[] {
  const problems: string[] = [];
  octokit.hook.after('request', (response, { method }) => {
    const { pathname } = new URL(response.url);
    const found = validateResponse(method, pathname, response.status, response.data);
    const named = found.map((problem) => `${method} ${pathname} ${response.status} ${problem}`);
    problems.push(...named.filter((problem) => !KNOWN.some((known) => known.test(problem))));
  });
  return problems;
}
