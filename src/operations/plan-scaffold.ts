import { UserError } from '../core/failure.ts';
import type { PlanDraft } from '../core/plan/plan.ts';
import { formatRef, type Ref } from '../core/task/identity.ts';
import { buildScaffold } from '../core/umbrella/scaffold/build-scaffold.ts';
import { chooseLanes, type LaneWish, problemsOfTemplate } from '../core/umbrella/scaffold/choose-lanes.ts';
import { draftTasks, namesIn } from '../core/umbrella/scaffold/draft-tasks.ts';
import { parseLaneTemplates, type TemplateSources } from '../core/umbrella/scaffold/parse-lane-templates.ts';
import { levelProblem, placeInBatches } from '../core/umbrella/scaffold/place-in-batches.ts';
import { resolveAfter } from '../core/umbrella/scaffold/resolve-after.ts';
import type { ScaffoldFacts } from '../core/umbrella/scaffold/scaffold-facts.ts';
import type { GitHubClient } from '../github/client.ts';
import { loadFiles } from '../github/load-files.ts';
import { loadKnownNames } from '../github/load-known-names.ts';
import { loadScaffoldFacts } from '../github/load-scaffold-facts.ts';
import { type ScaffoldAudience, type ScaffoldSources, scaffoldSources, tellingOfHeld } from './scaffold-sources.ts';

interface ScaffoldWish extends LaneWish {
  readonly audience?: ScaffoldAudience;
}

interface ScaffoldPlan {
  readonly draft: PlanDraft;
  /** How many tasks of the chosen lanes are there already. */
  readonly standing: number;
  /** Lanes whose tasks are made once somebody names them. */
  readonly offered: readonly string[];
}

/**
 * What the lane templates of an umbrella's repository would make under it; three calls at most, one more where a
 * configuration is broken: then its last valid version holds, and a note of the kind `config` says which and why. Fails
 * with `usage` where the umbrella is closed or the wish names what there is not (in a held version: with the problems of
 * the broken file, where it may be), and with `config_invalid` where a template is wrong or a broken configuration has no
 * valid version: the message names file and line of each problem.
 */
export async function planScaffold(
  github: GitHubClient,
  umbrella: Ref,
  { audience = 'viewer', ...wish }: ScaffoldWish,
): Promise<ScaffoldPlan> {
  const read = await loadScaffoldFacts(github, umbrella);
  demandOpen(read.facts);
  const sources = scaffoldSources(read, audience);
  const built = await tellingOfHeld(sources, () => buildFrom(github, read.facts, { sources, wish }));
  const notes = sources.remarks.map((text) => ({ kind: CONFIG_NOTE, text, about: null }));
  const draft = { ...built.draft, notes: [...notes, ...built.draft.notes] };
  return { draft: placeChildren(read.facts, draft), standing: built.standing, offered: built.offered };
}

/** The kind of notes that say which version of a broken configuration holds, and what of it could not be read. */
export const CONFIG_NOTE = 'config';

interface Building {
  readonly sources: ScaffoldSources;
  readonly wish: LaneWish;
}

async function buildFrom(github: GitHubClient, facts: ScaffoldFacts, { sources, wish }: Building) {
  const { demandNoProblem, config } = sources;
  const { lanes, problems: wrong } = await readTemplates(github, facts.umbrella.ref, sources);
  demandNoProblem(wrong);
  demandNoProblem(problemsOfTemplate(lanes, sources, wish.template));
  const choice = chooseLanes(lanes, config, wish);
  const { edges, problems: circles } = resolveAfter(lanes);
  const { drafts, problems, unused } = draftTasks(choice, { umbrella: facts.umbrella, config });
  demandNoProblem([...circles, ...problems]);
  const names = await loadKnownNames(github, facts.umbrella.ref, namesIn(drafts));
  const built = buildScaffold({ facts, names, lanes, choice, drafts, edges });
  demandNoProblem(built.problems);
  const notes = unused.map((name) => ({ kind: 'unused_variable', text: unusedText(name), about: null }));
  return { ...built, draft: { ...built.draft, notes: [...built.draft.notes, ...notes] } };
}

const unusedText = (name: string): string => `--set ${name}=… changes nothing: no text of these lanes holds {${name}}.`;

/** More children than GitHub allows under one issue go into batch umbrellas. Throws `usage` where even those are full, or too deep. */
export function placeChildren({ umbrella, room }: ScaffoldFacts, draft: PlanDraft): PlanDraft {
  const placed = placeInBatches(draft, room);
  const problem = placed === null ? null : levelProblem(placed, room);
  if (problem !== null) {
    throw new UserError('usage', `${problem}; nothing was planned.`, 'Scaffold an umbrella further up.');
  }
  if (placed !== null) return placed;
  throw new UserError(
    'usage',
    `${formatRef(umbrella.ref)} has no room left for so many children, not even in batches.`,
    'Scaffold fewer lanes with --lanes, or give some of them an umbrella of their own.',
  );
}

export function demandOpen({ umbrella }: Pick<ScaffoldFacts, 'umbrella'>): void {
  if (umbrella.state === 'open') return;
  const name = formatRef(umbrella.ref);
  throw new UserError('usage', `${name} is closed, so nothing is made under it.`, `Reopen ${name} first.`);
}

/** What the templates name as `body_file` is read in one more call. */
async function readTemplates(github: GitHubClient, repository: Ref, sources: TemplateSources) {
  const first = parseLaneTemplates(sources);
  const more = await loadFiles(github, repository, first.unread);
  const whole =
    more.size === 0 ? first : parseLaneTemplates({ ...sources, files: new Map([...sources.files, ...more]) });
  return whole;
}
