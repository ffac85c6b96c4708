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
 * issue field of that name. `Branch` is taken from the pull request itself. Of checkboxes every one must be ticked. The
 * first value that is what the rule asks for counts; only where there is none, the first of any other kind is `invalid`.
 *
 * A field that is not there is `not_yet_needed` before the state it is required from, and always for dropped tasks;
 * `unknown` while that state is unknown or a pull request or issue field that may carry it was not read; else `missing`.
 * `invalid` means present, but not what the rule asks for. Only http and https addresses count as `url`.
 */
export function readArtifacts(question: ArtifactQuestion): readonly ArtifactStatus[] {
  return question.config.tasks.artifacts.map((rule) => statusOf(rule, question));
}

/**
 * Whether a field that is asked for was not found, or not as it should be, and may stand in an issue field. Issue fields come last, so that most
 * tasks are judged without them.
 */
export function needsIssueFields(question: ArtifactQuestion): boolean {
  const statuses = readArtifacts(question);
  return question.config.tasks.artifacts.some((rule, i) => {
    const state = statuses[i]?.state;
    const isWrong = state === 'invalid' && isNeeded(rule, question.state);
    return mayBeIssueField(rule) && (state === 'missing' || state === 'unknown' || isWrong);
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
  const all = findValues(rule, question);
  const isValid = ({ value, ...found }: FoundValue): boolean => found.isValid ?? CHECKS[rule.is](value);
  const found = all.find(isValid) ?? all[0];
  if (found === undefined) return { field: rule.field, state: absence(rule, question), value: null, place: null };
  const { value, place } = found;
  return { field: rule.field, state: isValid(found) ? 'present' : 'invalid', value, place };
}

function findValues(rule: ArtifactRule, { task, pullRequests }: ArtifactQuestion): readonly FoundValue[] {
  if (isBranch(rule)) return branchOf(pullRequests);
  const inTask = rule.in === 'pull_request' ? [] : valuesIn(task, rule);
  const inPullRequests = (rule.in === 'task' ? [] : pullRequests).flatMap((pullRequest) =>
    valuesIn(pullRequest, rule).map((found) => ({ ...found, place: `body of ${formatRef(pullRequest.ref)}` })),
  );
  return [...inTask, ...inPullRequests, ...(mayBeIssueField(rule) ? issueFieldOf(task, rule) : [])];
}

const isBranch = (rule: ArtifactRule): boolean => rule.field.toLowerCase() === 'branch';

/** Whether a rule can be met by an issue field at all. */
export const mayBeIssueField = (rule: ArtifactRule): boolean => !isBranch(rule) && rule.in !== 'pull_request';

/** Where a value from an organization's issue field was found. */
export const ISSUE_FIELD_PLACE = 'issue field';

function issueFieldOf({ issueFields }: TaskFacts, rule: ArtifactRule): readonly FoundValue[] {
  const fields = issueFields?.known ? issueFields.value : [];
  const name = fieldKey(rule.field);
  const value = answered(fields.find((field) => fieldKey(field.name) === name)?.value.trim() ?? '');
  return value === '' ? [] : [{ value, place: ISSUE_FIELD_PLACE }];
}

function branchOf(pullRequests: readonly PullRequestFacts[]): readonly FoundValue[] {
  const best = pullRequests.find((pullRequest) => pullRequest.state !== 'closed') ?? pullRequests[0];
  return best === undefined ? [] : [{ value: best.headRefName, place: `branch of ${formatRef(best.ref)}` }];
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

function valuesIn(item: TaskFacts | PullRequestFacts, rule: ArtifactRule): readonly FoundValue[] {
  if (!mayHold(item.body, rule)) return [];
  const { sections, lines, boxes } = fieldsOf(item);
  const name = fieldKey(rule.field);
  const isCheckbox = rule.is === 'checkbox';
  const answers = sections.filter(({ key }) => key === name);
  const group = isCheckbox ? answers.flatMap((section) => section.boxes) : [];
  // The text of such an answer is the boxes themselves.
  const texts = group.length > 0 ? [] : answers.map(({ answer }) => answer).filter((answer) => answer !== '');
  const line = lines.get(name);
  const named = isCheckbox && group.length === 0 ? boxes.filter(({ key }) => key === name) : [];
  return [
    ...(group.length > 0 ? [tally(group, 'issue form')] : []),
    ...texts.map((value) => ({ value, place: 'issue form' })),
    ...(line === undefined ? [] : [{ value: line, place: `${rule.field}: line in the body` }]),
    ...(named.length > 0 ? [tally(named, 'checkbox in the body')] : []),
  ];
}

/** Cheap first look, so that most bodies are never parsed as Markdown. A box may have emphasis inside its text. */
const mayHold = (body: string, rule: ArtifactRule): boolean =>
  body.toLowerCase().includes(rule.field.toLowerCase()) || (rule.is === 'checkbox' && /\[[ x]\]/i.test(body));

function tally(boxes: readonly Checkbox[], place: string): FoundValue {
  const ticked = boxes.filter((box) => box.isTicked).length;
  return { value: `${ticked} of ${boxes.length} ticked`, place, isValid: ticked === boxes.length };
}
