import { beforeEach, expect, it } from 'vitest';
import type { ReviewChange } from '../../src/core/change.ts';
import { applyChange } from '../../src/github/apply-change.ts';
import { openPullRequest } from '../../src/sandbox/actions/open-pull-request.ts';
import { addAccount } from '../../src/sandbox/create-world.ts';
import type { PullRequestRecord, World } from '../../src/sandbox/world.ts';
import { connect, HARBOR, operationsOf, umbrellaWorld } from './umbrella-world.ts';

let world: World;
let pull: PullRequestRecord;

beforeEach(() => {
  world = umbrellaWorld(1);
  addAccount(world, { login: 'tomas' });
  pull = openPullRequest(world, 'kim', { repository: HARBOR, title: 'Work', branch: 'work', reviewers: ['noor'] });
});

const change = (kind: ReviewChange['kind'], login: string, number = pull.number): ReviewChange => ({
  ...{ kind, login },
  on: { owner: 'octo', repo: 'harbor', number },
});
const asked = () => pull.reviewRequests.map(({ login }) => login);

it('a review is asked for once, beside those that others asked for', async () => {
  const { sandbox, client } = await connect(world);
  expect(await applyChange(client, change('request_review', 'Ravi'))).toMatchObject({ outcome: 'applied' });
  expect(await applyChange(client, change('request_review', 'ravi'))).toMatchObject({ outcome: 'already_there' });
  expect([asked(), operationsOf(sandbox)]).toEqual([
    ['noor', 'ravi'],
    ['pulls/list-requested-reviewers', 'pulls/request-reviewers', 'pulls/list-requested-reviewers'],
  ]);
});

it('a request is taken back once, and no other', async () => {
  const { sandbox, client } = await connect(world);
  await applyChange(client, change('request_review', 'ravi'));
  expect(await applyChange(client, change('remove_review_request', 'ravi'))).toMatchObject({ outcome: 'applied' });
  expect(await applyChange(client, change('remove_review_request', 'ravi'))).toMatchObject({
    outcome: 'already_there',
  });
  expect([asked(), sandbox.requests.writes().length]).toEqual([['noor'], 2]);
});

it('whoever has no access cannot be asked, and that is said', async () => {
  const { client } = await connect(world);
  await expect(applyChange(client, change('request_review', 'tomas'))).rejects.toMatchObject({ code: 'usage' });
  expect(asked()).toEqual(['noor']);
});

it('whoever opened it cannot be asked, and what GitHub means by that is said', async () => {
  const { client } = await connect(world);
  await expect(applyChange(client, change('request_review', 'kim'))).rejects.toMatchObject({
    code: 'usage',
    message: `GitHub refused the attempt to ask kim to review octo/harbor#${pull.number} (422).`,
    hint: expect.stringMatching(/opened the pull request or has no access/),
  });
});

it('a pull request that is gone is reported as vanished', async () => {
  const { client } = await connect(world);
  for (const kind of ['request_review', 'remove_review_request'] as const)
    expect(await applyChange(client, change(kind, 'ravi', 99))).toMatchObject({ outcome: 'vanished' });
});
