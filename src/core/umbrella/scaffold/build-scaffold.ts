import { createItemIds, slugOf } from '../../plan/item-ids.ts';
import type { PlanDraft, PlanItem, PlanNote } from '../../plan/plan.ts';
import { problemsOfNames } from './check-names.ts';
import type { LaneChoice } from './choose-lanes.ts';
import type { TaskDraft } from './draft-tasks.ts';
import type { Placed, TemplateProblem } from './file-place.ts';
import { type LabelItem, labelItems } from './label-items.ts';
import { type LaneTemplate, ONLY_TASK } from './lane-template.ts';
import { isThere, matchChildren, type Standing, scaffoldKey } from './match-children.ts';
import { noteStanding } from './note-standing.ts';
import { planWaits } from './plan-waits.ts';
import { type AfterEdge, taskName } from './resolve-after.ts';
import { scaffoldEvidence } from './scaffold-evidence.ts';
import type { KnownNames, ScaffoldFacts } from './scaffold-facts.ts';

export interface ScaffoldQuestion {
  readonly facts: ScaffoldFacts;
  readonly names: KnownNames;
  /** Every lane there is; `choice` says which are meant. */
  readonly lanes: readonly LaneTemplate[];
  readonly choice: Pick<LaneChoice, 'isNamed'>;
  /** The tasks of the chosen lanes. */
  readonly drafts: readonly TaskDraft[];
  /** Of all lanes. */
  readonly edges: readonly AfterEdge[];
}

interface BuiltScaffold {
  readonly draft: PlanDraft;
  /** How many tasks of the chosen lanes are there already. */
  readonly standing: number;
  /** Lanes with tasks that are only proposed, and selected once a person names the lane. */
  readonly offered: readonly string[];
  /** Where there is one, nothing must be applied. */
  readonly problems: readonly TemplateProblem[];
}

/**
 * What is missing under an umbrella: labels first, then its tasks in the order of the templates, then what waits for what.
 * A task that stands is left alone, whatever became of it. Once an umbrella has been scaffolded, a lane of which nothing
 * stands is only offered, unless a person names it.
 */
export function buildScaffold(question: ScaffoldQuestion): BuiltScaffold {
  const { facts, lanes, drafts, names } = question;
  const { ref } = facts.umbrella;
  const repository = { owner: ref.owner, repo: ref.repo };
  const standing = matchChildren(facts, lanes, drafts);
  const missing = drafts.filter(({ name }) => !isThere(standing.get(name)));
  const offered = offeredLanes(question, standing);
  const isSelected = selectionOf(question, standing, offered);
  const ids = createItemIds();
  const labels = labelItems(missing, { repository, known: names.labels, isSelected, ids });
  const tasks = missing.map((draft) => ({
    name: draft.name,
    item: taskItem(draft, { question, isSelected, labels, ids }),
  }));
  const made = new Map(tasks.map(({ name, item }) => [name, item]));
  const waits = planWaits(question.edges, { chosen: new Set(drafts.map(({ name }) => name)), standing, made, ids });
  return {
    draft: {
      kind: 'scaffold',
      repository,
      umbrella: ref,
      items: [...labels.map(({ item }) => item), ...tasks.map(({ item }) => item), ...waits.items],
      notes: [
        ...hiddenNote(facts),
        ...drafts.flatMap((draft) => noteStanding(draft, standing.get(draft.name))),
        ...offerNotes(offered, missing),
        ...waits.notes,
      ],
    },
    standing: drafts.length - missing.length,
    offered: question.choice.isNamed
      ? []
      : [...new Set(missing.flatMap((draft) => (isSelected(draft) ? [] : [draft.lane])))],
    problems: problemsOfNames(missing.filter(isSelected), names, `${ref.owner}/${ref.repo}`),
  };
}

/** A marker that somebody else wrote leaves the task to a person's choice of items; what was undone waits for its lane to be named. */
function selectionOf(
  { choice }: ScaffoldQuestion,
  standing: ReadonlyMap<string, Standing>,
  offered: ReadonlySet<string>,
): (draft: TaskDraft) => boolean {
  return ({ lane, name }) => {
    const by = standing.get(name)?.by;
    return !offered.has(lane) && by !== 'claimed' && (by !== 'undone' || choice.isNamed);
  };
}

/** Lanes that came into the templates after the umbrella had been scaffolded, or that nobody wanted then. */
function offeredLanes(
  { lanes, choice, drafts }: ScaffoldQuestion,
  standing: ReadonlyMap<string, Standing>,
): ReadonlySet<string> {
  if (choice.isNamed) return new Set();
  const begun = new Set(
    lanes
      .filter((lane) => lane.tasks.some(({ key }) => isThere(standing.get(taskName(lane.name, key)))))
      .map(({ name }) => name),
  );
  if (begun.size === 0) return new Set();
  return new Set(drafts.map(({ lane }) => lane).filter((lane) => !begun.has(lane)));
}

interface TaskBuilding {
  readonly question: ScaffoldQuestion;
  readonly isSelected: (draft: TaskDraft) => boolean;
  readonly ids: (wanted: string) => string;
  readonly labels: readonly LabelItem[];
}

function taskItem(draft: TaskDraft, { question, isSelected, labels, ids }: TaskBuilding): PlanItem {
  const { ref } = question.facts.umbrella;
  const slug = [draft.lane, ...(draft.key === ONLY_TASK ? [] : [draft.key])].map(slugOf).filter((part) => part !== '');
  return {
    id: ids(['create', ...slug].join('-')),
    change: {
      kind: 'create_issue',
      repository: { owner: ref.owner, repo: ref.repo },
      parent: ref,
      key: scaffoldKey(draft.lane, draft.key),
      title: draft.title,
      body: draft.body,
      labels: valuesOf(draft.labels),
      assignees: valuesOf(draft.assignees),
      milestone: draft.milestone?.value ?? null,
      issueType: draft.issueType?.value ?? null,
    },
    needs: labels
      .filter(({ label }) => draft.labels.some(({ value }) => value.toLowerCase() === label))
      .map(({ item }) => item.id),
    selected: isSelected(draft),
    evidence: [scaffoldEvidence(draft.name, draft.place)],
  };
}

const valuesOf = (names: readonly Placed<string>[]): readonly string[] => names.map(({ value }) => value);

function offerNotes(offered: ReadonlySet<string>, missing: readonly TaskDraft[]): PlanNote[] {
  return [...offered].map((lane) => {
    const count = missing.filter((draft) => draft.lane === lane).length;
    const text = `The lane ${lane} (${count} ${count === 1 ? 'task' : 'tasks'}) has nothing here yet; it is offered, and made where you name it: --lanes ${lane}.`;
    return { kind: 'lane_offered', text, about: null };
  });
}

function hiddenNote({ hiddenChildren, umbrella }: ScaffoldFacts): PlanNote[] {
  if (hiddenChildren === 0) return [];
  const text = `${hiddenChildren} of its children cannot be seen with this token; a task among them would be made again.`;
  return [{ kind: 'hidden_children', text, about: umbrella.ref }];
}
