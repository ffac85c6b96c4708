import { formatRef, type Ref, type RepositoryRef } from '../task/identity.ts';
import type { Audience } from '../umbrella/audience.ts';
import type { DraftWaiver } from './apply-waivers.ts';
import { compareText } from './compare-refs.ts';
import type { RankedFinding } from './rank-findings.ts';
import type { Actor, CriterionResult, Finding, SourceCoverage, Waiver } from './report-schema.ts';

interface ShownFindings {
  readonly findings: readonly Finding[];
  /** By the id before: where several became one, or none, theirs. */
  readonly ids: ReadonlyMap<string, string>;
}

/**
 * The findings as their readers may know them, in the order given. What names anything that they may not see, be it only in
 * its words, becomes part of one finding per criterion and effect, which counts: no name, no person, no age, no reason.
 */
export function redactFindings(
  ranked: readonly RankedFinding[],
  { audience, nowMs, waivers }: { readonly audience: Audience; readonly nowMs: number; readonly waivers: ShownWaivers },
): ShownFindings {
  const groups = new Map<string, RankedFinding[]>();
  const ids = new Map<string, string>();
  for (const finding of ranked) {
    const id = isShown(finding, audience) ? finding.id : hiddenIdOf(finding);
    ids.set(finding.id, id);
    const group = groups.get(id);
    if (group === undefined) groups.set(id, [finding]);
    else group.push(finding);
  }
  const findings = [...groups].flatMap(([id, [first, ...more]]) => {
    if (first === undefined) return [];
    const waivedBy = first.waivedBy === null ? null : (waivers.ids.get(first.waivedBy) ?? null);
    return id === first.id
      ? showFinding(first, { audience, nowMs, waivedBy })
      : hideFindings(first, more.length + 1, { id, waivedBy });
  });
  return { findings, ids };
}

const hiddenIdOf = ({ criterion, effect, waivedBy }: RankedFinding): string =>
  `private-${criterion}-${waivedBy === null ? effect : 'waived'}`;

