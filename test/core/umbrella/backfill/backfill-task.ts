import { formatRef, type Ref } from '../../../../src/core/task/identity.ts';
import { plannedIdOf } from '../../../../src/core/task/planned-id.ts';
import type { BackfillTask } from '../../../../src/core/umbrella/backfill/backfill-task.ts';
import { type Backfill, buildBackfill } from '../../../../src/core/umbrella/backfill/build-backfill.ts';
import { ref } from '../../build-facts.ts';

const IDS = ['P{phase}.M{milestone}.T{task}', 'bd-{id}', 'M{milestone}', 'M{milestone}-T{task}'];

type Input = Partial<Omit<BackfillTask, 'ref'>> & { readonly in?: string };

/** Issue `number` of octo/harbor, or of `in`; its planned id is what its title starts with. */
export function backfillTask(number: number, input: Input = {}): BackfillTask {
  const { in: repository, ...rest } = input;
  const title = input.title ?? `Task ${number}`;
  return {
    ref: ref(number, repository),
    plannedId: plannedIdOf({ title }, IDS),
    title,
    body: '',
    author: 'kim',
    labels: [],
    issueType: null,
    milestone: null,
    createdAt: null,
    closedAt: null,
    parent: null,
    blockers: [],
    ...rest,
  };
}

export const umbrella = (number: number, input: Input = {}): BackfillTask =>
  backfillTask(number, { labels: ['epic'], ...input });

export const MARKS = { labels: ['umbrella', 'epic'], types: ['Epic'] };

export const backfillOf = (...tasks: readonly BackfillTask[]): Backfill =>
  buildBackfill(tasks, { umbrellas: MARKS, host: 'github.com', suggest: false });

const short = (one: Ref): string => formatRef(one, ref(1));

/** `#2 parent #1 by parent_line: apply`, one line a proposal. */
export const proposalsOf = ({ proposals }: Backfill): readonly string[] =>
  proposals.map(
    ({ child, parent, relation, rule, tier }) => `${short(child)} ${relation} ${short(parent)} by ${rule}: ${tier}`,
  );

/** `two_parents #3: #1, #2`, one line a conflict. */
export const conflictsOf = ({ conflicts }: Backfill): readonly string[] =>
  conflicts.map(
    ({ kind, child, candidates }) =>
      `${kind} ${short(child)}: ${candidates.map((one) => short(one.parent)).join(', ')}`,
  );
