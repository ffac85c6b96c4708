import type { Config } from '../config.ts';
import type { Instant } from '../task/facts.ts';
import type { Ref } from '../task/identity.ts';
import type { AssessedWork } from '../umbrella/assess-work.ts';
import type { ReadinessFacts } from './readiness-facts.ts';
import type { Action, Actor, CriterionId, Evidence, Finding, Measure, ReportItemName } from './report-schema.ts';

/** What a criterion judges with, besides the facts. */
export interface ReadinessView {
  readonly facts: ReadinessFacts;
  readonly config: Config;
  /** States, links and children, each worked out once. */
  readonly work: AssessedWork;
}

/** A finding before its readers are known: the report names nothing that they may not see. */
export interface DraftFinding {
  readonly kind: string;
  /** Tells findings of one kind on one item apart, such as the name of a check. */
  readonly part?: string;
  readonly effect: Finding['effect'];
  readonly item: ReportItemName | null;
  /** Whatever its words name besides the item: where the readers may not see one of them, the finding is only counted. */
  readonly names: readonly Ref[];
  readonly lane?: string | null;
  readonly since?: Instant | null;
  readonly excusedSeconds?: number;
  readonly why: string;
  readonly actor: Actor;
  readonly action: Action;
  readonly evidence: readonly Evidence[];
  /** Absent where the action mends it. False: an unknown that nothing anybody can do here would end. */
  readonly isMendable?: false;
}

/** What a criterion says. Its outcome follows from its findings: see `judge-criteria`. */
export interface Judgement {
  /** False: nothing configured or nothing in the scope asks for it; then there are no findings. */
  readonly applies: boolean;
  readonly measured: Measure | null;
  readonly threshold: string | null;
  /** One sentence, which counts and names no item: it is shown to readers who may not see them all. */
  readonly reason: string;
  readonly findings: readonly DraftFinding[];
}

/** One thing that readiness checks. One file each, in `criteria/`. */
export interface Criterion {
  readonly id: CriterionId;
  /** `Completion`. */
  readonly title: string;
  /** Whether a failure blocks where nothing is configured. */
  readonly blocksByDefault: boolean;
  /** Whether it speaks for everything in scope: then it is unknown at best where that could not be read in full. */
  readonly isOfScope: (config: Config) => boolean;
  readonly judge: (view: ReadinessView) => Judgement;
}
