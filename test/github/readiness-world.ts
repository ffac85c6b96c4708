import { parseSelector } from '../../src/core/readiness/parse-selector.ts';
import { loadReadiness } from '../../src/github/load-readiness.ts';
import { mergePullRequest } from '../../src/sandbox/actions/merge-pull-request.ts';
import { openIssue } from '../../src/sandbox/actions/open-issue.ts';
import { reportCheckRun } from '../../src/sandbox/actions/report-checks.ts';
import { addLabel, addMilestone } from '../../src/sandbox/create-world.ts';
import type { RepositoryRecord, World } from '../../src/sandbox/world.ts';
import { addPull, connect, HARBOR, harbor, umbrellaWorld } from './umbrella-world.ts';

export const NOW = '2026-03-20T09:00:00Z';
const PLACE = { owner: 'octo', repo: 'harbor' };

/**
 * Umbrella #1 with the children #2 (merged by #5) and #3 (its pull request #6 is open); #4 stands alone with a label. The
 * children are in the milestone; the newest commit of main passed its check `test`.
 */
export function readinessWorld(): World {
  const world = umbrellaWorld(2);
  const repository = repositoryOf(world);
  addLabel(world, repository, { name: 'release blocker' });
  const milestone = addMilestone(world, repository, { title: 'Harbor 3.1' });
  for (const number of [2, 3]) {
    const issue = repository.issues.get(number);
    if (issue !== undefined) issue.milestone = milestone.number;
  }
  openIssue(world, 'kim', { repository: HARBOR, title: 'P2.M1.T1 Old gate', labels: ['release blocker'] });
  addPull(world, { title: 'P1.M1.T1 Gate 1', branch: 'gate-1' });
  addPull(world, { title: 'Gate 2', body: 'Closes #3', branch: 'gate-2' });
  mergePullRequest(world, 'kim', { item: harbor(5) });
  reportCheckRun(world, 'ravi', { repository: HARBOR, sha: headOfMain(world), name: 'test', conclusion: 'success' });
  return world;
}

export function repositoryOf(world: World): RepositoryRecord {
  const repository = world.repositories.get(HARBOR);
  if (repository === undefined) throw new Error(`there is no ${HARBOR}`);
  return repository;
}

export const headOfMain = (world: World): string => repositoryOf(world).branches.get('main') ?? '';

/** What is loaded of a scope, with the calls that it took. */
export async function loadScope(world: World, scope: string | undefined, token = 'kims-token') {
  const { client, sandbox } = await connect(world, { token });
  return { loaded: await loadReadiness(client, questionOf(scope)), sandbox };
}

export const questionOf = (scope: string | undefined) => ({
  repository: PLACE,
  selector: parseSelector(scope, PLACE),
  now: NOW,
});
