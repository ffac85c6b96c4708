import { instantAt } from '../../src/core/instant-at.ts';
import { issueMarker } from '../../src/core/issue-marker.ts';
import type { PlanDraft, PlanItem, PlannedChange } from '../../src/core/plan/plan.ts';
import { connectWithToken } from '../../src/github/connect-with-token.ts';
import type { OperationContext } from '../../src/operations/operation.ts';
import type { WaitClock } from '../../src/operations/wait-clock.ts';
import { openIssue } from '../../src/sandbox/actions/open-issue.ts';
import { addCollaborator, addLabel, addRepository, addUserToken, createWorld } from '../../src/sandbox/create-world.ts';
import type { Limits } from '../../src/sandbox/http/limits.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/start-sandbox.ts';
import type { RepositoryRecord, World } from '../../src/sandbox/world.ts';
import type { Store } from '../../src/store/store.ts';

const HARBOR = { owner: 'octo', repo: 'harbor' };
export const TOKEN = 'kims-token';

export const ref = (number: number) => ({ ...HARBOR, number });

interface WorldChoice {
  readonly issues: number;
  readonly limits?: Partial<Limits>;
  readonly clock?: () => Date;
}

export interface PlanWorld {
  readonly world: World;
  readonly repository: RepositoryRecord;
  readonly sandbox: Sandbox;
}

/** `octo/harbor` with that many issues, number 1 an umbrella without children, and kim who may write. */
export async function startPlanWorld({ issues, limits = {}, clock }: WorldChoice): Promise<PlanWorld> {
  const world = createWorld();
  const repository = addRepository(world, { owner: 'octo', name: 'harbor' });
  for (const login of ['kim', 'ravi', 'noor']) addCollaborator(world, repository, login, 'write');
  addUserToken(world, { token: TOKEN, login: 'kim' });
  for (const name of ['urgent', 'lane:api']) addLabel(world, repository, { name });
  for (let number = 1; number <= issues; number += 1) {
    const author = number % 3 === 0 ? 'ravi' : 'noor';
    openIssue(world, author, { repository: 'octo/harbor', title: `Issue ${number}`, body: `Text of ${number}` });
  }
  // One GitHub has one clock: what is opened from here on is opened by it.
  if (clock !== undefined) world.now = () => instantAt(clock().getTime());
  const sandbox = await startSandbox({ world, limits, ...(clock === undefined ? {} : { clock }) });
  return { world, repository, sandbox };
}

/** A clock that never waits: it only counts. */
export function countingClock(): WaitClock & { readonly slept: number[] } {
  const slept: number[] = [];
  let nowMs = Date.parse('2026-03-02T09:00:00Z');
  return {
    slept,
    secondMs: 1000,
    nowMs: () => nowMs,
    sleep: async (ms) => {
      slept.push(ms);
      nowMs += ms;
    },
  };
}

export function contextOf({ sandbox, world }: PlanWorld, store: Store, clock: WaitClock): OperationContext {
  const github = connectWithToken({ token: TOKEN, apiUrl: sandbox.apiUrl, pace: 'sandbox' });
  return { github, now: () => world.now(), defaultRepository: HARBOR, store: async () => store, clock };
}

export const item = (id: string, change: PlannedChange, rest: Partial<PlanItem> = {}): PlanItem => ({
  id,
  change,
  needs: [],
  selected: true,
  evidence: [{ rule: 'part_of', quote: 'Part of #1', in: ref(1), path: null, line: null, confidence: 0.93 }],
  ...rest,
});

export const link = (child: number, parent = 1): PlanItem =>
  item(`link-${child}`, { kind: 'add_sub_issue', parent: ref(parent), child: ref(child), replaceParent: false });

export const label = (number: number): PlanItem =>
  item(`label-${number}`, { kind: 'add_label', on: ref(number), label: 'urgent' });

export const edit = (number: number): PlanItem =>
  item(`edit-${number}`, {
    kind: 'update_issue_body',
    on: ref(number),
    expected: `Text of ${number}`,
    body: `Better text of ${number}`,
  });

export const create = (name: string, parent: number | null = 1): PlanItem =>
  item(`create-${name}`, {
    kind: 'create_issue',
    repository: HARBOR,
    parent: parent === null ? null : ref(parent),
    key: `plan/${name}`,
    title: `New ${name}`,
    body: `${issueMarker(`plan/${name}`)}\nMade for ${name}.`,
    labels: ['lane:api'],
    assignees: ['noor'],
    milestone: null,
    issueType: null,
  });

export const draftOf = (...items: readonly PlanItem[]): PlanDraft => ({
  kind: 'backfill',
  repository: HARBOR,
  umbrella: ref(1),
  items,
  notes: [],
});

/** Everything of the issues that a plan may change, so that two moments can be compared whole. */
export function digestOf({ issues }: RepositoryRecord) {
  return [...issues.values()].map((issue) => ({
    number: issue.number,
    title: issue.title,
    body: issue.body,
    state: issue.state,
    labels: [...issue.labels].sort(),
    assignees: [...issue.assignees].sort(),
    parent: issue.parent?.number ?? null,
    children: issue.children.map(({ number }) => number),
    blockedBy: issue.blockedBy.map(({ number }) => number),
  }));
}
