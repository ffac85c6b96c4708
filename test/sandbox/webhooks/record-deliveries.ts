import { type Delivery, webhookDeliveries } from '../../../src/sandbox/webhooks/webhook-deliveries.ts';
import type { World } from '../../../src/sandbox/world.ts';
import { validateWebhook } from '../openapi-validator.ts';

/** Collects what a world would send from now on, each payload as it is when the event happens. */
export function recordDeliveries(world: World): Delivery[] {
  const deliveries: Delivery[] = [];
  world.listeners.add((event) => {
    for (const delivery of webhookDeliveries(world, event)) deliveries.push(structuredClone(delivery));
  });
  return deliveries;
}

/** `issues.opened octo/home#1`: what a delivery is about, for lists that are easy to compare. */
export function nameOf({ event, action, payload }: Delivery): string {
  return [action === null ? event : `${event}.${action}`, subjectOf(payload)].filter((part) => part !== '').join(' ');
}

/** What GitHub's own description finds wrong with each delivery. */
export function problemsOf(deliveries: readonly Delivery[]): string[] {
  return deliveries.flatMap(({ event, action, payload }) =>
    validateWebhook(event, action, JSON.parse(JSON.stringify(payload))).map(
      (problem) => `${event}.${action} ${problem}`,
    ),
  );
}

function subjectOf(payload: Delivery['payload']): string {
  const repository = field(payload.repository, 'full_name');
  const number = field(payload.issue ?? payload.pull_request, 'number');
  return number === '' ? repository : `${repository}#${number}`;
}

function field(value: unknown, name: string): string {
  return typeof value === 'object' && value !== null ? String(Reflect.get(value, name) ?? '') : '';
}
