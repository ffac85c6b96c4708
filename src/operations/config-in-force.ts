import { type Config, parseConfig } from '../core/config.ts';
import type { ConfigProblem } from '../core/config-problem.ts';
import type { WorkSnapshot } from '../core/umbrella/snapshot.ts';

export const CONFIG_PATH = '.github/parasol.yml';

interface ConfigInForce {
  readonly config: Config;
  /** One sentence per problem, with its place and its fix, ready to be shown beside a result. */
  readonly remarks: readonly string[];
  /** The same for readers of the repository, who may not be able to read the owner's file. */
  readonly publicRemarks: readonly string[];
}

/** The configuration that the snapshot was read with. An invalid file stops nothing: what is wrong becomes a remark. */
export function configInForce(snapshot: Pick<WorkSnapshot, 'configText' | 'ownerConfigText'>): ConfigInForce {
  const { config, problems } = parseConfig({
    text: snapshot.configText,
    ownerText: snapshot.ownerConfigText,
    path: CONFIG_PATH,
  });
  const own = problems.filter(({ source }) => source === 'repository').map(remarkOf);
  return {
    config,
    remarks: problems.map(remarkOf),
    publicRemarks: own.length === problems.length ? own : [...own, OWNERS_PROBLEM],
  };
}

const OWNERS_PROBLEM = "The owner's default configuration has a problem and is left aside.";

function remarkOf(problem: ConfigProblem): string {
  const where = problem.path === '' ? '' : ` (${problem.path})`;
  return `${CONFIG_PATH}, line ${problem.line}${where}: ${problem.message}. ${problem.fix}`;
}
