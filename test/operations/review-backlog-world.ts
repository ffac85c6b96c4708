import { addUserToken } from '../../src/sandbox/create-world.ts';
import { loadWorldFile } from '../../src/sandbox/load-world/load-world-file.ts';
import type { World } from '../../src/sandbox/world.ts';

/** A Tuesday noon: noor works now, lena in two hours, tomas in four. */
export const NOW = '2026-03-10T12:00:00Z';
const HOURS = { noor: '09-17', lena: '14-18', tomas: '16-20' };
export const HARBOR = { owner: 'octo', repo: 'harbor' };

export interface Pull {
  readonly by: string;
  readonly body?: string;
  readonly paths?: readonly string[];
}

/**
 * `octo/harbor`, where reviewers are as configured, with these pull requests, the oldest first. Kim owns it. `app`: the App that
 * the configuration names.
 */
export function buildBacklogWorld(reviewers: string, pulls: readonly Pull[], app: string | null = null): World {
  const people = Object.entries(HOURS).map(([login, hours]) => `${login}: { hours: "Mon-Fri ${hours} UTC" }`);
  const named = app === null ? '' : `app: ${app}, `;
  const config = `{ ${named}reviewers: { ${reviewers}, people: { ${people.join(', ')} } } }`;
  const text = `now: ${NOW}
owners: { octo: Octo }
users: { kim: Kim, ravi: Ravi, noor: Noor, lena: Lena, tomas: Tomas }
repositories:
  octo/harbor:
    collaborators: { kim: admin, noor: write, lena: write, tomas: write }
    files:
      .github/parasol.yml: '${config}'
      .github/CODEOWNERS: "/api/ @noor\\n/db/ @lena\\n/web/ @tomas\\n"
    pull_requests:
${pulls
  .map(({ by, body = '', paths = ['docs/a.md'] }, place) => {
    const files = paths.map((path) => `{ path: ${path}, additions: 9 }`).join(', ');
    return `      - { number: ${place + 1}, title: Work, by: ${by}, body: '${body}', opened: -${20 - place}h, branch: work-${place}, files: [${files}] }`;
  })
  .join('\n')}
`;
  const world = loadWorldFile({ path: 'w.yml', text, now: null });
  addUserToken(world, { token: 'kims-token', login: 'kim' });
  return world;
}
