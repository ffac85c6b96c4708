import type { ArtifactRule, Config } from '../config.ts';
import { answered, type Checkbox, fieldKey, fieldsOf } from './body-fields.ts';
import type { PullRequestFacts, TaskFacts } from './facts.ts';
import { formatRef } from './identity.ts';
import { TASK_STATES, type TaskState } from './state.ts';

export interface ArtifactStatus {
  readonly field: string;
  readonly state: 'present' | 'missing' | 'invalid' | 'not_yet_needed' | 'unknown';
  readonly value: string | null;
  /** Where the value was read: `issue form`, `Evidence: line in the body`, `body of octo/harbor#12`. */
  readonly place: string | null;
}

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
 * `Field: value` line, then a checkbox of that name), then in the bodies of its pull requests, then in the organization's
 * issue field of that name. `Branch` is taken from the pull request itself. Of checkboxes every one must be ticked.
 *
 * A field that is not there is `not_yet_needed` before the state it is required from, and always for dropped tasks;
 * `unknown` while that state is unknown or a pull request or issue field that may carry it was not read; else `missing`.
 * `invalid` means present, but not what the rule asks for. Only http and https addresses count as `url`.
 */
export function readArtifacts(question: ArtifactQuestion): readonly ArtifactStatus[] {
  return question.config.tasks.artifacts.map((rule) => statusOf(rule, question));
}

/**
 * Whether a field that is asked for was not found, and may stand in an issue field. Issue fields come last, so that most
 * tasks are judged without them.
 */
export function needsIssueFields(question: ArtifactQuestion): boolean {
  const statuses = readArtifacts(question);
  return question.config.tasks.artifacts.some((rule, i) => {
    const state = statuses[i]?.state;
    return mayBeIssueField(rule) && (state === 'missing' || state === 'unknown');
  });
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
  /** Where the value alone does not tell whether it is what the rule asks for. */
  readonly isValid?: boolean;
}

function statusOf(rule: ArtifactRule, question: ArtifactQuestion): ArtifactStatus {
  const found = findValue(rule, question);
  if (found === null) return { field: rule.field, state: absence(rule, question), value: null, place: null };
  const { value, place, isValid = CHECKS[rule.is](value) } = found;
  return { field: rule.field, state: isValid ? 'present' : 'invalid', value, place };
}

function findValue(rule: ArtifactRule, { task, pullRequests }: ArtifactQuestion): FoundValue | null {
  if (isBranch(rule)) return branchOf(pullRequests);
  const inTask = rule.in === 'pull_request' ? null : valueIn(task, rule, 'the body');
  if (inTask !== null) return inTask;
  for (const pullRequest of rule.in === 'task' ? [] : pullRequests) {
    const place = `body of ${formatRef(pullRequest.ref)}`;
    const found = valueIn(pullRequest, rule, place);
    if (found !== null) return { ...found, place };
  }
  return mayBeIssueField(rule) ? issueFieldOf(task, rule) : null;
}

const isBranch = (rule: ArtifactRule): boolean => rule.field.toLowerCase() === 'branch';

/** Whether a rule can be met by an issue field at all. */
export const mayBeIssueField = (rule: ArtifactRule): boolean => !isBranch(rule) && rule.in !== 'pull_request';

/** Where a value from an organization's issue field was found. */
export const ISSUE_FIELD_PLACE = 'issue field';

function issueFieldOf({ issueFields }: TaskFacts, rule: ArtifactRule): FoundValue | null {
  const fields = issueFields?.known ? issueFields.value : [];
  const name = fieldKey(rule.field);
  const value = answered(fields.find((field) => fieldKey(field.name) === name)?.value.trim() ?? '');
  return value === '' ? null : { value, place: ISSUE_FIELD_PLACE };
}

function branchOf(pullRequests: readonly PullRequestFacts[]): FoundValue | null {
  const best = pullRequests.find((pullRequest) => pullRequest.state !== 'closed') ?? pullRequests[0];
  return best === undefined ? null : { value: best.headRefName, place: `branch of ${formatRef(best.ref)}` };
}

function absence(rule: ArtifactRule, question: ArtifactQuestion): ArtifactStatus['state'] {
  if (question.state === 'dropped') return 'not_yet_needed';
  const isUnsure = question.state === 'unknown' || (question.isPullRequestUnread === true && rule.in !== 'task');
  if (isUnsure) return 'unknown';
  if (!isNeeded(rule, question.state)) return 'not_yet_needed';
  return isIssueFieldUnread(question.task) && mayBeIssueField(rule) ? 'unknown' : 'missing';
}

/** Where a server has no issue fields, nothing can stand in one. */
const isIssueFieldUnread = ({ issueFields: fields }: TaskFacts): boolean =>
  fields !== undefined && !fields.known && fields.gap.cause !== 'not_supported';

const isNeeded = (rule: ArtifactRule, state: TaskState | 'unknown'): boolean =>
  state !== 'dropped' && state !== 'unknown' && advance(state) >= advance(rule.from);

/** `TASK_STATES` runs from the end to the start; a reverted change is as far as one in progress. */
function advance(state: TaskState): number {
  return TASK_STATES.length - TASK_STATES.indexOf(state === 'reverted' ? 'in_progress' : state);
}

const CHECKS: Readonly<Record<ArtifactRule['is'], (value: string) => boolean>> = {
  text: (value) => value.trim() !== '',
  url: (value) => /(?:^|[\s(<])https?:\/\/[^\s<>)]/i.test(value),
  // Boxes in a list are counted; this is for what stands behind `Field:` or in a plain answer.
  checkbox: (value) => /^(?:yes|true|done|x|\[x\](?:[ \t][^\n]*)?)$/i.test(value.trim()),
  issue: (value) => /(?:^|[\s(/\w-])#\d+\b|\/(?:issues|pull)\/\d+/.test(value),
  commit: (value) => /(?:^|[^0-9a-z])[0-9a-f]{7,40}(?![0-9a-z])/i.test(value),
};

function valueIn(item: TaskFacts | PullRequestFacts, rule: ArtifactRule, where: string): FoundValue | null {
  if (!mayHold(item.body, rule)) return null;
  const { sections, lines, boxes } = fieldsOf(item);
  const name = fieldKey(rule.field);
  const isCheckbox = rule.is === 'checkbox';
  const answers = sections.filter(({ key }) => key === name);
  const group = isCheckbox ? answers.flatMap((section) => section.boxes) : [];
  if (group.length > 0) return tally(group, 'issue form');
  const answer = answers.find((section) => section.answer !== '')?.answer;
  if (answer !== undefined) return { value: answer, place: 'issue form' };
  const line = lines.get(name);
  if (line !== undefined) return { value: line, place: `${rule.field}: line in ${where}` };
  const named = isCheckbox ? boxes.filter(({ key }) => key === name) : [];
  return named.length > 0 ? tally(named, `checkbox in ${where}`) : null;
}

/** Cheap first look, so that most bodies are never parsed as Markdown. A box may have emphasis inside its text. */
const mayHold = (body: string, rule: ArtifactRule): boolean =>
  body.toLowerCase().includes(rule.field.toLowerCase()) || (rule.is === 'checkbox' && /\[[ x]\]/i.test(body));

function tally(boxes: readonly Checkbox[], place: string): FoundValue {
  const ticked = boxes.filter((box) => box.isTicked).length;
  return { value: `${ticked} of ${boxes.length} ticked`, place, isValid: ticked === boxes.length };
}
