import type { Finding } from '../../../core/readiness/report-schema.ts';
import { removeBlockedBy } from '../../../sandbox/actions/block-issue.ts';
import { closeIssue, reopenIssue } from '../../../sandbox/actions/close-issue.ts';
import type { IssueRecord, RepositoryRecord, World } from '../../../sandbox/world.ts';
import type { ReadinessCast } from './cast-readiness.ts';
import { filesOfMerge } from './files-of-merge.ts';
import { approveAndMerge, jobsOf, openAndMerge, passRun } from './integrate.ts';
import type { StoryStep } from './story.ts';

type Doing = Omit<StoryStep, 'name'> | null;
type Mend = (world: World, cast: ReadinessCast, finding: Finding) => Doing;

/** By kind of finding, in the order in which the story plays them: what is merged is tested by what was mended first. */
const MENDS: readonly (readonly [kind: string, mend: Mend])[] = [
  ['skipped_check', runAgain],
  ['cycle', breakCircle],
  ['stale_approval', approveAgain],
  ['closed_without_merge', deliverAfterAll],
  ['missing_backport', backport],
  ['silent_revert', bringBack],
];

/** A step that takes a finding off the report, if all goes well. */
export interface MendingStep extends StoryStep {
  readonly findingId: string;
}

/** What people do next on GitHub about the findings of a report; null where nobody here can mend one. */
export function mendNext(world: World, cast: ReadinessCast, findings: readonly Finding[]): MendingStep | null {
  for (const [kind, mend] of MENDS) {
    for (const finding of findings.filter((one) => one.kind === kind)) {
      const doing = mend(world, cast, finding);
      if (doing !== null) return { name: kind.replaceAll('_', '-'), findingId: finding.id, ...doing };
    }
  }
  return null;
}

/** The last run on the base, tried once more. */
function runAgain(world: World, { repository, repositoryKey, people }: ReadinessCast): Doing {
  const head = repository.branches.get(repository.defaultBranch);
  const run = repository.workflowRuns.findLast(({ headSha }) => headSha === head);
  const [by] = people;
  if (run === undefined || by === undefined) return null;
  return {
    said: () =>
      `${by} runs ${run.workflow} on ${repository.defaultBranch} again, and ${jobsOf(run).join(' and ')} pass`,
    act: () => passRun(world, by, { repository: repositoryKey, run, jobs: jobsOf(run) }),
  };
}

/** One dependency goes, and then each can be closed in its turn. */
function breakCircle(world: World, { repository, repositoryKey, people }: ReadinessCast, finding: Finding): Doing {
  const first = repository.issues.get(numberOf(finding));
  const [by] = people;
  const circle = first === undefined ? [] : walkCircle(first, repository, repositoryKey);
  const [item, second, ...others] = circle.map(({ number }) => ({ repository: repositoryKey, number }));
  if (by === undefined || item === undefined || second === undefined) return null;
  return {
    said: () =>
      `${by} takes away that #${item.number} waits for #${second.number}, and closes ${circle.map(({ number }) => `#${number}`).join(', ')}`,
    act: () => {
      removeBlockedBy(world, by, { blocked: item, blocker: second });
      for (const one of [item, ...others.toReversed(), second]) closeIssue(world, by, { item: one });
    },
  };
}

function walkCircle(first: IssueRecord, { issues }: RepositoryRecord, here: string): readonly IssueRecord[] {
  const row = new Set([first]);
  for (const issue of row) {
    const next = issue.blockedBy
      .flatMap(({ repository, number }) => (repository === here ? (issues.get(number) ?? []) : []))
      .find(({ state }) => state === 'open');
    if (next !== undefined) row.add(next);
  }
  return [...row];
}

function approveAgain(world: World, cast: ReadinessCast, finding: Finding): Doing {
  const pull = cast.repository.pullRequests.get(numberOf(finding));
  const reviewer = finding.actor.name;
  if (pull?.mergeable !== 'mergeable' || pull.isDraft || !cast.people.includes(reviewer)) return null;
  return {
    said: () => `${reviewer} looks at #${pull.number} again and approves it, and ${pull.author} merges it`,
    act: () => approveAndMerge(world, cast, { pull, reviewer }),
  };
}

function deliverAfterAll(world: World, cast: ReadinessCast, finding: Finding): Doing {
  const issue = cast.repository.issues.get(numberOf(finding));
  const [by] = cast.people;
  if (issue === undefined || by === undefined) return null;
  const author = authorAmong(cast, finding);
  const item = { repository: cast.repositoryKey, number: issue.number };
  return {
    said: () =>
      `${by} reopens #${issue.number}, and ${author} brings the missing work with #${cast.repository.nextNumber}`,
    act: () => {
      reopenIssue(world, by, { item });
      openAndMerge(world, cast, {
        author,
        title: issue.title,
        body: `Closes #${issue.number}`,
        branch: `${author}/task-${issue.number}`,
        files: [{ path: `src/task-${issue.number}.ts`, status: 'added', additions: 30 }],
      });
    },
  };
}

function backport(world: World, cast: ReadinessCast, finding: Finding): Doing {
  const picked = cast.repository.pullRequests.get(numberOf(finding));
  const base = / to (\S+)$/.exec(finding.action.text)?.[1];
  if (picked === undefined || base === undefined) return null;
  const author = authorAmong(cast, finding);
  const title = `${picked.title} (${base})`;
  return {
    said: () => `${author} picks #${picked.number} to ${base} with #${cast.repository.nextNumber}`,
    act: () =>
      openAndMerge(world, cast, {
        author,
        title,
        body: `Backport of #${picked.number}`,
        branch: `${author}/pick-${picked.number}`,
        base,
        commits: [`${title}\n\n(cherry picked from commit ${picked.mergeCommitSha})`],
        files: filesOfMerge(cast.repository, picked, base),
      }),
  };
}

function bringBack(world: World, cast: ReadinessCast, finding: Finding): Doing {
  const { repository } = cast;
  const lost = repository.pullRequests.get(numberOf(finding));
  if (lost === undefined) return null;
  const author = authorAmong(cast, finding);
  return {
    said: () => `${author} brings #${lost.number} back with #${repository.nextNumber}`,
    act: () =>
      openAndMerge(world, cast, {
        author,
        title: `Bring back "${lost.title}"`,
        body: `Puts back what #${lost.number} changed.`,
        branch: `${author}/bring-back-${lost.number}`,
        files: filesOfMerge(repository, lost, repository.defaultBranch),
      }),
  };
}

const numberOf = ({ item }: Finding): number => Number(item?.ref.split('#')[1]);

/** Whoever owes it, where it is one of the people; approving the work of the first is left to the next. */
const authorAmong = ({ people }: ReadinessCast, { actor }: Finding): string =>
  people.find((one) => one === actor.name) ?? people[0] ?? '';
