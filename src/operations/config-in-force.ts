import { type Config, parseConfig } from '../core/config.ts';
import type { ConfigProblem } from '../core/config-problem.ts';
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
}

type ConfigSnapshot = Pick<WorkSnapshot, 'configText' | 'ownerConfigText' | 'gaps'>;

/** The configuration that the snapshot was read with. An invalid file stops nothing: what is wrong becomes a remark. */
export function configInForce(snapshot: ConfigSnapshot): ConfigInForce {
  const parsed = parseConfig({ text: snapshot.configText, ownerText: snapshot.ownerConfigText, path: CONFIG_PATH });
  const { config, problems } = parsed;
  const own = problems.filter(({ source }) => source === 'repository').map(remarkOf);
  return {
    config,
    rollupWish: rollupWishOf(snapshot, parsed),
    remarks: problems.map(remarkOf),
    publicRemarks: own.length === problems.length ? own : [...own, OWNERS_PROBLEM],
  };
}

/** An invalid or unreadable configuration never switches writing on; one that says off or observe is obeyed. */
function rollupWishOf(
  { configText, ownerConfigText, gaps }: ConfigSnapshot,
  { config, rollupMode }: ReturnType<typeof parseConfig>,
): RollupWish {
  if (rollupMode === 'unreadable' || gaps.some(isConfigGap)) return 'unreadable';
  const { mode } = config.rollup;
  if (mode === 'off' || mode === 'observe') return 'unwanted';
  return configText === null && ownerConfigText === null ? 'unconfigured' : 'wanted';
}

const isConfigGap = ({ what }: { readonly what: string }): boolean => what.startsWith(`${CONFIG_PATH} of `);

const OWNERS_PROBLEM = "The owner's default configuration has a problem and is left aside.";

function remarkOf(problem: ConfigProblem): string {
  const where = problem.path === '' ? '' : ` (${problem.path})`;
  return `${CONFIG_PATH}, line ${problem.line}${where}: ${problem.message}. ${problem.fix}`;
}
