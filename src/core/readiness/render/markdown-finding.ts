import { neutralizeInline, renderLink } from '../../markdown.ts';
import type { RepositoryRef } from '../../task/identity.ts';
import { shortenRefs } from '../../task/shorten-refs.ts';
import { renderAge, renderInstant } from '../../umbrella/render-times.ts';
import type { Evidence, Finding, ReportItemName } from '../report-schema.ts';
import { counted, STANDING_MARKS, shortName, standingOf } from './report-words.ts';

const MAX_TITLE = 80;
const MAX_EVIDENCE = 4;
const MAX_UNBLOCKED = 6;

/** Text of the report as inert Markdown for readers who know which repository it speaks of. */
export const inert = (text: string, near: RepositoryRef, maxLength = 240): string =>
  neutralizeInline(shortenRefs(text, near), maxLength);

const codeOf = (text: string): string => `<code>${neutralizeInline(text, 200)}</code>`;

/** `[#12](…) Berth plan`. */
export function markdownItem({ ref, title, url }: ReportItemName, near: RepositoryRef): string {
  return `${renderLink(neutralizeInline(shortName(ref, near), 160), url)} ${neutralizeInline(title, MAX_TITLE)}`.trimEnd();
}

/** `[merge #41](…) (kim) <code>gh pr merge 41</code>`. */
export function markdownAction({ action, actor }: Pick<Finding, 'action' | 'actor'>, near: RepositoryRef): string {
  const text = inert(action.text, near);
  const link = action.url === null ? text : renderLink(text, action.url);
  const command = action.command === null ? '' : ` ${codeOf(action.command)}`;
  return `**${link}** (${inert(actor.name, near, 100)})${command}`;
}

/** A list item: what and why, and below it the action with its actor, and the evidence. */
export function markdownFinding(finding: Finding, near: RepositoryRef): string {
  const { item, why, evidence } = finding;
  const { sign, word } = STANDING_MARKS[standingOf(finding)];
  const name = item === null ? '' : `${markdownItem(item, near)}: `;
  const facts = [`${name}${inert(why, near)}`, ...timeWords(finding), ...placeWords(finding, near)];
  const shown = evidence.slice(0, MAX_EVIDENCE).map((one) => markdownEvidence(one, near));
  const more = evidence.length - shown.length;
  const seen = [...shown, ...(more > 0 ? [`${more} more`] : [])];
  const standing = standingOf(finding) === 'fails' ? sign : `${sign} ${word}:`;
  return [
    `- ${standing} ${facts.join(' · ')}`,
    `  - ${markdownAction(finding, near)}`,
    ...(seen.length === 0 ? [] : [`  - seen: ${seen.join('; ')}`]),
  ].join('\n');
}

function timeWords({ since, age_seconds: age, excused_seconds: excused }: Finding): readonly string[] {
  if (since === null) return [];
  const old = age === null ? '' : `, ${renderAge(age)}`;
  const off = excused === 0 ? '' : ` (${renderAge(excused)} of it under an open blocker, excused)`;
  return [`since ${renderInstant(since)}${old}${off}`];
}

function placeWords({ lane, unblocks }: Finding, near: RepositoryRef): readonly string[] {
  const shown = unblocks.slice(0, MAX_UNBLOCKED).map((ref) => inert(ref, near, 100));
  const more = unblocks.length > MAX_UNBLOCKED ? ` +${unblocks.length - MAX_UNBLOCKED}` : '';
  return [
    ...(lane === null ? [] : [`lane ${neutralizeInline(lane, 50)}`]),
    ...(shown.length === 0 ? [] : [waitingWords(unblocks.length) + shown.join(', ') + more]),
  ];
}

const waitingWords = (count: number): string => `${counted(count, 'task waits', 'tasks wait')} for it: `;

function markdownEvidence({ text, url, path, line, sha }: Evidence, near: RepositoryRef): string {
  const words = inert(text, near, 160);
  const place = path === undefined ? '' : ` ${codeOf(line === undefined ? path : `${path}:${line}`)}`;
  const commit = sha === undefined || text.includes(sha.slice(0, 7)) ? '' : ` at ${sha.slice(0, 7)}`;
  return `${url === null ? words : renderLink(words, url)}${place}${commit}`;
}
