import type { WebhookSender } from '../webhooks/webhook-sender.ts';
import type { World } from '../world.ts';
import type { Faults } from './faults.ts';
import type { GitFolders } from './git-folders.ts';
import type { RateLimiter } from './rate-limiter.ts';
import type { RecordingLog } from './request-log.ts';
import type { StaleReads } from './stale-world.ts';

/** Everything that the requests of one sandbox share. */
export interface SandboxState {
  readonly world: World;
  readonly clock: () => Date;
  /** The sandbox's root, without a slash at its end. */
  readonly baseUrl: string;
  readonly limiter: RateLimiter;
  readonly faults: Faults;
  readonly stale: StaleReads;
  readonly log: RecordingLog;
  readonly gitFolders: GitFolders;
  readonly webhooks: WebhookSender | null;
  /** Aborted on close, which ends requests left hanging. */
  readonly closing: AbortSignal;
}
