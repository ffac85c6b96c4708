import { UserError } from '../core/failure.ts';
import type { RepositoryRef } from '../core/task/identity.ts';
import type { GitHubClient } from './client.ts';
import { demandAnswer } from './demand-answer.ts';
import { noSuchRepository } from './no-such-repository.ts';
import type { Connection, Maybe } from './nodes.ts';
import { MILESTONES } from './queries/readiness-queries.ts';

interface Milestone {
  readonly number: number;
  readonly title: string;
}

interface Answer {
  readonly repository: Maybe<{
    readonly named: Maybe<Connection<Milestone>>;
    readonly numbered: Maybe<Milestone>;
    readonly open: Maybe<Connection<Milestone>>;
  }>;
}

/**
 * The milestone of that title, else of that number, in whatever state. Throws `not_found`, which names the open ones,
 * where there is none; `usage` where letters of different case make the title mean several.
 */
export async function loadMilestone(client: GitHubClient, { owner, repo }: RepositoryRef, text: string) {
  const tried = `read the milestones of ${owner}/${repo}`;
  const number = /^#?(\d{1,9})$/.exec(text)?.[1];
  const variables = { owner, repo, text, number: Number(number ?? 0) };
  const reply = await client.graphql<Answer>(MILESTONES, variables, { tried });
  demandAnswer(reply, tried);
  const { repository } = reply.data;
  if (repository == null) throw noSuchRepository({ owner, repo });
  const found = pick(nodesOf(repository.named), text) ?? repository.numbered ?? null;
  if (found !== null) return found;
  const titles = nodesOf(repository.open).map(({ title }) => JSON.stringify(title));
  throw new UserError(
    'not_found',
    `${owner}/${repo} has no milestone ${JSON.stringify(text)}.`,
    titles.length === 0 ? 'It has no open milestone at all.' : `Open are ${titles.join(', ')}.`,
  );
}

function pick(milestones: readonly Milestone[], text: string): Milestone | null {
  const exact = milestones.find(({ title }) => title === text);
  const alike = milestones.filter(({ title }) => title.toLowerCase() === text.toLowerCase());
  if (exact !== undefined || alike.length < 2) return exact ?? alike[0] ?? null;
  const titles = alike.map(({ title }) => JSON.stringify(title)).join(' and ');
  throw new UserError('usage', `${JSON.stringify(text)} may mean ${titles}.`, 'Write it as the milestone does.');
}

const nodesOf = <T>(connection: Maybe<Connection<T>>): readonly T[] =>
  (connection?.nodes ?? []).filter((node) => node !== null);
