import type { Change } from '../src/core/change.ts';
import type { Reading } from '../src/core/reading.ts';
import type { Ref } from '../src/core/task/identity.ts';
import type { OperationContext } from '../src/operations/operation.ts';
import type { ActionInputs } from './read-inputs.ts';
import type { WorkflowRun } from './workflow-run.ts';

/** What `command:` names: one file below `commands/`, one line in `commands.ts`. */
export interface ActionCommand {
  /** Whether it comes to a decision; `fail-on` means nothing to one that does not. */
  readonly isJudge: boolean;
  readonly run: (job: ActionJob) => Promise<ActionReport>;
}

export interface ActionJob {
  readonly context: OperationContext;
  readonly inputs: ActionInputs;
  readonly workflow: WorkflowRun;
  /**
   * Folder of a bare clone with the base branches, those named here and the heads of the open pull requests. It is fetched
   * when first asked for, apart from any checkout, and goes when the Action ends.
   */
  readonly cloneAtHand: (branches?: readonly string[]) => Promise<Reading<string>>;
}

/** What a command found. Everything in it may be shown to all who can read the repository. */
export interface ActionReport {
  /** Null: it judges nothing. */
  readonly decision: 'go' | 'no_go' | 'unknown' | null;
  /** One line, plain text. */
  readonly headline: string;
  readonly blockingCount: number;
  /** All of it, however long: the file `report.md`, and the summary as far as GitHub shows it. */
  readonly markdown: string;
  /** The same within 60,000 bytes, by the judgement of the command; without it comment and check run have the beginning. */
  readonly brief?: string;
  /** Markdown for the job's summary alone, below what it says first: bars and charts. */
  readonly charts: readonly string[];
  /** `report.json`, and whatever else is worth keeping; `report.md` is the Markdown. */
  readonly files: readonly ReportFile[];
  /** The worst first. */
  readonly findings: readonly ReportedFinding[];
  /** Outputs of its own. */
  readonly outputs: Readonly<Record<string, string>>;
  readonly comment: ReportedComment;
}

export interface ReportFile {
  readonly name: `${string}.${'json' | 'html' | 'svg'}`;
  readonly text: string;
}

/** Becomes an annotation. Texts are as somebody wrote them. */
export interface ReportedFinding {
  readonly level: 'error' | 'warning' | 'notice';
  readonly title: string;
  readonly text: string;
  /** From the root of the repository. */
  readonly file?: string;
  /** Of that file, from 1. */
  readonly line?: number;
}

export type ReportedComment =
  /** The report's Markdown, on the issue or pull request that inputs and event name. */
  | { readonly kind: 'report'; readonly marker: string }
  /** The command itself knows what to write. */
  | { readonly kind: 'own'; readonly on: Ref; readonly changes: readonly Change[]; readonly withheld: string | null };
