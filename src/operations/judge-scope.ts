import type { Config } from '../core/config.ts';
import { buildReport } from '../core/readiness/build-report.ts';
import type { ReadinessFacts } from '../core/readiness/readiness-facts.ts';
import type { ReadinessReport } from '../core/readiness/report-schema.ts';
import { type Ref, type RepositoryRef, refKey } from '../core/task/identity.ts';
import { isConfigGap } from './config-in-force.ts';
import { loadReadinessFacts } from './load-readiness-facts.ts';
import type { OperationContext } from './operation.ts';

/** A scope as it was judged for everybody who can read its repository. */
export interface JudgedScope {
  readonly report: ReadinessReport;
  /** As configured; what nobody could read switches nothing on. */
  readonly mode: Config['readiness']['mode'];
  readonly config: Config;
  /** Of a scope that is one. */
  readonly umbrella: Ref | null;
  /** Keys of the tasks and pull requests in scope and of what they wait for, those that may not be named among them. */
  readonly items: ReadonlySet<string>;
}

/** The same report as `readiness.report` gives to the readers of the umbrella or of the repository. Throws as that does. */
export async function judgeScope(
  context: OperationContext,
  repository: RepositoryRef,
  scope: string | undefined,
): Promise<JudgedScope> {
  const name = `${repository.owner}/${repository.repo}`;
  const { facts, config, policySource } = await loadReadinessFacts(context, { scope, repository: name });
  const isUnread = facts.work.gaps.some(isConfigGap);
  return {
    report: buildReport(facts, config, { audience: 'umbrella_readers', policySource }),
    mode: isUnread ? 'observe' : config.readiness.mode,
    config,
    umbrella: facts.scope.umbrella ?? null,
    items: new Set([...facts.tasks, ...facts.pullRequests, ...blockersOf(facts)]),
  };
}

const blockersOf = ({ tasks, work }: ReadinessFacts): readonly string[] =>
  [...tasks].flatMap((key) => {
    const blockers = work.tasks.get(key)?.blockers;
    return blockers?.known ? blockers.value.map(({ ref }) => refKey(ref)) : [];
  });
