import { formatRef, refKey } from '../task/identity.ts';
import { compareNames, compareText } from './compare-refs.ts';
import { hashedId, numberTwins } from './hashed-id.ts';
import type { NamedFinding, WaivableFinding } from './judge-criteria.ts';
import type { ReadinessFacts, WaiverFacts } from './readiness-facts.ts';
import { CRITERION_IDS, type Waiver } from './report-schema.ts';

export interface DraftWaiver {
  readonly facts: WaiverFacts;
  readonly shown: Waiver;
}

interface WaiversApplied {
  readonly findings: readonly WaivableFinding[];
  /** By item, criterion and the end of their time. */
  readonly waivers: readonly DraftWaiver[];
}

/**
 * Sets aside what somebody with the right to do so has waived. A waiver holds for what fails, never for what nobody knows,
 * until its time and on its base; after that the finding is in the way again. It names an item, a criterion or both: one
 * that names neither holds for nothing. The first that fits, by name, is the one that is told.
 */
export function applyWaivers(findings: readonly NamedFinding[], facts: ReadinessFacts): WaiversApplied {
  const all = facts.waivers.known ? nameWaivers(facts.waivers.value) : [];
  const inForce = new Map<string, NamedWaiver>();
  for (const waiver of all.toReversed())
    if (problemOf(waiver.facts, facts) === null) inForce.set(reachOf(waiver.facts), waiver);
  const used = new Set<string>();
  const waived = findings.map((finding): WaivableFinding => {
    const fitting = finding.effect === 'fails' ? reachesOver(finding).filter((reach) => inForce.has(reach)) : [];
    for (const reach of fitting) used.add(reach);
    const ids = fitting.flatMap((reach) => inForce.get(reach)?.id ?? []);
    return { ...finding, waivedBy: ids.toSorted(compareText)[0] ?? null };
  });
  const waivers = all.map(({ id, facts: waiver }) => ({
    facts: waiver,
    shown: showWaiver(waiver, id, problemOf(waiver, facts) ?? useOf(waiver, used)),
  }));
  return { findings: waived, waivers: waivers.sort((a, b) => compareWaivers(a.shown, b.shown)) };
}

/** Those of a whole criterion come first: they reach furthest. */
const compareWaivers = (a: Waiver, b: Waiver): number =>
  compareNames(a.item ?? '', b.item ?? '') ||
  criterionPlace(a) - criterionPlace(b) ||
  compareText(a.until, b.until) ||
  compareText(a.id, b.id);

/** As in the table of criteria; all of them, -1, before one. */
const criterionPlace = ({ criterion }: Waiver): number => (criterion === null ? -1 : CRITERION_IDS.indexOf(criterion));

interface NamedWaiver {
  readonly id: string;
  readonly facts: WaiverFacts;
}

function nameWaivers(waivers: readonly WaiverFacts[]): readonly NamedWaiver[] {
  const named = waivers.map((facts) => {
    const { by, writtenAt, reason, item, criterion, until, sha, url } = facts;
    const parts = [by, writtenAt, reason, item === null ? null : refKey(item), criterion, until, sha, url];
    return { id: hashedId('waiver', parts), facts };
  });
  return numberTwins(named.sort((a, b) => compareText(a.id, b.id)));
}

interface WaiverStanding {
  readonly state: Waiver['state'];
  readonly why: string;
}

/** Null where it holds. */
function problemOf(waiver: WaiverFacts, { now, scope }: ReadinessFacts): WaiverStanding | null {
  if (waiver.holdsOnlyIn !== undefined)
    return {
      state: 'unauthorised',
      why: `it was written in ${waiver.holdsOnlyIn}, and could set aside items there alone`,
    };
  if (!waiver.isAuthorised) return { state: 'unauthorised', why: 'its author may not waive: that takes write access' };
  if (Date.parse(waiver.until) <= Date.parse(now)) return { state: 'expired', why: `it ended on ${waiver.until}` };
  if (waiver.sha !== null && !isSameCommit(waiver.sha, scope.baseSha)) {
    return { state: 'outdated', why: `it holds for the base ${waiver.sha.slice(0, 7)}, which is no longer the newest` };
  }
  if (waiver.item === null && waiver.criterion === null) {
    return { state: 'unused', why: 'it names neither an item nor a criterion' };
  }
  return null;
}

/** Shas in waivers may be written short. */
const isSameCommit = (sha: string, base: string | null): boolean =>
  sha !== '' && (base?.toLowerCase().startsWith(sha.toLowerCase()) ?? false);

const ANY = '*';
const reach = (item: string, criterion: string): string => `${item} ${criterion}`;

const reachOf = ({ item, criterion }: WaiverFacts): string =>
  reach(item === null ? ANY : refKey(item), criterion ?? ANY);

function reachesOver({ item, criterion }: NamedFinding): readonly string[] {
  const key = item?.ref.toLowerCase();
  const wide = [reach(ANY, criterion)];
  return key === undefined ? wide : [reach(key, criterion), reach(key, ANY), ...wide];
}

function useOf(waiver: WaiverFacts, used: ReadonlySet<string>): WaiverStanding {
  if (used.has(reachOf(waiver))) return { state: 'active', why: `it holds until ${waiver.until}` };
  return { state: 'unused', why: 'nothing that it names fails' };
}

function showWaiver(waiver: WaiverFacts, id: string, { state, why }: WaiverStanding): Waiver {
  const { by, reason, item, criterion, until, sha, url } = waiver;
  return { id, by, reason, item: item === null ? null : formatRef(item), criterion, until, sha, url, state, why };
}
