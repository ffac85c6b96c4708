import { createHash } from 'node:crypto';
import type { World, WorldEvent } from '../world.ts';
import { createDeliveryQueue, type DeliveryLogEntry, type Parcel } from './delivery-queue.ts';
import { webhookDeliveries } from './webhook-deliveries.ts';
import { controlFaults, type FaultState, type WebhookFaults } from './webhook-faults.ts';

export interface WebhookSender {
  /** Oldest first. */
  readonly log: readonly DeliveryLogEntry[];
  readonly faults: WebhookFaults;
  /** Sends the delivery of a log entry again, byte for byte and under its guid; false when there is no such entry. */
  redeliver(id: number): Promise<boolean>;
  /** Resolves once everything that was announced so far is delivered, held back ones included. */
  settled(): Promise<void>;
  /** Stops listening; what is under way is given up. */
  stop(): void;
}

/**
 * Sends what happens in a world to the webhook addresses of its Apps: signed, in order for each App, one at a time.
 * Payloads are written when the event happens, as GitHub does. Apps without an address get nothing.
 */
export function createWebhookSender(options: { readonly world: World; readonly baseUrl: string }): WebhookSender {
  const { world, baseUrl } = options;
  const state: FaultState = { lost: 0, repeated: 0, delayMs: 0, windowSize: 1 };
  const queue = createDeliveryQueue(world, state);
  const held: Parcel[] = [];
  let count = 0;
  const flush = () => {
    // Held back are at most as many as the window is wide: one, unless deliveries are being reordered.
    for (const parcel of held.splice(0).reverse()) queue.send(parcel);
  };
  const listener = (event: WorldEvent) => {
    for (const { payload, ...delivery } of webhookDeliveries(world, event, baseUrl)) {
      if (world.apps.get(delivery.appId)?.webhookUrl == null) continue;
      count += 1;
      held.push({ ...delivery, guid: guidOf(count), body: JSON.stringify(payload) });
      if (held.length >= state.windowSize) flush();
    }
  };
  world.listeners.add(listener);
  return {
    log: queue.log,
    faults: controlFaults(state, flush),
    redeliver: queue.redeliver,
    settled: () => {
      flush();
      return queue.drained();
    },
    stop: () => {
      world.listeners.delete(listener);
      queue.abort();
    },
  };
}

/** A GUID that looks like GitHub's and is the same in every run. */
function guidOf(count: number): string {
  const hash = createHash('sha1').update(`delivery ${count}`).digest('hex');
  return hash.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
}
