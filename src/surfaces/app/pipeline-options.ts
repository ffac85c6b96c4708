import type { Ref } from '../../core/task/identity.ts';
import type { Mirrors } from '../../git/mirrors.ts';
import type { OperationContext } from '../../operations/operation.ts';
import type { RefreshResult } from '../../operations/refresh-rollup.ts';
import type { WaitClock } from '../../operations/wait-clock.ts';
import type { Activity } from './activity.ts';
import type { AppLog } from './app-log.ts';
import type { InstallationClients } from './installation-clients.ts';
import type { OwnIdentity } from './payload-subjects.ts';

export interface RefreshEvent {
  readonly umbrella: Ref;
  readonly installationId: number;
  readonly result: RefreshResult;
  /** What may be shown has changed. */
  readonly corrects: boolean;
}

export interface Pacing {
  /** A burst is over when nothing has come for this long … */
  readonly quietMs: number;
  /** … and is cut after this long; refreshes of one umbrella start at least as far apart. */
  readonly maxWaitMs: number;
  /** How long GitHub's replicas get to catch up before a read that contradicts an event is repeated. */
  readonly staleReadMs: number;
  /** Pauses before further refreshes while GitHub still contradicts an event. */
  readonly staleRetryDelaysMs: readonly number[];
  readonly retryDelaysMs: readonly number[];
}

/** What operations get of the store. */
export type StoreUse = Pick<OperationContext, 'store' | 'isStoreOpen' | 'isTimeGiven'>;

export interface PipelineOptions {
  readonly clients: InstallationClients;
  /** The GitHub that the App serves (`originOf`). */
  readonly origin: string;
  readonly own: OwnIdentity;
  readonly pacing: Pacing;
  readonly activity: Activity;
  readonly now: () => string;
  readonly store: StoreUse;
  /** What bulk writes and looks into the store are paced by. */
  readonly clock: WaitClock;
  /** Where the App keeps its clones; absent: risk is estimated. */
  readonly clones?: Mirrors;
  readonly log: AppLog;
  readonly onRefresh: (event: RefreshEvent) => void;
  /** Deliveries that came to nothing in the end: a redelivery of them must not count as a repetition. */
  readonly onGivenUp: (deliveryIds: readonly string[]) => void;
}
