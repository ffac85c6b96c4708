import { inWords } from '../in-words.ts';
import { neutralizeInline, renderLink, shorten, visibleLine } from '../markdown.ts';
import type { RepositoryRef } from '../task/identity.ts';
import { shortenRefs } from '../task/shorten-refs.ts';
import { linkTo, renderPeople, renderPullRequest, stateIcon, stateWords } from './comment-words.ts';
import { renderAge } from './render-times.ts';
import type { AttentionItem, ChildPullRequest, ChildRollup, NextAction, ShownClaim } from './rollup.ts';

const MAX_TITLE_LENGTH = 80;

export const TABLE_HEAD: readonly string[] = [
  '| Task | State | Pull request | Missing | Next |',
  '| --- | --- | --- | --- | --- |',
];

/** One row of the table: task, state and age, pull requests with checks and review, missing fields, next action. */
export function renderRow(child: ChildRollup, near: RepositoryRef): string {
  const cells = [
    `${linkTo(child, near)} ${neutralizeInline(child.title, MAX_TITLE_LENGTH)}`,
    stateAndAge(child),
    pullRequestsCell(child, near),
    neutralizeInline(child.missingArtifacts.join(', '), MAX_TITLE_LENGTH),
    child.nextAction === null ? '' : renderAction(child.nextAction, near),
  ];
  return `| ${cells.join(' | ')} |`;
}

/** `1. #12 title: failing: unit · 3 d → fix the checks of #41 (kim)`. */
export function renderAttention(item: AttentionItem, child: ChildRollup | undefined, near: RepositoryRef): string {
  const name = child === undefined ? '' : `${linkTo(child, near)} ${neutralizeInline(child.title, MAX_TITLE_LENGTH)}`;
  const age = child?.ageSeconds == null ? '' : ` · ${renderAge(child.ageSeconds)}`;
  const why = neutralizeInline(shortenRefs(item.why, near), 160);
  return `- ${name}: ${why}${age} → **${renderAction(item.action, near)}**`;
}

/** What a task's state, links and fields rest on: one list item. */
export function renderEvidence(child: ChildRollup, near: RepositoryRef): string {
  const links = child.pullRequests.slice(0, 4).map((pullRequest) => linkEvidence(pullRequest, near));
  const blockers = child.openBlockers.slice(0, 4).map((blocker) => blockerWords(blocker, near));
  const asked = child.artifacts.filter((artifact) => artifact.state !== 'not_yet_needed');
  const fields = asked.slice(0, 8).map((artifact) => {
    const place = artifact.place === null ? '' : ` (${neutralizeInline(shortenRefs(artifact.place, near), 80)})`;
    return `${neutralizeInline(artifact.field, 40)} ${inWords(artifact.state)}${place}`;
  });
  const parts = [
    `${stateIcon(child.state.state)} ${renderReason(child, near)}`,
    ...(child.nested === null
      ? []
      : [`${child.nested.progress.complete} of ${child.nested.progress.relevant} under it`]),
    ...labelled('linked', links),
    ...labelled('waits for', blockers),
    ...labelled('fields', fields),
  ];
  return `- ${linkTo(child, near)} ${parts.join(' · ')}`;
}

/** `#41 by closing keyword “Fixes #12” (commit 1a2b3c4)`; a place with a page of its own is a link to it. */
function linkEvidence(pullRequest: ChildPullRequest, near: RepositoryRef): string {
  const { link, url } = pullRequest;
  const name = `${linkTo(pullRequest, near)} by ${inWords(link.source)}`;
  const [first] = link.evidence;
  if (first === undefined) return name;
  const words = neutralizeInline(first.place, 40);
  const place = first.url === url ? words : renderLink(words, first.url);
  return `${name} “${neutralizeInline(first.quote, 100)}” (${place})`;
}

