import type { IssueChange } from '../core/change.ts';
import { UserError } from '../core/failure.ts';
import { formatRef } from '../core/task/identity.ts';
import { type Applied, alreadyThere, applied, type ChangeOf, vanished } from './applied.ts';
import type { GitHubClient } from './client.ts';
import { createIssue } from './create-issue.ts';
import { addressOf, type IssueNow, issueByNumber } from './issue-by-number.ts';
import { checkKept, checkLength, isSameText } from './sent-text.ts';
import { vanishedOr } from './write-failure.ts';

/** Makes, edits, closes and reopens issues and changes who is assigned. What is so already is left alone. */
export async function applyIssueChange(client: GitHubClient, change: IssueChange): Promise<Applied> {
  switch (change.kind) {
    case 'create_issue':
      return createIssue(client, change);
    case 'update_issue_body':
      return updateBody(client, change);
    case 'close_issue':
      return closeIssue(client, change);
    case 'reopen_issue':
      return reopenIssue(client, change);
    case 'add_assignee':
      return addAssignee(client, change);
    case 'remove_assignee':
      return removeAssignee(client, change);
  }
}

/** Nothing is overwritten that a person wrote since the change was planned. */
async function updateBody(client: GitHubClient, change: ChangeOf<'update_issue_body'>): Promise<Applied> {
  const { on, expected, body } = change;
  const tried = `edit the text of ${formatRef(on)}`;
  checkLength(body, tried);
  const present = await issueByNumber(client, on);
  if (present === null) return vanished;
  if (isSameText(present.body ?? '', body)) return alreadyThere;
  if (!isSameText(present.body ?? '', expected)) return { ...alreadyThere, outcome: 'changed_meanwhile' };
  return client.rest.issues
    .update({ ...addressOf(on), body })
    .then(({ data }) => {
      checkKept(data.body ?? '', body, tried);
      return appliedTo(data);
    })
    .catch(vanishedOr(tried));
}

async function closeIssue(client: GitHubClient, { on, reason }: ChangeOf<'close_issue'>): Promise<Applied> {
  const present = await issueByNumber(client, on);
  if (present === null) return vanished;
  if (present.state === 'closed') return alreadyThere;
  return client.rest.issues
    .update({ ...addressOf(on), state: 'closed', state_reason: reason })
    .then(({ data }) => appliedTo(data))
    .catch(vanishedOr(`close ${formatRef(on)}`));
}

async function reopenIssue(client: GitHubClient, { on }: ChangeOf<'reopen_issue'>): Promise<Applied> {
  const present = await issueByNumber(client, on);
  if (present === null) return vanished;
  if (present.state === 'open') return alreadyThere;
  return client.rest.issues
    .update({ ...addressOf(on), state: 'open' })
    .then(({ data }) => appliedTo(data))
    .catch(vanishedOr(`reopen ${formatRef(on)}`));
}

/** GitHub passes over, without a word, whoever cannot be assigned. That fails here with `usage`. */
async function addAssignee(client: GitHubClient, { on, login }: ChangeOf<'add_assignee'>): Promise<Applied> {
  const present = await issueByNumber(client, on);
  if (present === null) return vanished;
  if (isAssigned(present, login)) return alreadyThere;
  return client.rest.issues
    .addAssignees({ ...addressOf(on), assignees: [login] })
    .then(({ data }) => {
      if (isAssigned(data, login)) return appliedTo(data);
      throw new UserError(
        'usage',
        `GitHub did not assign ${login} to ${formatRef(on)}: only people with access to ${on.owner}/${on.repo} can be.`,
        'Check the spelling, or give them access first.',
      );
    })
    .catch(vanishedOr(`assign ${login} to ${formatRef(on)}`));
}

async function removeAssignee(client: GitHubClient, { on, login }: ChangeOf<'remove_assignee'>): Promise<Applied> {
  const present = await issueByNumber(client, on);
  if (present === null) return vanished;
  if (!isAssigned(present, login)) return alreadyThere;
  return client.rest.issues
    .removeAssignees({ ...addressOf(on), assignees: [login] })
    .then(({ data }) => appliedTo(data))
    .catch(vanishedOr(`take ${login} off ${formatRef(on)}`));
}

const appliedTo = ({ html_url }: { readonly html_url: string }): Applied => ({ ...applied, url: html_url });

const isAssigned = ({ assignees }: Pick<IssueNow, 'assignees'>, login: string): boolean =>
  (assignees ?? []).some((one) => one.login.toLowerCase() === login.toLowerCase());
