import { nameOfVersion } from '../config-version.ts';
import { inWords } from '../in-words.ts';
import { neutralizeInHtml, neutralizeInline, renderLink } from '../markdown.ts';
import { ROLLUP_MARKER } from '../marker.ts';
import type { Gap } from '../reading.ts';
import { refKey } from '../task/identity.ts';
import { shortenRefs } from '../task/shorten-refs.ts';
import { neutralizePiece, renderAttention, renderEvidence, renderRow, TABLE_HEAD } from './comment-rows.ts';
import { renderBar, renderCounts } from './comment-words.ts';
import { byteLength, fitLines } from './fit-lines.ts';
import { percentWords } from './progress-words.ts';
import { renderInstant } from './render-times.ts';
import type { AttentionItem, ChildRollup, IntegrationReadiness, IntegrationReason, Rollup } from './rollup.ts';

/** GitHub refuses comments over 65,536 characters; bytes are the safer measure. */
const MAX_BYTES = 60_000;

/** Bytes that all of it and each part may take at most, and lanes shown; the lanes get what the others leave. */
interface Room {
  readonly all: number;
  readonly attention: number;
  readonly table: number;
  readonly reasons: number;
  readonly remarks: number;
  readonly gaps: number;
  readonly lanes: number;
}

const ROOM: Room = {
  ...{ all: MAX_BYTES, attention: 9_000, table: 32_000, reasons: 5_000, remarks: 2_500, gaps: 2_500 },
  lanes: 30,
};

const NO_LIMIT = Number.POSITIVE_INFINITY;
const UNLIMITED: Room = {
  ...{ all: NO_LIMIT, attention: NO_LIMIT, table: NO_LIMIT, reasons: NO_LIMIT, remarks: NO_LIMIT, gaps: NO_LIMIT },
  lanes: NO_LIMIT,
};

/**
 * The rollup as a comment on the umbrella: GitHub-flavoured Markdown under 60,000 bytes, starting with the marker. What
 * does not fit is counted ("12 more"), never cut in the middle.
 *
 * Everything that people wrote is neutralised, so that it pings nobody and closes nothing. The tasks themselves are
 * linked by their full address: GitHub may note in a task's timeline that the umbrella mentions it, as it does for every
 * link to an issue. It does so once for each pair of umbrella and task, when the task first appears; editing the comment
 * adds no second note. (GitHub documents neither; the sandbox cannot show it.) Text that could name other issues is not
 * linked at all.
 */
export const renderRollupComment = (rollup: Rollup): string =>
  renderWithin(rollup, ROOM, '; edited in place by Parasol.');

/** The same however long it is, for a file, which nobody edits. */
export const renderWholeRollup = (rollup: Rollup): string => renderWithin(rollup, UNLIMITED, '.');

/** `end`: what follows the time, on what becomes of the text. */
function renderWithin(rollup: Rollup, limits: Room, end: string): string {
  const before = [ROLLUP_MARKER, ...headline(rollup), ...attentionPart(rollup, limits), ...tablePart(rollup, limits)];
  const after = [
    ...reasonsPart(rollup, limits),
    ...remarksPart(rollup, limits),
    ...gapsPart(rollup, limits),
    ...footer(rollup, end),
  ];
  const room = limits.all - byteLength([...before, ...after].join('\n')) - 200;
  return [...before, ...lanesPart(rollup, room, limits), ...after].join('\n');
}

function headline(rollup: Rollup): readonly string[] {
  const { umbrella, progress, wholeTree } = rollup;
  const tree = wholeTree === null ? [] : [`Whole tree: ${percentWords(wholeTree)} · ${renderCounts(wholeTree)}`, ''];
  return [
    `### ☂️ ${neutralizeInline(umbrella.title, 160)}`,
    '',
    `${renderBar(progress)} **${percentWords(progress)}**`.trim(),
    '',
    renderCounts(progress),
    '',
    ...tree,
    verdictLine(rollup.integration),
    '',
  ];
}

const VERDICTS: Readonly<Record<IntegrationReadiness['verdict'], string>> = {
  go: '🟢 **Integration: go**',
  no_go: '🔴 **Integration: no-go**',
  unknown: '❔ **Integration: unknown**',
};

function verdictLine({ verdict, reasons }: IntegrationReadiness): string {
  const blocking = reasons.filter((reason) => reason.effect === 'blocks').length;
  const unread = reasons.length - blocking;
  const parts = [
    ...(blocking > 0 ? [`${blocking} in the way`] : []),
    ...(unread > 0 ? [`${unread} could not be judged`] : []),
  ];
  return [VERDICTS[verdict], ...parts].join(' · ');
}

const MAX_ATTENTION = 7;

function attentionPart(rollup: Rollup, { attention }: Room): readonly string[] {
  if (rollup.attention.length === 0) return [];
  const children = new Map(rollup.children.map((child) => [refKey(child.ref), child]));
  const render = (item: AttentionItem): string =>
    renderAttention(item, children.get(refKey(item.ref)), rollup.umbrella.ref);
  const more = (count: number): string => `- … ${count} more in the table`;
  const limits = { maxBytes: attention, maxLines: MAX_ATTENTION, more };
  return ['#### Needs attention first', '', ...fitLines(rollup.attention, render, limits), ''];
}

