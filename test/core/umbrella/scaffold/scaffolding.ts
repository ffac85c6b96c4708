import { parseConfig } from '../../../../src/core/config.ts';
import { withIssueMarker } from '../../../../src/core/issue-marker.ts';
import { fillMadeNumbers } from '../../../../src/core/plan/made-numbers.ts';
import type { PlanDraft, PlannedRef } from '../../../../src/core/plan/plan.ts';
import { type Ref, sameRef } from '../../../../src/core/task/identity.ts';
import { buildScaffold } from '../../../../src/core/umbrella/scaffold/build-scaffold.ts';
import { chooseLanes, type LaneWish } from '../../../../src/core/umbrella/scaffold/choose-lanes.ts';
import { draftTasks, namesIn } from '../../../../src/core/umbrella/scaffold/draft-tasks.ts';
import {
  parseLaneTemplates,
  type TemplateSources,
} from '../../../../src/core/umbrella/scaffold/parse-lane-templates.ts';
import { resolveAfter } from '../../../../src/core/umbrella/scaffold/resolve-after.ts';
import type {
  KnownNames,
  ScaffoldChild,
  ScaffoldFacts,
  ScaffoldUmbrella,
} from '../../../../src/core/umbrella/scaffold/scaffold-facts.ts';
import { ref } from '../../build-facts.ts';

export const CONFIG = '.github/parasol.yml';

/** A configuration, the owner's, and files of the default branch. */
export function sources(
  text: string,
  files: Readonly<Record<string, string | null>> = {},
  owners: string | null = null,
): TemplateSources {
  const { config, problems } = parseConfig({ text, ownerText: owners });
  if (problems.length > 0) throw new Error(JSON.stringify(problems));
  const configFiles = [{ path: CONFIG, text }, ...(owners === null ? [] : [{ path: 'owners', text: owners }])];
  return { config, configFiles, files: new Map(Object.entries(files)) };
}

export const umbrella = (input: Partial<ScaffoldUmbrella> = {}): ScaffoldUmbrella => ({
  ref: ref(1),
  title: 'Harbor opens',
  body: '',
  state: 'open',
  milestone: null,
  ...input,
});

export const child = (number: number, input: Partial<ScaffoldChild> = {}): ScaffoldChild => ({
  ref: ref(number),
  title: `Task ${number}`,
  body: '',
  state: 'open',
  labels: [],
  isOwn: true,
  blockers: [],
  formerBlockers: [],
  ...input,
});

export const scaffoldFacts = (input: Partial<ScaffoldFacts> = {}): ScaffoldFacts => ({
  umbrella: umbrella(),
  children: [],
  formerChildren: [],
  hiddenChildren: 0,
  ancestors: [],
  room: { ref: ref(1), title: 'Harbor opens', above: 0, childrenTotal: 0, movable: [], batches: [] },
  ...input,
});

interface Asked {
  readonly facts?: ScaffoldFacts;
  readonly wish?: Partial<LaneWish>;
  /** What GitHub has besides everything that the templates name. */
  readonly lacks?: readonly string[];
  readonly mayCreateLabels?: boolean;
}

/** From texts to the plan, as the operation puts the parts together. Problems are told as `file:line message`. */
export function scaffold(
  from: TemplateSources,
  { facts = scaffoldFacts(), wish = {}, lacks = [], ...rest }: Asked = {},
) {
  const parsed = parseLaneTemplates(from);
  const choice = chooseLanes(parsed.lanes, from.config, { lanes: [], template: null, set: [], ...wish });
  const after = resolveAfter(parsed.lanes);
  const drafted = draftTasks(choice, { umbrella: facts.umbrella, config: from.config });
  const names = knownNames(namesIn(drafted.drafts), lacks, rest.mayCreateLabels ?? true);
  const built = buildScaffold({
    facts,
    names,
    lanes: parsed.lanes,
    choice,
    drafts: drafted.drafts,
    edges: after.edges,
  });
  const problems = [...parsed.problems, ...after.problems, ...drafted.problems, ...built.problems];
  return {
    plan: built.draft,
    offered: built.offered,
    problems,
    unused: drafted.unused,
    told: problems.map(({ path, line, message }) => `${path}:${line} ${message}`),
    fixes: problems.map(({ fix }) => fix),
  };
}

function knownNames(
  wanted: ReturnType<typeof namesIn>,
  lacks: readonly string[],
  mayCreateLabels: boolean,
): KnownNames {
  const known = (names: readonly string[]) =>
    new Set(names.filter((name) => !lacks.includes(name)).map((name) => name.toLowerCase()));
  return {
    labels: known(wanted.labels),
    labelNames: ['Bug', 'backend', 'lane:api'],
    assignable: known(wanted.assignees),
    openMilestones: known(wanted.milestones),
    issueTypes: known(wanted.issueTypes),
    mayCreateLabels,
  };
}

/** The facts once the selected items of a plan are carried out: what GitHub would then show. */
export function applyToFacts(facts: ScaffoldFacts, { items }: Pick<PlanDraft, 'items'>): ScaffoldFacts {
  const made = new Map<string, Ref>();
  let { children, umbrella: top } = facts;
  let next = Math.max(1, ...children.map((one) => one.ref.number)) + 1;
  const refOf = (planned: PlannedRef): Ref => ('item' in planned ? (made.get(planned.item) ?? ref(0)) : planned);
  for (const { id, change, selected } of items) {
    if (!selected) continue;
    if (change.kind === 'create_issue') {
      const { title, labels } = change;
      const one = child(next, { title, labels, body: withIssueMarker(change.body, change.key) });
      made.set(id, one.ref);
      children = [...children, one];
      next += 1;
    } else if (change.kind === 'add_blocker') {
      const [on, blocker] = [refOf(change.on), refOf(change.blocker)];
      children = children.map((one) => (sameRef(one.ref, on) ? { ...one, blockers: [...one.blockers, blocker] } : one));
    } else if (change.kind === 'add_sub_issue') {
      children = [...children, child(refOf(change.child).number)];
    } else if (change.kind === 'update_issue_body') {
      top = { ...top, body: fillMadeNumbers(change.body, made, top.ref) };
    }
  }
  return { ...facts, umbrella: top, children };
}
