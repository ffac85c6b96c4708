import { neutralizeInline, renderLink } from '../markdown.ts';
import { formatRef, type RepositoryRef, repositoryKey } from '../task/identity.ts';
import { linkTo, renderPeople, renderPullRequest, stateIcon, stateWords } from './comment-words.ts';
import { renderAge } from './render-times.ts';
import type { AttentionItem, ChildRollup, NextAction } from './rollup.ts';

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
  const why = neutralizeInline(relative(item.why, near), 160);
  return `- ${name}: ${why}${age} → **${renderAction(item.action, near)}**`;
}

/** What a task's state, links and fields rest on: one list item. */
export function renderEvidence(child: ChildRollup, near: RepositoryRef): string {
  const links = child.pullRequests.slice(0, 4).map(({ ref, link }) => {
    const first = link.evidence[0];
    const quote =
      first === undefined ? '' : ` “${neutralizeInline(first.quote, 100)}” (${neutralizeInline(first.place, 40)})`;
    return `${neutralizeInline(formatRef(ref, near), 160)} by ${link.source.replace('_', ' ')}${quote}`;
  });
  const blockers = child.openBlockers.slice(0, 4).map((blocker) => blockerWords(blocker, near));
  const asked = child.artifacts.filter((artifact) => artifact.state !== 'not_yet_needed');
  const fields = asked.slice(0, 8).map((artifact) => {
    const place = artifact.place === null ? '' : ` (${neutralizeInline(relative(artifact.place, near), 80)})`;
    return `${neutralizeInline(artifact.field, 40)} ${artifact.state.replaceAll('_', ' ')}${place}`;
  });
  const parts = [
    `${stateIcon(child.state.state)} ${neutralizeInline(relative(child.state.reason, near), 200)}`,
    ...(child.nested === null
      ? []
      : [`${child.nested.progress.complete} of ${child.nested.progress.relevant} under it`]),
    ...labelled('linked', links),
    ...labelled('waits for', blockers),
    ...labelled('fields', fields),
  ];
  return `- ${linkTo(child, near)} ${parts.join(' · ')}`;
}

/** `review #41 (kim, lena)`, with a link. */
function renderAction(action: NextAction, near: RepositoryRef): string {
  const text = renderLink(neutralizeInline(relative(action.text, near), 160), action.url);
  const who = renderPeople(action.actors);
  return who === '' ? text : `${text} (${who})`;
}

/** References inside our own sentences, shortened like all others: `octo/harbor#4` is `#4` in octo/harbor. */
export function relative(text: string, near: RepositoryRef): string {
  const prefix = `${repositoryKey(near)}#`;
  const lower = text.toLowerCase();
  let result = '';
  let from = 0;
  for (let at = lower.indexOf(prefix); at >= 0; at = lower.indexOf(prefix, at + 1)) {
    const isWhole = at === 0 || /[^\w./-]/.test(text.charAt(at - 1));
    if (!isWhole) continue;
    result += `${text.slice(from, at)}#`;
    from = at + prefix.length;
  }
  return result + text.slice(from);
}

function stateAndAge(child: ChildRollup): string {
  const words = stateWords(child.state.state);
  const facts = child.state.computed === undefined ? '' : ` (facts: ${child.state.computed.replace('_', ' ')})`;
  return `${words}${facts}${child.ageSeconds === null ? '' : ` · ${renderAge(child.ageSeconds)}`}`;
}

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
