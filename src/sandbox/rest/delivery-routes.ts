import { type Answer, notFound, ok } from '../http/answer.ts';
import { readPage } from '../http/pages.ts';
import type { DeliveryLogEntry } from '../webhooks/delivery-queue.ts';
import type { RestCall, RestRoute } from './route.ts';

const BY_APP = { by: 'app' } as const;

/** How an App finds out about deliveries that failed, and has them sent again; empty when the sandbox sends none. */
export const DELIVERY_ROUTES: readonly RestRoute[] = [
  {
    method: 'GET',
    path: '/app/hook/deliveries',
    operation: 'apps/list-webhook-deliveries',
    needs: BY_APP,
    answer: listDeliveries,
  },
  {
    method: 'POST',
    path: '/app/hook/deliveries/:delivery_id/attempts',
    operation: 'apps/redeliver-webhook-delivery',
    needs: BY_APP,
    answer: redeliver,
  },
];

/** Newest first. Pages are turned by `cursor`, the id of the last delivery seen, and only forwards. */
function listDeliveries(call: RestCall): Answer {
  const { perPage } = readPage(call.query);
  const cursor = Number(call.query.get('cursor') ?? Number.POSITIVE_INFINITY);
  const status = call.query.get('status');
  const wanted = deliveriesOf(call)
    .filter((entry) => entry.id < cursor && (status === null || (status === 'success') === isSuccess(entry)))
    .reverse();
  const page = wanted.slice(0, perPage);
  const last = page.at(-1);
  const next = new URL(call.url);
  next.searchParams.set('cursor', String(last?.id ?? 0));
  const headers = last !== undefined && wanted.length > perPage ? { link: `<${next.href}>; rel="next"` } : {};
  return { ...ok(page.map(showDelivery)), headers };
}

/** Accepted at once; the delivery itself comes later, under the same guid. */
function redeliver(call: RestCall): Answer {
  const id = Number(call.parameters.delivery_id);
  if (!deliveriesOf(call).some((entry) => entry.id === id)) return notFound();
  void call.webhooks?.redeliver(id);
  return { status: 202, body: {} };
}

function deliveriesOf({ webhooks, viewer }: RestCall): readonly DeliveryLogEntry[] {
  return (webhooks?.log ?? []).filter(({ appId }) => appId === viewer.appId);
}

function isSuccess({ status }: DeliveryLogEntry): boolean {
  return status >= 200 && status < 400;
}

function showDelivery(entry: DeliveryLogEntry) {
  return {
    id: entry.id,
    guid: entry.guid,
    delivered_at: entry.deliveredAt,
    redelivery: entry.redelivery,
    duration: 0.1,
    status: isSuccess(entry) ? 'OK' : entry.status === 0 ? 'timed out' : `Invalid HTTP Response: ${entry.status}`,
    status_code: entry.status,
    event: entry.event,
    action: entry.action,
    installation_id: entry.installationId,
    repository_id: entry.repositoryId,
    throttled_at: null,
  };
}
