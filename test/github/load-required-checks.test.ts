import nock from 'nock';
import { afterEach, describe, expect, it } from 'vitest';
import { connectWithToken } from '../../src/github/connect-with-token.ts';
import { startGathering } from '../../src/github/gathering.ts';
import { loadRequiredChecks } from '../../src/github/load-required-checks.ts';

afterEach(() => nock.cleanAll());

const HARBOR = { owner: 'octo', repo: 'harbor' };
const MAIN = '/repos/octo/harbor/branches/main';
const RULES = '/repos/octo/harbor/rules/branches/main';
const WHAT = 'required checks of main in octo/harbor';

const github = () => nock('https://api.github.com');
const load = () => {
  const client = connectWithToken({ token: 'kims-token', pace: 'sandbox' });
  return loadRequiredChecks(startGathering(client), HARBOR, 'main');
};

const ruleset = (...names: readonly string[]) => [
  { type: 'deletion' },
  {
    type: 'required_status_checks',
    parameters: { required_status_checks: names.map((context) => ({ context })) },
  },
];
const protection = (...contexts: readonly string[]) => ({
  name: 'main',
  protection: { enabled: true, required_status_checks: { enforcement_level: 'everyone', contexts } },
});

describe('loadRequiredChecks', () => {
  it('takes those of rulesets and of branch protection, each once', async () => {
    github().get(RULES).query({ per_page: 100 }).reply(200, ruleset('test', 'sea-trial'));
    github().get(MAIN).reply(200, protection('test', 'lint'));
    expect(await load()).toEqual({ names: ['test', 'sea-trial', 'lint'], gaps: [] });
  });

  it.each([
    [403, 'Upgrade to GitHub Pro or make this repository public to enable this feature.'],
    [404, 'Not Found'],
  ])('knows that no ruleset holds where GitHub answers %i', async (status, message) => {
    github().get(RULES).query(true).reply(status, { message });
    github().get(MAIN).reply(200, protection('lint'));
    expect(await load()).toEqual({ names: ['lint'], gaps: [] });
  });

  it('says what it could not read', async () => {
    github().persist().get(RULES).query(true).reply(403, { message: 'slow down' }, { 'x-ratelimit-remaining': '0' });
    github().get(MAIN).reply(403, { message: 'Resource not accessible by integration' });
    expect(await load()).toEqual({
      names: [],
      gaps: [
        { cause: 'rate_limited', what: WHAT },
        { cause: 'forbidden', what: WHAT, permission: 'contents: read' },
      ],
    });
  });
});
