import type { Config } from '../core/config.ts';
import type { ConfigProblem } from '../core/config-problem.ts';
import { type ConfigVersion, nameOfVersion } from '../core/config-version.ts';
import type { Gap } from '../core/reading.ts';
import { type ConfigTexts, parseConfigOf } from '../core/umbrella/config-of-snapshot.ts';
import type { WorkSnapshot } from '../core/umbrella/snapshot.ts';

export const CONFIG_PATH = '.github/parasol.yml';

/**
 * What a repository says about rollup comments. `unreadable`: there is or may be a configuration, and nobody can tell
 * whether it wants them: a permission is missing, or the file is wrong where it says so.
 */
export type RollupWish = 'wanted' | 'unwanted' | 'unconfigured' | 'unreadable';

interface ConfigInForce {
  readonly config: Config;
  readonly rollupWish: RollupWish;
  /** One sentence per problem, with its place and its fix, ready to be shown beside a result. */
  readonly remarks: readonly string[];
  /** The same for readers of the repository, who may not be able to read the owner's file. */
  readonly publicRemarks: readonly string[];
  /** The version of the repository's file that holds, because the file itself has a problem; else null. */
  readonly version: ConfigVersion | null;
}

export type ConfigSnapshot = ConfigTexts & Pick<WorkSnapshot, 'gaps'>;

/**
 * The configuration that the snapshot was read with. An invalid file stops nothing: its last valid version holds, and
 * what is wrong becomes a remark, which names the owner's file by its repository where the owner is given.
 */
export function configInForce(snapshot: ConfigSnapshot, owner: string | null = null): ConfigInForce {
  const parsed = parseConfigOf(snapshot);
  const { config, problems, inForce } = parsed;
  const ownersFile = owner === null ? CONFIG_PATH : `${CONFIG_PATH} of ${owner}/.github`;
  const own = remarksOn(problems, 'repository', CONFIG_PATH);
  const owners = remarksOn(problems, 'owner', ownersFile);
  const ownHeld = own.length === 0 ? [] : [heldRemark(CONFIG_PATH, inForce.repository)];
  const ownersHeld = owners.length === 0 ? [] : [heldRemark("the owner's default", inForce.owner)];
  const ownersProblem = inForce.owner === null ? OWNERS_LEFT_ASIDE : OWNERS_HELD;
  return {
    config,
    rollupWish: rollupWishOf(snapshot, parsed),
    remarks: [...own, ...withPage(ownHeld, inForce.repository), ...owners, ...withPage(ownersHeld, inForce.owner)],
    publicRemarks: [...own, ...ownHeld, ...(owners.length === 0 ? [] : [ownersProblem])],
    version: inForce.repository,
  };
}

const remarksOn = (
  problems: readonly ConfigProblem[],
  source: ConfigProblem['source'],
  file: string,
): readonly string[] =>
  problems.filter((problem) => problem.source === source).map((problem) => remarkOf(problem, file));

const heldRemark = (file: string, version: ConfigVersion | null): string =>
  version === null
    ? `No valid version of ${file} was found; without it the defaults hold.`
    : `Until ${file} is valid again, its version ${nameOfVersion(version)} holds.`;

/** In text that is printed the address stands beside the sentence; the comment makes a link of the commit's name. */
const withPage = (held: readonly string[], version: ConfigVersion | null): readonly string[] =>
  version === null || version.commit.url === '' ? held : held.map((remark) => `${remark} See ${version.commit.url}`);

/**
 * An invalid or unreadable configuration never switches writing on; one that says off or observe is obeyed. Where the
 * repository's own file was read and the mode is stated, nothing that is unread could change it.
 */
function rollupWishOf(
  { configText, ownerConfigText, gaps }: ConfigSnapshot,
  { config, rollupMode }: ReturnType<typeof parseConfigOf>,
): RollupWish {
  const isDecided = rollupMode === 'stated' && configText !== null;
  if (rollupMode === 'unreadable' || (!isDecided && gaps.some(isConfigGap))) return 'unreadable';
  const { mode } = config.rollup;
  if (mode === 'off' || mode === 'observe') return 'unwanted';
  return configText === null && ownerConfigText === null ? 'unconfigured' : 'wanted';
}

/** What is invalid was read, and `rollupMode` says already what it leaves open. */
export const isConfigGap = ({ about, cause }: Gap): boolean => about === 'configuration' && cause !== 'invalid';

const OWNERS_LEFT_ASIDE = "The owner's default configuration has a problem and is left aside.";
const OWNERS_HELD = "The owner's default configuration has a problem; its last valid version holds.";

function remarkOf(problem: ConfigProblem, file: string): string {
  const where = problem.path === '' ? '' : ` (${problem.path})`;
  return `${file}, line ${problem.line}${where}: ${problem.message}. ${problem.fix}`;
}
