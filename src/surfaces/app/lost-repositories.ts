import type { RepositoryRef } from '../../core/task/identity.ts';
import { repositoryOf } from './payload-subjects.ts';
import type { WebhookPayload } from './webhook-payload.ts';

/** What the App may no longer read, or not under that name: repositories, or all of an account's. */
export type LostRepositories = { readonly owner: string } | readonly RepositoryRef[];

type Finder = (payload: WebhookPayload) => LostRepositories;

const ofAccount: Finder = ({ installation }) =>
  installation?.account === undefined ? [] : { owner: installation.account.login };
const named: Finder = ({ repository }) => (repository === undefined ? [] : [repositoryOf(repository)]);

const LOSSES: Readonly<Record<string, Finder>> = {
  'installation.deleted': ofAccount,
  'installation.suspend': ofAccount,
  'installation_repositories.removed': ({ repositories_removed: removed = [] }) =>
    removed.flatMap(({ full_name }) => {
      const [owner, repo] = full_name.split('/');
      return owner === undefined || repo === undefined ? [] : [{ owner, repo }];
    }),
  'repository.deleted': named,
  'repository.archived': named,
  'repository.renamed': ({ repository, changes }) => {
    const from = changes?.repository?.name.from;
    return repository === undefined || from === undefined ? [] : [{ owner: repository.owner.login, repo: from }];
  },
  'repository.transferred': ({ repository, changes }) => {
    const from = changes?.owner?.from.user ?? changes?.owner?.from.organization;
    return repository === undefined || from === undefined ? [] : [{ owner: from.login, repo: repository.name }];
  },
};

/** What an event says the App has lost; nothing for all others. */
export function lostRepositories(name: string, payload: WebhookPayload): LostRepositories {
  const key = `${name}.${payload.action}`;
  return (Object.hasOwn(LOSSES, key) ? LOSSES[key]?.(payload) : undefined) ?? [];
}