function tablePart(rollup: Rollup, { table }: Room): readonly string[] {
  if (rollup.children.length === 0) return notShown(rollup);
  const render = (child: ChildRollup): string => renderRow(child, rollup.umbrella.ref);
  const more = (count: number): string => `| … ${count} more | | | | |`;
  const rows = fitLines(rollup.children, render, { maxBytes: table, more });
  return [...TABLE_HEAD, ...rows, '', ...notShown(rollup)];
}

function notShown({ privateChildren, unreadChildren }: Rollup): readonly string[] {
  const hidden = privateChildren === 1 ? '1 private task is' : `${privateChildren} private tasks are`;
  const unread = unreadChildren === 1 ? '1 child' : `${unreadChildren} children`;
  return [
    ...(privateChildren > 0 ? [`${hidden} counted, not shown.`, ''] : []),
    ...(unreadChildren > 0 ? [`${unread} could not be read and count as unknown.`, ''] : []),
  ];
}

/** Enough for a summary, two evidence lines and "N more". */
const LANE_BYTES = 1_500;

function lanesPart(rollup: Rollup, room: number, limits: Room): readonly string[] {
  const near = rollup.umbrella.ref;
  const lanes = rollup.lanes.slice(0, Math.min(limits.lanes, Math.floor(room / LANE_BYTES)));
  const parts = lanes.map((lane) => ({
    summary: `${laneName(lane.name)}: ${percentWords(lane.progress)} · ${renderCounts(lane.progress)}`,
    children: rollup.children.filter((child) => child.lane === lane.name),
  }));
  const all = parts.length > 0 ? parts : [{ summary: 'Evidence', children: rollup.children }];
  const rest = rollup.lanes.length - lanes.length;
  const share = Math.floor((room - 100) / all.length);
  return [
    ...all.flatMap(({ summary, children }) => {
      const part = { summary, items: children, render: (child: ChildRollup) => renderEvidence(child, near) };
      return details(part, share);
    }),
    ...(rest > 0 ? [`… ${rest} more lanes`, ''] : []),
  ];
}

const laneName = (name: string | null): string => (name === null ? 'No lane' : `Lane ${neutralizeInHtml(name, 50)}`);

function reasonsPart({ integration, umbrella }: Rollup, room: Room): readonly string[] {
  const title = integration.verdict === 'no_go' ? 'Why no-go' : 'Why unknown';
  const render = (reason: IntegrationReason): string => {
    const sign = reason.effect === 'blocks' ? '🔴' : '❔';
    return `- ${sign} ${neutralizeInline(shortenRefs(reason.text, umbrella.ref), 200)}`;
  };
  const { reasons } = integration;
  return details({ summary: `${title}: ${reasons.length}`, items: reasons, render }, room.reasons);
}

function remarksPart({ remarks, umbrella, configVersion: commit }: Rollup, room: Room): readonly string[] {
  const near = umbrella.ref;
  const name = commit === undefined ? null : nameOfVersion({ commit });
  const plain = (text: string): string => neutralizePiece(shortenRefs(text, near));
  const render = (remark: string): string => {
    const [before = '', ...after] = name === null ? [remark] : remark.split(name);
    if (commit === undefined || name === null || after.length === 0)
      return `- ${neutralizeInline(shortenRefs(remark, near), 200)}`;
    return `- ${plain(before)}${renderLink(name, commit.url)}${plain(after.join(name))}`;
  };
  return details({ summary: `Remarks: ${remarks.length}`, items: remarks, render }, room.remarks);
}

function gapsPart({ gaps, umbrella: { ref: near } }: Rollup, room: Room): readonly string[] {
  const render = (gap: Gap): string => {
    const help = gap.permission === undefined ? '' : `; would help: ${neutralizeInline(gap.permission, 60)}`;
    return `- ${neutralizeInline(shortenRefs(gap.what, near), 160)}: ${inWords(gap.cause)}${help}`;
  };
  return details({ summary: `Could not be read: ${gaps.length}`, items: gaps, render }, room.gaps);
}

interface DetailsPart<T> {
  readonly summary: string;
  readonly items: readonly T[];
  readonly render: (item: T) => string;
}

/** A collapsed part; nothing when it has no items. */
function details<T>({ summary, items, render }: DetailsPart<T>, maxBytes: number): readonly string[] {
  if (items.length === 0) return [];
  const open = ['<details>', `<summary>${summary}</summary>`, ''];
  const close = ['', '</details>', ''];
  const room = maxBytes - byteLength([...open, ...close].join('\n')) - 2;
  const more = (count: number): string => `- … ${count} more`;
  return [...open, ...fitLines(items, render, { maxBytes: room, more }), ...close];
}

function footer(rollup: Rollup, end: string): readonly string[] {
  const judged = rollup.integration.notJudged;
  const unjudged = judged.length === 0 ? '' : ` Not judged, because nothing asks for it: ${judged.join(', ')}.`;
  return [`<sub>As of ${renderInstant(rollup.now)}${end}${unjudged}</sub>`, ''];
}
