import { expect, it } from 'vitest';
import { issueMarker } from '../../src/core/issue-marker.ts';
import { findMadeIssues } from '../../src/github/find-made-issues.ts';
import { openIssue } from '../../src/sandbox/actions/open-issue.ts';
import { connect, HARBOR, umbrellaWorld } from './umbrella-world.ts';

const REPOSITORY = { owner: 'octo', repo: 'harbor' };
const CHANGE = {
  kind: 'create_issue',
  repository: REPOSITORY,
  parent: null,
  key: 'plan/api',
  title: 'The API',
  body: '',
  labels: [],
  assignees: [],
  milestone: null,
  issueType: null,
} as const;
const SINCE = '2026-03-02T08:00:00Z';

const world = () => {
  const made = umbrellaWorld(0);
  openIssue(made, 'kim', { repository: HARBOR, title: 'The API', body: issueMarker('plan/api') });
  for (let n = 0; n < 210; n += 1) openIssue(made, 'noor', { repository: HARBOR, title: `Later ${n}` });
  return made;
};

it('finds an issue among all that came later', async () => {
  const { client } = await connect(world());
  expect(await findMadeIssues(client, CHANGE, { since: SINCE })).toEqual({
    underParent: null,
    elsewhere: [{ ...REPOSITORY, number: 2 }],
  });
});

it('concludes nothing where more came later than it reads', async () => {
  const { client } = await connect(world());
  await expect(findMadeIssues(client, CHANGE, { since: SINCE, mostPages: 2 })).rejects.toMatchObject({
    code: 'usage',
    message:
      'octo/harbor got more than 200 issues since 2026-03-02T08:00:00Z, so that nobody can tell whether "The API" is among them.',
  });
});

it('asks for nothing older than the making', async () => {
  const { sandbox, client } = await connect(world());
  const found = await findMadeIssues(client, CHANGE, { since: '2026-03-02T10:00:00Z' });
  expect({ found, calls: sandbox.requests.entries.length }).toEqual({
    found: { underParent: null, elsewhere: [] },
    calls: 1,
  });
});
