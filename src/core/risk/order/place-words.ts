import type { MergePlace, PlaceReason } from './explain-places.ts';

/** What one choice costs: `#12 first makes 3 rebase, last makes 1`. Names are as given: neutralise them before they are shown. */
export function choiceInWords({ name, first, last }: Pick<MergePlace, 'name' | 'first' | 'last'>): string {
  return `${name} first makes ${numberInWords(first.hits)} rebase, last makes ${numberInWords(last.hits)}`;
}

/** Why a change stands at its place. */
export function reasonInWords(reason: PlaceReason): string {
  switch (reason.kind) {
    case 'not_ready':
      return reason.waitsFor.length === 0 ? 'not ready' : `waits for ${reason.waitsFor.join(', ')}, not ready`;
    case 'overdue':
      return overdueInWords(reason);
    case 'priority':
      return `priority ${reason.priority}`;
    case 'needed_by':
      return `${reason.names.join(', ')} with priority needs it`;
    case 'depends_on':
      return `depends on ${reason.names.join(', ')}`;
    case 'free':
      return 'conflicts with nothing that waits';
    case 'independent':
      return 'merges before all that it conflicts with';
    case 'rest':
      return 'merges after something that it conflicts with';
  }
}

function overdueInWords({ waitedDays, mergedDays, maxWaitDays }: Extract<PlaceReason, { kind: 'overdue' }>): string {
  const waited = Math.floor(waitedDays);
  const days = `${waited} ${waited === 1 ? 'day' : 'days'}`;
  if (waitedDays > maxWaitDays) return `has waited ${days} (cap ${capInWords(maxWaitDays)})`;
  if (mergedDays !== null && mergedDays > maxWaitDays + 1e-6)
    return `has waited ${days}: more are due than can be merged within the cap of ${capInWords(maxWaitDays)}`;
  return `has waited ${days}: further back it, or what needs it, would pass the cap of ${capInWords(maxWaitDays)}`;
}

/** As it is configured: days, else hours. */
function capInWords(days: number): string {
  if (Number.isInteger(days)) return `${days} ${days === 1 ? 'day' : 'days'}`;
  const hours = Math.round(days * 240) / 10;
  return `${hours} ${hours === 1 ? 'hour' : 'hours'}`;
}

/** An estimate is never told as a whole number unless it is one. */
const numberInWords = (hits: number): string =>
  Math.abs(hits - Math.round(hits)) < 1e-9 ? `${Math.round(hits)}` : `about ${hits.toFixed(1)}`;