/** `octo/harbor#12`, `octo/harbor@1a2b3c4`. */
const NAME = /(?<![\w./-])([a-z\d][a-z\d-]*)\/([\w.-]+)(?:#\d|@[\da-f]{7})/gi;
/** Pages of GitHub; others, such as those of a CI, name no repository by their place. */
const PAGE = /:\/\/[^/\s]+\/([^/\s]+)\/([^/\s]+)\/(?:issues|pull|commits?|actions|tree|blob|compare)\b/gi;

function isShown(finding: RankedFinding, audience: Audience): boolean {
  if (audience.isViewer) return true;
  if (finding.names.some((ref) => !audience.canSeeRepository(ref))) return false;
  const { item, why, action, actor, lane } = finding;
  const texts = [item?.ref, item?.url, why, action.text, action.command, action.url, actor.name, lane];
  const evidence = finding.evidence.flatMap(({ text, url }) => [text, url]);
  return [...texts, ...evidence].every((text) => text == null || mayBeShown(text, audience));
}

/** Whether everything that a text of ours names may be seen. Gaps also name repositories as a whole. */
export function mayBeShown(text: string, audience: Audience): boolean {
  if (audience.isViewer) return true;
  const gap = UNREAD.exec(text)?.[1];
  if (gap !== undefined && audience.shownGap({ cause: 'forbidden', what: gap }).what !== gap) return false;
  return repositoriesIn(text).every((repository) => audience.canSeeRepository(repository));
}

/** As states and findings begin to tell of a gap. */
const UNREAD = /could not read (.*)/s;

function repositoriesIn(text: string): readonly RepositoryRef[] {
  if (!text.includes('/')) return [];
  const named = [...text.matchAll(NAME), ...text.matchAll(PAGE)];
  return named.map(([, owner = '', repo = '']) => ({ owner, repo }));
}

interface ShowOptions {
  readonly audience: Audience;
  readonly nowMs: number;
  readonly waivedBy: string | null;
}

function showFinding(finding: RankedFinding, { audience, nowMs, waivedBy }: ShowOptions): Finding {
  const { id, criterion, kind, effect, item, lane = null, since = null, excusedSeconds = 0 } = finding;
  const { why, actor, action, unblocks, evidence } = finding;
  return {
    id,
    criterion,
    kind,
    effect,
    item,
    lane,
    since,
    age_seconds: since === null ? null : Math.max(0, Math.floor((nowMs - Date.parse(since)) / 1000)),
    excused_seconds: excusedSeconds,
    why,
    actor,
    action,
    unblocks: nameTasks(unblocks, audience),
    evidence,
    waived_by: waivedBy,
  };
}

/** Names, and how many more there are that may not be named. */
export function nameTasks(refs: readonly Ref[], audience: Audience): readonly string[] {
  const shown = refs.filter((ref) => audience.canSeeRepository(ref));
  const hidden = refs.length - shown.length;
  const rest = hidden === 0 ? [] : [hidden === 1 ? '1 private task' : `${hidden} private tasks`];
  return [...shown.map((ref) => formatRef(ref)), ...rest];
}

const INSIDER: Actor = { name: 'somebody who may see it', kind: 'role' };

function hideFindings(
  { criterion, effect }: RankedFinding,
  count: number,
  { id, waivedBy }: { readonly id: string; readonly waivedBy: string | null },
): Finding {
  const what = count === 1 ? '1 private finding' : `${count} private findings`;
  const words = { fails: 'in the way', unknown: 'that nobody could judge', informs: 'worth knowing' };
  return {
    id,
    criterion,
    kind: 'private',
    effect,
    item: null,
    lane: null,
    since: null,
    age_seconds: null,
    excused_seconds: 0,
    why: `${what} ${words[effect]}`,
    actor: INSIDER,
    action: {
      text: 'make this report for yourself, with access to the private repositories',
      command: null,
      url: null,
    },
    unblocks: [],
    evidence: [],
    waived_by: waivedBy,
  };
}

interface ShownWaivers {
  /** In the order given; what is hidden comes last. */
  readonly waivers: readonly Waiver[];
  /** By the id before. */
  readonly ids: ReadonlyMap<string, string>;
}

/** What a waiver of something private says, and who wrote it, is not told. */
export function redactWaivers(drafts: readonly DraftWaiver[], audience: Audience): ShownWaivers {
  const ids = new Map<string, string>();
  const open = drafts.filter(({ facts, shown }) => isWaiverShown(facts.item, shown, audience));
  const hidden = drafts.filter((draft) => !open.includes(draft)).toSorted(byWhatIsTold);
  const renamed = hidden.map(({ shown }, index) => {
    const id = `waiver-private-${index + 1}`;
    ids.set(shown.id, id);
    const { criterion, until, state } = shown;
    const why = HIDDEN_WAIVER[state];
    return {
      id,
      by: 'somebody',
      reason: 'about something private',
      item: null,
      criterion,
      until,
      sha: null,
      url: null,
      state,
      why,
    };
  });
  for (const { shown } of open) ids.set(shown.id, shown.id);
  return { waivers: [...open.map(({ shown }) => shown), ...renamed], ids };
}

const HIDDEN_WAIVER: Readonly<Record<Waiver['state'], string>> = {
  active: 'it holds',
  expired: 'it ended',
  outdated: 'it holds for an older base',
  unauthorised: 'its author may not waive',
  unused: 'nothing that it names fails',
};

function isWaiverShown(item: Ref | null, { url, reason }: Waiver, audience: Audience): boolean {
  if (item !== null && !audience.canSeeRepository(item)) return false;
  return [url, reason].every((text) => text === null || mayBeShown(text, audience));
}

/** Of equal ones it does not matter which comes first, since nothing else of them is told. */
const byWhatIsTold = ({ shown: a }: DraftWaiver, { shown: b }: DraftWaiver): number =>
  compareText(`${a.until} ${a.state} ${a.criterion}`, `${b.until} ${b.state} ${b.criterion}`) ||
  compareText(a.id, b.id);

/** Criteria name nothing by their contract; this holds them to it. */
export function redactCriterion(result: CriterionResult, audience: Audience): CriterionResult {
  const texts = [result.reason, result.threshold ?? '', result.measured?.text ?? ''];
  if (texts.every((text) => mayBeShown(text, audience))) return result;
  return { ...result, measured: null, threshold: null, reason: 'something private decides' };
}

export function redactCoverage(coverage: readonly SourceCoverage[], audience: Audience): readonly SourceCoverage[] {
  return coverage.map((source) => {
    if (source.missing === null) return source;
    return { ...source, missing: audience.shownGap({ cause: 'forbidden', what: source.missing }).what };
  });
}
