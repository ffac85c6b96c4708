/**
 * The morning list: what somebody has to do today, at most 15 lines, each with who, what and where.
 *
 *     parasol today
 *     parasol today octo/harbor --markdown
 *     cd harbor && parasol today             also which open pull requests collide, and what was lost, as this clone tells
 *     parasol today --world world.yml        the same, in a clone that is fetched from the world
 *
 * In this order: merged work that was reverted, or (where a clone is at hand) undone though nobody said so, open pull requests
 * in conflict, approved ones that nobody merged, and of each umbrella the task to begin with. Pull requests count whether or
 * not a task knows of them. What needs nobody is left out: bots that update dependencies resolve their conflicts themselves.
 * Nothing is written.
 */
import * as z from 'zod';
import { UserError } from '../core/failure.ts';
import { buildToday } from '../core/readiness/today/build-today.ts';
import { todayLineSchema } from '../core/readiness/today/today-line.ts';
import { unreadOfOpen } from '../core/readiness/today/unread-of-open.ts';
import { known, type Reading, unknown } from '../core/reading.ts';
import type { PairRisk } from '../core/risk/pair-risk.ts';
import { type RepositoryRef, repositoryKey } from '../core/task/identity.ts';
import { audienceOfRepository } from '../core/umbrella/audience.ts';
import type { RepositorySnapshot } from '../core/umbrella/snapshot.ts';
import { loadRepository } from '../github/load-repository.ts';
import { configInForce } from './config-in-force.ts';
import { findLostWork } from './find-lost-work.ts';
import { loadRisk } from './load-risk.ts';
import type { Operation, OperationContext } from './operation.ts';
import { withClaimsAtHand } from './read-claims.ts';
import { repositoryOf } from './repository-input.ts';
import { demandMachine } from './risk-clone.ts';
import { gapSchema } from './rollup-schema.ts';

const input = z.object({
  repository: z.string().describe('owner/repo; the default repository when left out').optional(),
  clone: z
    .string()
    .describe('folder of a clone on this machine, where trial merges tell what collides, and history what was lost')
    .optional(),
  audience: z
    .enum(['viewer', 'umbrella_readers'])
    .describe('viewer: all that may be read; umbrella_readers: what every reader of the repository may see')
    .default('viewer'),
});

const output = z.object({
  repository: z.string(),
  now: z.string(),
  lines: z.array(todayLineSchema).readonly().describe('at most 15: what was lost, what collides, merges, what is next'),
  more: z.int().describe('how many more there are'),
  hidden: z.int().describe('lines that name what the audience may not see'),
  gaps: z.array(gapSchema).readonly().describe('what could not be read'),
  remarks: z.array(z.string()).readonly(),
});

export const today: Operation<typeof input, typeof output> = {
  name: 'today',
  summary: 'List what somebody has to do today in a repository: at most 15 lines, each with who and what.',
  effect: 'read',
  input,
  output,
  run: listToday,
};

async function listToday(context: OperationContext, asked: z.output<typeof input>): Promise<z.output<typeof output>> {
  if (asked.clone !== undefined) demandMachine(context);
  const repository = repositoryOf(context, asked.repository);
  const { onProgress } = context;
  const options = { openPullRequests: true, ...(onProgress === undefined ? {} : { onProgress }) };
  const snapshot = await withClaimsAtHand(context, await loadRepository(context.github, repository, options));
  const { config, remarks } = configInForce(snapshot, repository.owner);
  const clone = asked.clone === undefined ? await fetchedClone(context, repository, snapshot) : known(asked.clone);
  const { pairs, unlooked } = await collisions(context, repository, clone);
  const lost = await findLostWork(context, {
    ...{ repository, snapshot, clone },
    ignore: config.risk.ignore,
  });
  const audience = audienceOfRepository(snapshot, repository, asked.audience);
  const now = context.now();
  return {
    repository: `${repository.owner}/${repository.repo}`,
    now,
    ...buildToday({ now, repository, snapshot, config, pairs, merged: lost.merged, audience }),
    gaps: [...snapshot.gaps, ...unreadOfOpen(snapshot)].map(audience.shownGap),
    remarks: [
      ...remarks,
      ...unlookedRemarks([
        ['which open pull requests collide with each other', unlooked],
        ['whether what was merged is still there', lost.unlooked],
      ]),
    ],
  };
}

/** A clone with what the list looks at, where the place can fetch one: the open heads, and all that was merged into. */
async function fetchedClone(
  { machine }: OperationContext,
  repository: RepositoryRef,
  { pullRequests }: RepositorySnapshot,
): Promise<Reading<string>> {
  if (machine?.fetchClone === undefined) return unknown({ cause: 'no_clone', what: 'no clone is at hand' });
  const home = repositoryKey(repository);
  const own = [...pullRequests.values()].filter(({ ref, state }) => state !== 'closed' && repositoryKey(ref) === home);
  const branches = new Set(own.map(({ baseRefName }) => baseRefName));
  const heads = own.filter(({ state }) => state === 'open').map(({ ref }) => ref.number);
  return machine.fetchClone(repository, [...branches], heads);
}

/** One remark for each reason; null: somebody looked. */
function unlookedRemarks(all: readonly (readonly [what: string, why: string | null])[]): readonly string[] {
  const reasons = new Set(all.flatMap(([, why]) => (why === null ? [] : [why])));
  return [...reasons].map((why) => {
    const whats = all.flatMap(([what, reason]) => (reason === why ? [what] : []));
    return `nobody looked ${whats.join(', and ')}: ${why}`;
  });
}

interface Collisions {
  readonly pairs: readonly PairRisk[] | null;
  /** Why nobody looked; null where somebody did. */
  readonly unlooked: string | null;
}

/** What a clone cannot tell keeps nothing else from being told. */
async function collisions(
  context: OperationContext,
  { owner, repo }: RepositoryRef,
  clone: Reading<string>,
): Promise<Collisions> {
  if (!clone.known) return { pairs: null, unlooked: clone.gap.what };
  const scope = { drafts: false, dependencyBots: false, idle: false };
  try {
    const { pairs } = await loadRisk(context, { repository: `${owner}/${repo}`, clone: clone.value, scope });
    return { pairs, unlooked: null };
  } catch (cause) {
    if (cause instanceof UserError) return { pairs: null, unlooked: cause.message };
    throw cause;
  }
}
