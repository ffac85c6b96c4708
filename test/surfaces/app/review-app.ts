import { connectWithToken } from '../../../src/github/connect-with-token.ts';
import { reviewersAway } from '../../../src/operations/reviewers-away.ts';
import { reviewersCapacity } from '../../../src/operations/reviewers-capacity.ts';
import { reviewersExplain } from '../../../src/operations/reviewers-explain.ts';
import { reviewersLoad } from '../../../src/operations/reviewers-load.ts';
import { reviewersSuggest } from '../../../src/operations/reviewers-suggest.ts';
import { createComment } from '../../../src/sandbox/actions/comment.ts';
import { openPullRequest } from '../../../src/sandbox/actions/open-pull-request.ts';
import { removeReviewRequest, requestReview } from '../../../src/sandbox/actions/request-review.ts';
import { advanceClock } from '../../../src/sandbox/clock.ts';
import { addAccount, addCollaborator, addUserToken } from '../../../src/sandbox/create-world.ts';
import type { PullRequestRecord } from '../../../src/sandbox/world.ts';
import type { Store } from '../../../src/store/store.ts';
import { startAppWithStore } from './app-with-store.ts';
import { createManualClock } from './manual-clock.ts';
import { at, buildTestWorld, KEY } from './test-app.ts';

const PEOPLE = ['noor', 'lena', 'tomas'] as const;

export type ReviewApp = Awaited<ReturnType<typeof startReviewApp>>;

/** The App in a repository with three more people who may review, and what a reader asks of the same store. */
export async function startReviewApp(config: string, store: Store) {
  const built = buildTestWorld({ config, children: 0 });
  for (const login of PEOPLE) {
    addAccount(built.world, { login });
    addCollaborator(built.world, built.repository, login, 'write');
  }
  for (const login of [...PEOPLE, 'kim']) addUserToken(built.world, { token: `${login}s-token`, login });
  addAccount(built.world, { login: 'gatekeeper[bot]', type: 'Bot' });
  const { app, clock } = await startAppWithStore(built, store, createManualClock());
  let branches = 0;
  const { world } = app;
  const asked = ({ reviewRequests }: PullRequestRecord) => reviewRequests.map(({ login, team }) => login ?? team);
  const settled = async <T>(act: () => T): Promise<T> => {
    const result = act();
    await app.settle();
    return result;
  };
  const contextOf = (login: string) => ({
    github: connectWithToken({ token: `${login}s-token`, apiUrl: app.sandbox.apiUrl, pace: 'sandbox' }),
    now: () => world.now(),
    isTimeGiven: true,
    defaultRepository: { owner: 'octo', repo: 'harbor' },
    store: async () => store,
    hasStore: () => true,
    isStoreOpen: () => true,
  });
  return {
    app,
    asked,
    open: (more: object = {}, by = 'kim') => {
      branches += 1;
      const wish = { repository: KEY, title: 'Work', branch: `work-${branches}`, ...more };
      return settled(() => openPullRequest(world, by, wish));
    },
    /** Who alone is asked. */
    only: (pull: PullRequestRecord): string => {
      const [login, ...more] = asked(pull);
      if (login === undefined || login === null || more.length > 0) throw new Error('not one person is asked');
      return login;
    },
    say: async (by: string, pull: PullRequestRecord, body: string) => {
      const { reactions } = await settled(() => createComment(world, by, { item: at(pull), body }));
      return reactions.map(({ content }) => content);
    },
    request: (pull: PullRequestRecord, login: string, by = 'kim') =>
      settled(() => requestReview(world, by, { item: at(pull), reviewers: [login] })),
    remove: (pull: PullRequestRecord, login: string, by = 'kim') =>
      settled(() => removeReviewRequest(world, by, { item: at(pull), reviewers: [login] })),
    /** Lets time go by, with what the App does now and then. */
    pass: async (minutes: number) => {
      advanceClock(world, minutes * 60);
      await clock.advance(minutes * 60_000);
      await app.server.idle();
      await app.settle();
    },
    /** What the App's comments there say, without markers. */
    told: ({ comments }: PullRequestRecord) =>
      comments
        .filter(({ author }) => author === 'parasol[bot]')
        .map(({ body }) => body.replaceAll(/<!--.*?-->|<sub>.*?<\/sub>/g, '').trim()),
    away: (login: string) => reviewersAway.run(contextOf(login), { range: '2026-01-01..2027-01-01' }),
    capacity: (login: string, count: string) => reviewersCapacity.run(contextOf(login), { count }),
    load: (login = 'kim') => reviewersLoad.run(contextOf(login), {}),
    explain: ({ number }: PullRequestRecord, login = 'kim') =>
      reviewersExplain.run(contextOf(login), { pull: `#${number}` }),
    suggest: (login = 'kim') => reviewersSuggest.run(contextOf(login), { all: true }),
  };
}
