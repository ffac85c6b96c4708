import type { Config } from '../core/config.ts';
import { mainBranches, pullsByTarget } from '../core/risk/branch-stacks.ts';
import type { QueueScope } from '../core/risk/leave-out.ts';
import type { OrderLimits } from '../core/risk/order/merge-item.ts';
import type { RiskOfPullRequest } from '../core/risk/risk-of-pull-request.ts';
import type { RepositoryRef } from '../core/task/identity.ts';
import type { OpenPullRequest } from '../github/load-open-pull-requests.ts';
import type { FilesMemory } from './estimate-rest.ts';
import { loadDependents } from './look-into-clone.ts';
import type { OperationContext } from './operation.ts';
import type { OpenClone } from './risk-clone.ts';
import { riskLimits } from './risk-limits.ts';
import { riskOfPulls } from './risk-of-pulls.ts';
import { risksOfFindings } from './risks-of-findings.ts';

export interface OpenQuestion {
  readonly repository: RepositoryRef;
  readonly open: readonly OpenPullRequest[];
  readonly mode: Config['risk']['mode'];
  readonly config: Config;
  readonly clone: OpenClone | null;
  /** Where what past merges taught is kept; null where nothing is. */
  readonly learnedIn: string | null;
  /** Numbers of pull requests that are judged whatever they are. */
  readonly asked: ReadonlySet<number>;
  /** Only pairs with one of those that are asked for. */
  readonly onlyAsked: boolean;
  /** Also what redoing those that are asked for would cost. */
  readonly withImpact: boolean;
  readonly memory?: FilesMemory;
}

export interface OpenRisks {
  /** As the scope alone has it: what it leaves out is not judged, and no other's conflict, though somebody asked for it. */
  readonly risks: readonly RiskOfPullRequest[];
  /** The same with those that were asked for, for whoever asked. */
  readonly answers: readonly RiskOfPullRequest[];
}

type Context = Pick<OperationContext, 'github' | 'now' | 'machine' | 'onProgress' | 'stop'>;

/** The integration risk of a repository's open pull requests, by the branches that they go into in the end: for the check, the command and the rollup. */
export async function assessOpen(context: Context, question: OpenQuestion): Promise<OpenRisks> {
  const { repository, open, mode, config, clone, onlyAsked, learnedIn, memory, withImpact } = question;
  const scope = scopeOf(mode);
  const asked = new Set([...question.asked].map((number) => `#${number}`));
  const risks: RiskOfPullRequest[] = [];
  const answers: RiskOfPullRequest[] = [];
  for (const [base, pulls] of pullsByTarget(open, mainBranches(open))) {
    if (onlyAsked && !pulls.some(({ ref }) => question.asked.has(ref.number))) continue;
    const found = await riskOfPulls(context, {
      ...{ base, pulls, config, scope, asked, onlyAsked, learnedIn, clone },
      ...(memory === undefined ? {} : { memory }),
    });
    const isAsked = withImpact && found.changes.some(({ name }) => asked.has(name));
    const { dependents } = await loadDependents(context, isAsked ? clone : null, found);
    const telling = { repository, base, scope, dependents, now: context.now() };
    const order = mode === 'enforce' && !onlyAsked ? { limits: limitsOf(config, context.now()) } : {};
    risks.push(...risksOfFindings(found, { ...telling, ...order, asked: NOBODY }));
    answers.push(...risksOfFindings(found, { ...telling, asked }));
  }
  return { risks, answers };
}

const NOBODY: ReadonlySet<string> = new Set();

/** How fast a repository merges is not counted for every look: who is beyond the cap on the wait goes first, no more. */
const limitsOf = ({ risk }: Config, now: string): OrderLimits => riskLimits(risk.max_wait, { now, mergesPerDay: null });

/** `enforce` leaves out drafts alone, because every other one needs its check. */
export function scopeOf(mode: Config['risk']['mode']): QueueScope {
  const isAll = mode === 'enforce';
  return { drafts: false, dependencyBots: isAll, idle: isAll };
}
