import type { Gap } from '../core/reading.ts';
import type { BaseFinding, ReportedConflict } from '../core/risk/conflict-report.ts';
import type { QueueScope } from '../core/risk/leave-out.ts';
import type { MergeMethod } from '../core/risk/next-merges.ts';
import type { OpenChange } from '../core/risk/open-change.ts';
import type { OrderLimits } from '../core/risk/order/merge-item.ts';
import type { PairRisk } from '../core/risk/pair-risk.ts';
import type { NotListed } from '../core/risk/pairs-not-listed.ts';
import type { RepositoryRef } from '../core/task/identity.ts';

/** An open change with what people know it by. Texts are as somebody wrote them. */
export interface RiskChange extends OpenChange {
  readonly title: string;
  readonly author: string | null;
  /** The label behind its priority, as the repository has it; null without one. */
  readonly priorityLabel: string | null;
}

/** How much of the imports between the base's files was understood. */
export interface ImportsRead {
  /** Source files. */
  readonly files: number;
  /** Files of programming languages that nobody here reads, or that could not be read. */
  readonly unread: number;
  /** Imports that should lead to a file of the repository and lead to none, or are computed. */
  readonly unresolved: number;
}

/** All that a merge order is decided on. */
export interface RiskFacts {
  /** On GitHub; null where there is no GitHub, or none that is known. */
  readonly repository: RepositoryRef | null;
  /** What the clone calls it; null where no clone is at hand, or none of its remotes is that. */
  readonly remote: string | null;
  /** The branch that all of the changes go into; its commit where a clone has it. */
  readonly base: { readonly name: string; readonly commit: string | null };
  /** Of a clone: the names of those that the base holds already. */
  readonly merged?: readonly string[];
  /** Of a clone: what `only` of the wish means, as changes are called here. */
  readonly asked?: readonly string[];
  /** Those that the base holds already are not among them. Files are read only of those that were judged. */
  readonly changes: readonly RiskChange[];
  /** Those that share something or that nobody could judge. A pair of judged changes that is not here is clean, but for `notListed`. */
  readonly pairs: readonly PairRisk[];
  /** Pairs that nobody could judge and that are too many to be here; each has a head that nobody could judge. */
  readonly unlisted?: number;
  /** All pairs that are too many to be here, by what is known of them; none when absent. */
  readonly notListed?: NotListed;
  /** By name; one that is absent was not tried, and GitHub says of none such that it conflicts. */
  readonly onBase: ReadonlyMap<string, BaseFinding | ReportedConflict>;
  /** How many files depend on a file in which changes meet; null where nobody read the imports. */
  readonly dependents: ReadonlyMap<string, number> | null;
  /** Null with `dependents`. */
  readonly imports: ImportsRead | null;
  readonly isRegenerated: (path: string) => boolean;
  /** Null where GitHub was not asked. */
  readonly mergeMethod: MergeMethod | null;
  readonly limits: OrderLimits;
  readonly gaps: readonly Gap[];
  readonly remarks: readonly string[];
  /** Of the merge order alone. */
  readonly orderRemarks: readonly string[];
}

/** What somebody wants to know. */
export interface RiskWish {
  /** `owner/repo` on GitHub. Absent with a clone: GitHub is not asked at all. */
  readonly repository?: string | undefined;
  /** A folder of this machine: a checkout, or a bare clone. */
  readonly clone?: string | undefined;
  /** The clone was fetched for this. */
  readonly isFetched?: true | undefined;
  /** A branch; default: the one that the repository has for it. */
  readonly base?: string | undefined;
  /** Without GitHub: patterns of refs that stand for open changes. */
  readonly heads?: readonly string[] | undefined;
  /** What is judged though it is left out as a rule. */
  readonly scope: QueueScope;
  /** Names of changes: only pairs with one of them are judged, and they are whatever the scope says. */
  readonly only?: readonly string[] | undefined;
  /** Also pairs one side of which does not merge onto the base: one change's are few. */
  readonly isThorough?: boolean | undefined;
  /** Who will read it: readers of the repository need not see others. Default: who asks. */
  readonly audience?: 'viewer' | 'umbrella_readers' | undefined;
  /** How long a clone may be looked into; what trial merges do not reach is estimated. Default: as long as it takes. */
  readonly seconds?: number | undefined;
  /** `7d`, `12h`: nobody should wait longer. Default: what the repository's configuration says; in a clone alone no cap. */
  readonly maxWait?: string | undefined;
}
