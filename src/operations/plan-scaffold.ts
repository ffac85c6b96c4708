import { parseConfig } from '../core/config.ts';
import { UserError } from '../core/failure.ts';
import type { PlanDraft } from '../core/plan/plan.ts';
import { formatRef, type Ref } from '../core/task/identity.ts';
import { buildScaffold } from '../core/umbrella/scaffold/build-scaffold.ts';
import { chooseLanes, type LaneWish } from '../core/umbrella/scaffold/choose-lanes.ts';
import { draftTasks, namesIn } from '../core/umbrella/scaffold/draft-tasks.ts';
import type { TemplateProblem } from '../core/umbrella/scaffold/file-place.ts';
import { parseLaneTemplates, type TemplateSources } from '../core/umbrella/scaffold/parse-lane-templates.ts';
import { placeInBatches } from '../core/umbrella/scaffold/place-in-batches.ts';
import { resolveAfter } from '../core/umbrella/scaffold/resolve-after.ts';
import type { ScaffoldFacts } from '../core/umbrella/scaffold/scaffold-facts.ts';
import type { GitHubClient } from '../github/client.ts';
import { loadFiles } from '../github/load-files.ts';
import { loadKnownNames } from '../github/load-known-names.ts';
import { loadScaffoldFacts } from '../github/load-scaffold-facts.ts';
import { CONFIG_PATH } from './config-in-force.ts';

interface ScaffoldWish extends LaneWish {
  /** Who may read what it fails with: of the owner's file, readers of the umbrella are told nothing. */
  readonly audience?: 'viewer' | 'umbrella_readers';
}

interface ScaffoldPlan {
  readonly draft: PlanDraft;
  /** How many tasks of the chosen lanes are there already. */
  readonly standing: number;
  /** Lanes whose tasks are made once somebody names them. */
  readonly offered: readonly string[];
}

type Demand = (problems: readonly TemplateProblem[]) => void;

interface Sources extends TemplateSources {
  readonly problems: readonly TemplateProblem[];
}

type ScaffoldRead = Awaited<ReturnType<typeof loadScaffoldFacts>>;

/**
 * What the lane templates of an umbrella's repository would make under it; three calls at most. Fails with `usage` where
 * the umbrella is closed or the wish names what there is not, and with `config_invalid` where a template is wrong: the
 * message names file and line of each problem.
 */
export async function planScaffold(
  github: GitHubClient,
  umbrella: Ref,
  { audience = 'viewer', ...wish }: ScaffoldWish,
): Promise<ScaffoldPlan> {
  const read = await loadScaffoldFacts(github, umbrella);
  const { facts } = read;
  demandOpen(facts);
  const ownerPath = `${facts.umbrella.ref.owner}/.github: ${CONFIG_PATH}`;
  const demandNoProblem: Demand = (problems) => {
    if (audience === 'umbrella_readers' && problems.some(({ path }) => path === ownerPath)) throw ownersProblem();
    tellProblems(problems);
  };
  const sources = sourcesOf(read, ownerPath);
  demandNoProblem(sources.problems);
  const { lanes, problems: wrong } = await readTemplates(github, facts.umbrella.ref, sources);
  demandNoProblem(wrong);
  const choice = chooseLanes(lanes, sources.config, wish);
  const { edges, problems: circles } = resolveAfter(lanes);
  const { drafts, problems } = draftTasks(choice, { umbrella: facts.umbrella, config: sources.config });
  demandNoProblem([...circles, ...problems]);
  const names = await loadKnownNames(github, facts.umbrella.ref, namesIn(drafts));
  const built = buildScaffold({ facts, names, lanes, choice, drafts, edges });
  demandNoProblem(built.problems);
  return { draft: placeChildren(facts, built.draft), standing: built.standing, offered: built.offered };
}

function ownersProblem(): UserError {
  return new UserError(
    'config_invalid',
    "The owner's default configuration has a problem.",
    'Ask its keeper to correct it.',
  );
}

/** More children than GitHub allows under one issue go into batch umbrellas. Throws `usage` where even those are full. */
export function placeChildren({ umbrella, room }: ScaffoldFacts, draft: PlanDraft): PlanDraft {
  const placed = placeInBatches(draft, room);
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

/** A broken file of the repository stops a scaffold: half of its templates would be missing. */
function sourcesOf({ configText, ownerConfigText, laneFiles }: ScaffoldRead, ownerPath: string): Sources {
  const { config, problems } = parseConfig({ text: configText, ownerText: ownerConfigText, path: CONFIG_PATH });
  const found = problems.map(({ source, line, path: key, message, fix }) => {
    const where = key === '' ? '' : `\`${key}\`: `;
    return { path: source === 'owner' ? ownerPath : CONFIG_PATH, line, message: `${where}${message}`, fix };
  });
  const own = configText === null ? [] : [{ path: CONFIG_PATH, text: configText }];
  const owners = ownerConfigText === null ? [] : [{ path: ownerPath, text: ownerConfigText }];
  return { config, configFiles: [...own, ...owners], files: laneFiles, problems: found };
}

/** What the templates name as `body_file` is read in one more call. */
async function readTemplates(github: GitHubClient, repository: Ref, sources: TemplateSources) {
  const first = parseLaneTemplates(sources);
  const more = await loadFiles(github, repository, first.unread);
  const whole =
    more.size === 0 ? first : parseLaneTemplates({ ...sources, files: new Map([...sources.files, ...more]) });
  return whole;
}

const MOST_TOLD = 5;

function tellProblems(problems: readonly TemplateProblem[]): void {
  const [first, ...others] = problems;
  if (first === undefined) return;
  const tell = ({ path, line, message }: TemplateProblem): string => `${path}, line ${line}: ${message}.`;
  if (others.length === 0) throw new UserError('config_invalid', tell(first), first.fix);
  const told = problems.slice(0, MOST_TOLD).map((problem) => `${tell(problem)} ${problem.fix}`);
  const rest = problems.length > MOST_TOLD ? [`And ${problems.length - MOST_TOLD} more.`] : [];
  throw new UserError(
    'config_invalid',
    [...told, ...rest].join('\n'),
    'Correct these on the default branch, then try again.',
  );
}
