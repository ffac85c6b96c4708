import { refKey } from '../../core/task/identity.ts';
import { findAffectedUmbrellas } from '../../operations/find-affected-umbrellas.ts';
import { describeSubject, type Subject, subjectKey } from '../../operations/subject.ts';
import { createCoalescer } from './coalescer.ts';
import type { PipelineOptions } from './pipeline-options.ts';
import type { RefreshMemory } from './refresh-memory.ts';
import type { RefreshQueue } from './refresh-queue.ts';
import { isWorthRetrying, renewAfter } from './with-client.ts';

/** A subject on its way to its umbrellas. */
interface Lead {
  readonly subject: Subject;
  readonly deliveryId: string | null;
  readonly failures: number;
}

interface LeadFollower {
  follow(installationId: number, subjects: readonly Subject[], deliveryId: string | null): void;
  flushNow(): void;
}

interface Downstream {
  readonly queue: RefreshQueue;
  readonly memory: RefreshMemory;
}

/** Gathers subjects until a burst is over, asks once which umbrellas they touch, and has each of those refreshed. */
export function createLeadFollower(options: PipelineOptions, { queue, memory }: Downstream): LeadFollower {
  const { activity, pacing } = options;
  const ends = new Map<number, () => void>();

  const gatherer = createCoalescer<number, Lead>({
    quietMs: pacing.quietMs,
    maxWaitMs: pacing.maxWaitMs,
    flush: (installationId, leads) => {
      const end = ends.get(installationId);
      ends.delete(installationId);
      activity.track(followAll(installationId, leads));
      end?.();
    },
  });
  const gather = (installationId: number, leads: readonly Lead[]) => {
    if (leads.length === 0) return;
    if (!ends.has(installationId)) ends.set(installationId, activity.begin());
    gatherer.add(installationId, leads);
  };
  const followAll = async (installationId: number, leads: readonly Lead[]): Promise<void> => {
    const subjects = [...new Map(leads.map(({ subject }) => [subjectKey(subject), subject])).values()];
    try {
      const github = await options.clients.of(installationId);
      const found = await findAffectedUmbrellas({ github }, subjects);
      const request = {
        installationId,
        deliveryIds: deliveriesOf(leads),
        expectations: subjects.flatMap(expectationOf),
        corrects: subjects.some(isCorrecting),
      };
      const shown = subjects.flatMap((subject) =>
        subject.kind === 'pull_request' ? memory.umbrellasShowing(subject.ref) : [],
      );
      const umbrellas = new Map([...found.umbrellas, ...shown].map((umbrella) => [refKey(umbrella), umbrella]));
      for (const umbrella of umbrellas.values()) queue.enqueue({ ...request, umbrella });
      for (const { what } of found.gaps) {
        options.log('warn', `left out: ${what}`, { deliveryIds: request.deliveryIds });
      }
      for (const { subject, cause } of found.failed) retry(installationId, leadsTo(subject, leads), cause);
    } catch (cause) {
      retry(installationId, leads, cause);
    }
  };
  const retry = (installationId: number, leads: readonly Lead[], cause: unknown) => {
    renewAfter(options.clients, installationId, cause);
    const failures = Math.max(...leads.map((lead) => lead.failures));
    const delayMs = pacing.retryDelaysMs[failures];
    if (delayMs === undefined || !isWorthRetrying(cause)) {
      giveUp(leads, cause, options);
      return;
    }
    const again = leads.map((lead) => ({ ...lead, failures: failures + 1 }));
    const end = activity.begin();
    setTimeout(() => {
      gather(installationId, again);
      end();
    }, delayMs).unref();
  };
  return {
    follow: (installationId, subjects, deliveryId) =>
      gather(
        installationId,
        subjects.map((subject) => ({ subject, deliveryId, failures: 0 })),
      ),
    flushNow: gatherer.flushNow,
  };
}

/** A repository that failed may have been looked at because of its whole installation. */
function leadsTo(subject: Subject, leads: readonly Lead[]): readonly Lead[] {
  const key = subjectKey(subject);
  const own = leads.filter((lead) => subjectKey(lead.subject) === key);
  if (own.length > 0) return own;
  return leads.filter((lead) => lead.subject.kind === 'installation').map((lead) => ({ ...lead, subject }));
}

function giveUp(leads: readonly Lead[], cause: unknown, { log, onGivenUp }: PipelineOptions): void {
  const deliveryIds = deliveriesOf(leads);
  const what = [...new Set(leads.map(({ subject }) => describeSubject(subject)))].join(', ');
  log('error', `could not find the umbrellas that ${what} concerns`, { deliveryIds, cause });
  onGivenUp(deliveryIds);
}

const deliveriesOf = (leads: readonly Lead[]): readonly string[] => [
  ...new Set(leads.flatMap(({ deliveryId }) => deliveryId ?? [])),
];

const expectationOf = (subject: Subject) => ('expect' in subject ? (subject.expect ?? []) : []);

const isCorrecting = (subject: Subject): boolean => 'corrects' in subject && subject.corrects === true;
