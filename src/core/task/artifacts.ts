import { parseIssue } from '@github/issue-parser';
import type { ArtifactRule, Config } from '../config.ts';
import type { ArtifactStatus } from '../umbrella/rollup.ts';
import type { PullRequestFacts, TaskFacts } from './facts.ts';
import { formatRef } from './identity.ts';
import { TASK_STATES, type TaskState } from './state.ts';

export interface ArtifactQuestion {
  readonly task: TaskFacts;
  /** The task's pull requests, strongest link first. */
  readonly pullRequests: readonly PullRequestFacts[];
  readonly state: TaskState | 'unknown';
  readonly config: Config;
  /** Whether pull requests of the task may exist that could not be read. */
  readonly isPullRequestUnread?: boolean;
}

/**
 * Every configured artifact field with what was found: first in the task (a heading of its issue form, then a
 * `Field: value` line), then in the bodies of its pull requests. `Branch` is taken from the pull request itself.
 *
 * A field that is not there is `not_yet_needed` before the state it is required from, and always for dropped tasks;
 * `unknown` while that state is unknown or a pull request that may carry it was not read; else `missing`. `invalid` means
 * present, but not what the rule asks for. Only http and https addresses count as `url`.
 */
export function readArtifacts(question: ArtifactQuestion): readonly ArtifactStatus[] {
  return question.config.tasks.artifacts.map((rule) => statusOf(rule, question));
}

/** Fields that are required in the task's present state and are missing or invalid. */
export function missingFields(statuses: readonly ArtifactStatus[], question: ArtifactQuestion): readonly string[] {
  return question.config.tasks.artifacts.flatMap((rule, i) => {
    const state = statuses[i]?.state;
    const isMissing = state === 'missing' || (state === 'invalid' && isNeeded(rule, question.state));
    return isMissing ? [rule.field] : [];
  });
}

interface FoundValue {
  readonly value: string;
  readonly place: string;
}

function statusOf(rule: ArtifactRule, question: ArtifactQuestion): ArtifactStatus {
  const found = findValue(rule, question);
  if (found === null) return { field: rule.field, state: absence(rule, question), value: null, place: null };
  const isValid = CHECKS[rule.is](found.value);
  return { field: rule.field, state: isValid ? 'present' : 'invalid', ...found };
}

function findValue(rule: ArtifactRule, { task, pullRequests }: ArtifactQuestion): FoundValue | null {
  if (rule.field.toLowerCase() === 'branch') return branchOf(pullRequests);
  const inTask = rule.in === 'pull_request' ? null : valueIn(task.body, rule, 'the body');
  if (inTask !== null || rule.in === 'task') return inTask;
  for (const pullRequest of pullRequests) {
    const found = valueIn(pullRequest.body, rule, `the body of ${formatRef(pullRequest.ref)}`);
    if (found !== null) return { value: found.value, place: `body of ${formatRef(pullRequest.ref)}` };
  }
  return null;
}

function branchOf(pullRequests: readonly PullRequestFacts[]): FoundValue | null {
  const best = pullRequests.find((pullRequest) => pullRequest.state !== 'closed') ?? pullRequests[0];
  return best === undefined ? null : { value: best.headRefName, place: `branch of ${formatRef(best.ref)}` };
}

function absence(rule: ArtifactRule, question: ArtifactQuestion): ArtifactStatus['state'] {
  if (question.state === 'dropped') return 'not_yet_needed';
  const isUnsure = question.state === 'unknown' || (question.isPullRequestUnread === true && rule.in !== 'task');
  if (isUnsure) return 'unknown';
  return isNeeded(rule, question.state) ? 'missing' : 'not_yet_needed';
}

const isNeeded = (rule: ArtifactRule, state: TaskState | 'unknown'): boolean =>
  state !== 'dropped' && state !== 'unknown' && advance(state) >= advance(rule.from);

/** `TASK_STATES` runs from the end to the start; a reverted change is as far as one in progress. */
function advance(state: TaskState): number {
  return TASK_STATES.length - TASK_STATES.indexOf(state === 'reverted' ? 'in_progress' : state);
}

const CHECKS: Readonly<Record<ArtifactRule['is'], (value: string) => boolean>> = {
  text: (value) => value.trim() !== '',
  url: (value) => /(?:^|[\s(<])https?:\/\/[^\s<>)]/i.test(value),
  checkbox: (value) => /^[ \t]*(?:[-*+] )?\[x\]/im.test(value) || /^(?:yes|true|done|x)$/i.test(value.trim()),
  issue: (value) => /(?:^|[\s(/\w-])#\d+\b|\/(?:issues|pull)\/\d+/.test(value),
  commit: (value) => /(?:^|[^0-9a-z])[0-9a-f]{7,40}(?![0-9a-z])/i.test(value),
};

function valueIn(body: string, rule: ArtifactRule, where: string): FoundValue | null {
  const field = rule.field.toLowerCase();
  if (!body.toLowerCase().includes(field)) return null;
  const inForm = formValue(body, field);
  if (inForm !== null) return { value: inForm, place: 'issue form' };
  const inLine = lineValue(body, field);
  return inLine === null ? null : { value: inLine, place: `${rule.field}: line in ${where}` };
}

/** What an issue form writes for an answer that was left out, and the template words that people leave standing. */
const EMPTY_ANSWERS = new Set(['', '_no response_', 'none', 'n/a', 'tbd', '-']);

function formValue(body: string, field: string): string | null {
  for (const section of formSections(body)) {
    if (section.heading.toLowerCase() !== field) continue;
    const parsed = parseIssue(`### ${section.heading}\n\n${section.answer}`)[section.heading];
    const answer = typeof parsed === 'string' ? withoutComments(parsed.replaceAll(HASH_GUARD, '#')) : '';
    if (!EMPTY_ANSWERS.has(answer.toLowerCase())) return answer;
  }
  return null;
}

interface FormSection {
  readonly heading: string;
  readonly answer: string;
}

/** The parser looks for `###` anywhere; inside an answer, a code block for instance, this stands for each `#`. */
const HASH_GUARD = '\u{f0023}';

/**
 * The sections of a form's body, one pass over its lines. The parser's own expression takes cubic time on a line of
 * spaces, so it only ever sees one section with a short heading.
 */
function formSections(body: string): readonly FormSection[] {
  const sections: { heading: string; lines: string[] }[] = [];
  let isFenced = false;
  for (const line of body.split(/\r\n?|\n/)) {
    if (/^ {0,3}(?:```|~~~)/.test(line)) isFenced = !isFenced;
    const heading = !isFenced && line.startsWith('### ') ? line.slice(4).trim().slice(0, 100) : '';
    if (heading !== '') sections.push({ heading, lines: [] });
    else sections.at(-1)?.lines.push(line.trimEnd().replaceAll('#', HASH_GUARD));
  }
  return sections.map(({ heading, lines }) => ({ heading, answer: lines.join('\n').trim() }));
}

const withoutComments = (text: string): string => text.replace(/<!--[\s\S]*?(?:-->|$)/g, '').trim();

function lineValue(body: string, field: string): string | null {
  for (const line of withoutComments(body).split(/\r\n?|\n/)) {
    const plain = line
      .slice(0, 2_000)
      .replace(/^[ \t]*(?:[-*+] )?/, '')
      .replaceAll('**', '');
    const colon = plain.indexOf(':');
    if (colon < 0 || plain.slice(0, colon).trim().toLowerCase() !== field) continue;
    const value = plain.slice(colon + 1).trim();
    if (!EMPTY_ANSWERS.has(value.toLowerCase())) return value;
  }
  return null;
}
