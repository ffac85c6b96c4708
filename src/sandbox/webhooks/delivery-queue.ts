import { setTimeout as sleep } from 'node:timers/promises';
import type { World } from '../world.ts';
import { postDelivery } from './post-delivery.ts';
import type { FaultState } from './webhook-faults.ts';

/** A delivery ready to go out. */
export interface Parcel {
  readonly guid: string;
  readonly appId: number;
  readonly installationId: number;
  readonly repositoryId: number | null;
  readonly event: string;
  readonly action: string | null;
  readonly body: string;
}

/** One attempt to deliver, as `GET /app/hook/deliveries` lists it. */
export interface DeliveryLogEntry extends Omit<Parcel, 'body'> {
  readonly id: number;
  readonly deliveredAt: string;
  /** HTTP status of the hook's answer; 0 when it never arrived or nobody answered. */
  readonly status: number;
  readonly redelivery: boolean;
}

export interface DeliveryQueue {
  readonly log: readonly DeliveryLogEntry[];
  send(parcel: Parcel): void;
  redeliver(id: number): Promise<boolean>;
  /** Resolves when no delivery is waiting or under way. */
  drained(): Promise<void>;
  abort(): void;
}

const FIRST_DELIVERY_ID = 70_000_001;

/** Delivers one parcel after the other, a queue for each App, suffering the faults that are set when it is sent. */
export function createDeliveryQueue(world: World, faults: FaultState): DeliveryQueue {
  const log: DeliveryLogEntry[] = [];
  const parcels: Parcel[] = [];
  const tails = new Map<number, Promise<void>>();
  const aborter = new AbortController();

  const enqueue = (parcel: Parcel, how: { readonly isLost: boolean; readonly isRedelivery: boolean }) => {
    const tail = (tails.get(parcel.appId) ?? Promise.resolve()).then(() => deliver(parcel, how));
    tails.set(parcel.appId, tail);
    return tail;
  };
  const deliver = async (parcel: Parcel, how: { readonly isLost: boolean; readonly isRedelivery: boolean }) => {
    if (faults.delayMs > 0) await sleep(faults.delayMs, undefined, { signal: aborter.signal }).catch(() => undefined);
    const app = world.apps.get(parcel.appId);
    if (aborter.signal.aborted || app?.webhookUrl == null) return;
    const post = { ...parcel, url: app.webhookUrl, secret: app.webhookSecret, signal: aborter.signal };
    const status = how.isLost ? 0 : await postDelivery(post);
    const { body, ...named } = parcel;
    const id = FIRST_DELIVERY_ID + parcels.push(parcel) - 1;
    log.push({ id, ...named, deliveredAt: world.now(), status, redelivery: how.isRedelivery });
  };
  return {
    log,
    send: (parcel) => {
      const isLost = take(faults, 'lost');
      const times = take(faults, 'repeated') ? 2 : 1;
      for (let time = 0; time < times; time += 1) enqueue(parcel, { isLost, isRedelivery: false });
    },
    redeliver: async (id) => {
      const parcel = parcels[id - FIRST_DELIVERY_ID];
      if (parcel === undefined) return false;
      await enqueue(parcel, { isLost: false, isRedelivery: true });
      return true;
    },
    drained: async () => {
      // What is delivered may set off more: wait until no queue has grown meanwhile.
      for (let seen: Promise<void>[] = []; !isSame(seen, [...tails.values()]); await Promise.all(seen)) {
        seen = [...tails.values()];
      }
    },
    abort: () => aborter.abort(),
  };
}

function take(faults: FaultState, fault: 'lost' | 'repeated'): boolean {
  if (faults[fault] === 0) return false;
  faults[fault] -= 1;
  return true;
}

const isSame = (one: readonly unknown[], other: readonly unknown[]) =>
  one.length === other.length && one.every((entry, index) => entry === other[index]);
