import { messageWithKey } from '../core/config-problem.ts';
import { nameOfVersion } from '../core/config-version.ts';
import { UserError } from '../core/failure.ts';
import type { Gap } from '../core/reading.ts';
import { parseConfigOf } from '../core/umbrella/config-of-snapshot.ts';
import type { TemplateProblem } from '../core/umbrella/scaffold/file-place.ts';
import type { ConfigFile, TemplateSources } from '../core/umbrella/scaffold/parse-lane-templates.ts';
import type { ScaffoldRead } from '../github/load-scaffold-facts.ts';
import { CONFIG_PATH, configInForce } from './config-in-force.ts';

/** Who may read what a scaffold says: of the owner's file, readers of the umbrella are told nothing. */
export type ScaffoldAudience = 'viewer' | 'umbrella_readers';

export interface ScaffoldSources extends TemplateSources {
  /** What is broken in a file, with line and fix, and which version holds in its place; empty where nothing is broken. */
  readonly heldRemarks: readonly string[];
  /** Those, and what could not be read. */
  readonly remarks: readonly string[];
  /** Throws `config_invalid` with the first problems; of the owner's file it says no more than the audience may read. */
  readonly demandNoProblem: (problems: readonly TemplateProblem[]) => void;
}

/**
 * What an umbrella's lane templates are read from. A broken file stops nothing while its last valid version is known: that
 * one holds, as everywhere, and its lines are told by the version's name. Where no valid version is known, some of the
 * templates would be missing and the tasks would be half of what was meant: fails with `config_invalid`, naming each
 * problem. Throws the same where a file of `.github/lanes` is no short text.
 */
export function scaffoldSources(read: ScaffoldRead, audience: ScaffoldAudience): ScaffoldSources {
  const { owner } = read.facts.umbrella.ref;
  const ownersPath = `${owner}/.github: ${CONFIG_PATH}`;
  const { config, remarks: all, publicRemarks } = configInForce(read, owner);
  const { problems, inForce } = parseConfigOf(read);
  const own = fileOf(CONFIG_PATH, read.configText, inForce.repository);
  const owners = fileOf(ownersPath, read.ownerConfigText, inForce.owner);
  const demandNoProblem = (found: readonly TemplateProblem[]): void => {
    const isOwners = ({ path }: TemplateProblem): boolean => path === ownersPath || path === owners[0]?.path;
    if (audience === 'umbrella_readers' && found.some(isOwners)) throw ownersProblem();
    tellProblems(found);
  };
  const unheld = problems.filter(({ source }) => inForce[source] === null);
  const lost = read.gaps.flatMap((gap) => (gap.about === 'configuration' ? lostText(gap, audience) : []));
  demandNoProblem(
    unheld.map((problem, n) => {
      const { source, line, fix } = problem;
      const why = n === 0 ? ['No valid version of the file is known, so nothing is made.', ...lost].join(' ') : '';
      const path = source === 'owner' ? ownersPath : CONFIG_PATH;
      return { path, line, message: messageWithKey(problem), fix: `${fix} ${why}`.trim() };
    }),
  );
  const heldRemarks = audience === 'viewer' ? all : publicRemarks;
  const remarks = [...heldRemarks, ...lost];
  return { config, configFiles: [...own, ...owners], files: read.laneFiles(), heldRemarks, remarks, demandNoProblem };
}

/** What fails under an older version of a file says so: in the newer one, what was asked for may be there. */
export async function tellingOfHeld<Result>(
  { heldRemarks }: Pick<ScaffoldSources, 'heldRemarks'>,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (cause) {
    const isAboutFiles = cause instanceof UserError && (cause.code === 'usage' || cause.code === 'config_invalid');
    if (!isAboutFiles || heldRemarks.length === 0) throw cause;
    throw new UserError(cause.code, [cause.message, ...heldRemarks].join('\n'), cause.hint, { cause });
  }
}

type Held = ReturnType<typeof parseConfigOf>['inForce']['repository'];

function fileOf(path: string, text: string | null, held: Held): readonly ConfigFile[] {
  if (held !== null) return [{ path: `${path} in ${nameOfVersion(held)}`, text: held.text }];
  return text === null ? [] : [{ path, text }];
}

/** Without the owner's file, which readers of the umbrella may not know of. */
function lostText({ cause, what, permission }: Gap, audience: ScaffoldAudience): readonly string[] {
  if (cause === 'invalid' || audience !== 'viewer') return [];
  const help = permission === undefined ? '' : `; it takes ${permission}`;
  return [`Not read: ${what}${help}. What it says of lanes is left out.`];
}

function ownersProblem(): UserError {
  return new UserError(
    'config_invalid',
    "The owner's default configuration has a problem.",
    'Ask its keeper to correct it.',
  );
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
