import type { LabelChange } from '../core/change.ts';
import { UserError } from '../core/failure.ts';
import { formatRef, type RepositoryRef } from '../core/task/identity.ts';
import { type Applied, alreadyThere, applied, type ChangeOf, vanished } from './applied.ts';
import type { GitHubClient } from './client.ts';
import { githubFailure } from './github-failure.ts';
import { addressOf, type IssueNow, issueByNumber } from './issue-by-number.ts';
import { failAs, isGone, vanishedOr } from './write-failure.ts';

/** Puts labels on issues, takes them off, and makes and deletes them in a repository. Case counts for nothing, as on GitHub. */
export async function applyLabelChange(client: GitHubClient, change: LabelChange): Promise<Applied> {
  switch (change.kind) {
    case 'add_label':
      return addLabel(client, change);
    case 'remove_label':
      return removeLabel(client, change);
    case 'create_label':
      return createLabel(client, change);
    case 'delete_label':
      return deleteLabel(client, change);
  }
}

/** Fails with `not_found` when the repository lacks the label: GitHub would make one without a word. */
async function addLabel(client: GitHubClient, { on, label }: ChangeOf<'add_label'>): Promise<Applied> {
  const present = await issueByNumber(client, on);
  if (present === null) return vanished;
  if (carries(present, label)) return alreadyThere;
  if (!(await hasLabel(client, on, label))) {
    throw new UserError(
      'not_found',
      `${on.owner}/${on.repo} has no label "${label}".`,
      'Make it first, or correct its spelling.',
    );
  }
  return client.rest.issues
    .addLabels({ ...addressOf(on), labels: [label] })
    .then(() => ({ ...applied, url: present.html_url }))
    .catch(vanishedOr(`label ${formatRef(on)} with "${label}"`));
}

async function removeLabel(client: GitHubClient, { on, label }: ChangeOf<'remove_label'>): Promise<Applied> {
  const present = await issueByNumber(client, on);
  if (present === null) return vanished;
  if (!carries(present, label)) return alreadyThere;
  return client.rest.issues
    .removeLabel({ ...addressOf(on), name: label })
    .then(() => ({ ...applied, url: present.html_url }))
    .catch(vanishedOr(`take the label "${label}" from ${formatRef(on)}`));
}

async function createLabel(client: GitHubClient, change: ChangeOf<'create_label'>): Promise<Applied> {
  const { repository, name, color, description } = change;
  if (await hasLabel(client, repository, name)) return alreadyThere;
  const call = client.rest.issues.createLabel({ ...repository, name, color, description, request: { retries: 0 } });
  await call.catch(failAs(`make the label "${name}" in ${repository.owner}/${repository.repo}`));
  return applied;
}

async function deleteLabel(client: GitHubClient, change: ChangeOf<'delete_label'>): Promise<Applied> {
  const { repository, name } = change;
  try {
    await client.rest.issues.deleteLabel({ ...repository, name });
    return applied;
  } catch (error) {
    if (isGone(error)) return alreadyThere;
    throw githubFailure(error, `delete the label "${name}" of ${repository.owner}/${repository.repo}`);
  }
}

async function hasLabel(client: GitHubClient, { owner, repo }: RepositoryRef, name: string): Promise<boolean> {
  try {
    await client.rest.issues.getLabel({ owner, repo, name });
    return true;
  } catch (error) {
    if (isGone(error)) return false;
    throw githubFailure(error, `read the label "${name}" of ${owner}/${repo}`);
  }
}

const carries = ({ labels }: IssueNow, label: string): boolean =>
  labels.some((one) => (typeof one === 'string' ? one : (one.name ?? '')).toLowerCase() === label.toLowerCase());