/** Whether what it names is in sight was decided before: only what the rollup gives an address for becomes a link. */
const NAME = /(?<=^|\s)(?:commit [0-9a-f]{7}|[\w.-]+\/[\w.-]+#\d+)(?![\w…-])/g;

/** Why a task is in its state, with links to the pull requests, commits and blockers that the sentence names. */
function renderReason({ state, pullRequests, openBlockers }: ChildRollup, near: RepositoryRef): string {
  const urls = [state.evidenceUrl, ...pullRequests.map(({ url }) => url), ...openBlockers.map(({ url }) => url)];
  const urlOf = new Map(urls.flatMap((url) => (url == null ? [] : [[nameOfPage(url), url] as const])));
  const reason = shorten(visibleLine(state.reason), 200);
  let rendered = '';
  let from = 0;
  for (const { 0: name, index } of reason.matchAll(NAME)) {
    const url = urlOf.get(name.toLowerCase());
    if (url === undefined) continue;
    const link = renderLink(neutralizeInline(shortenRefs(name, near), 160), url);
    rendered += neutralizePiece(shortenRefs(reason.slice(from, index), near)) + link;
    from = index + name.length;
  }
  return rendered + neutralizePiece(shortenRefs(reason.slice(from), near));
}

const PAGE = /([^/]+\/[^/]+)\/(?:(?:pull|issues)\/(\d+)|commit\/([0-9a-f]{7})[0-9a-f]*)$/;

/** How our sentences call what stands at an address of GitHub: `octo/harbor#12`, `commit 1a2b3c4`. */
function nameOfPage(url: string): string {
  const [, repository = '', number, sha] = PAGE.exec(url.toLowerCase()) ?? [];
  return sha === undefined ? `${repository}#${number}` : `commit ${sha}`;
}

/** The middle of a sentence keeps the spaces at its ends. */
export const neutralizePiece = (text: string): string =>
  text.replace(/^( ?)(.*?)( ?)$/s, (_, before, middle, after) => before + neutralizeInline(middle) + after);

/** `review #41 (kim, lena)`, with a link. */
function renderAction(action: NextAction, near: RepositoryRef): string {
  const text = renderLink(neutralizeInline(shortenRefs(action.text, near), 160), action.url);
  const who = renderPeople(action.actors);
  return who === '' ? text : `${text} (${who})`;
}

function stateAndAge(child: ChildRollup): string {
  const words = stateWords(child.state.state);
  const facts = child.state.computed === undefined ? '' : ` (facts: ${inWords(child.state.computed)})`;
  const age = child.ageSeconds === null ? '' : ` · ${renderAge(child.ageSeconds)}`;
  return `${words}${facts}${age}${child.claim === undefined ? '' : `<br>${renderClaim(child.claim)}`}`;
}

/** The day is left out: no lease is longer than one. In the form that counts as news when a lease is renewed. */
const renderClaim = ({ agent, until }: ShownClaim): string =>
  `claimed by agent ${neutralizeInline(agent, 100)} until ${new Date(until).toISOString().slice(11, 16)} UTC`;

function pullRequestsCell(child: ChildRollup, near: RepositoryRef): string {
  const isLive = (state: string): boolean => state === 'open' || state === 'draft';
  const live = child.pullRequests.filter((one) => isLive(one.state));
  const rest = child.pullRequests.filter((one) => !isLive(one.state));
  const shown = [...live, ...rest].slice(0, 2).map((one) => renderPullRequest(one, near));
  const more = child.pullRequests.length - shown.length;
  return [...shown, ...(more > 0 ? [`${more} more`] : [])].join('<br>');
}

function blockerWords(blocker: ChildRollup['openBlockers'][number], near: RepositoryRef): string {
  if (blocker.ref === null || blocker.url === null) return '1 private task';
  return `${linkTo({ ref: blocker.ref, url: blocker.url }, near)} ${neutralizeInline(blocker.title ?? '', 60)}`;
}

const labelled = (label: string, parts: readonly string[]): readonly string[] =>
  parts.length === 0 ? [] : [`${label}: ${parts.join('; ')}`];
