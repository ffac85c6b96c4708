import * as z from 'zod';
import { UserError } from '../../core/failure.ts';
import type { RepositoryRef } from '../../core/task/identity.ts';
import { parseRepository } from '../../operations/repository-input.ts';

/**
 * Whom an operation is run for: with their token, on their GitHub, in their repository, at their time. Sent along, because
 * the process that holds the store may be somebody else on GitHub, or nobody.
 */
export interface Caller {
  readonly token: string | null;
  readonly apiUrl: string | null;
  readonly graphqlUrl: string | null;
  readonly repository: RepositoryRef | null;
  /** Null: the time of the server. */
  readonly now: string | null;
}

const HEADERS = {
  token: 'x-parasol-github-token',
  apiUrl: 'x-parasol-github-api-url',
  graphqlUrl: 'x-parasol-github-graphql-url',
  repository: 'x-parasol-repository',
  now: 'x-parasol-now',
} as const;

export function callerToHeaders({ repository, ...rest }: Caller): Readonly<Record<string, string>> {
  const texts = { ...rest, repository: repository === null ? null : `${repository.owner}/${repository.repo}` };
  const named = Object.entries(HEADERS).map(([key, name]) => [name, texts[key as keyof typeof HEADERS]] as const);
  return Object.fromEntries(named.flatMap(([name, text]) => (text === null ? [] : [[name, text]])));
}

/** Throws `UserError('usage')` for a header that says nothing usable. */
export function callerOfHeaders(headers: Headers): Caller {
  const repository = headers.get(HEADERS.repository);
  return {
    token: headers.get(HEADERS.token),
    apiUrl: addressIn(headers, HEADERS.apiUrl),
    graphqlUrl: addressIn(headers, HEADERS.graphqlUrl),
    repository: repository === null ? null : parseRepository(repository),
    now: timeIn(headers),
  };
}

function addressIn(headers: Headers, name: string): string | null {
  const text = headers.get(name);
  if (text === null || z.url({ protocol: /^https?$/ }).safeParse(text).success) return text;
  throw new UserError('usage', `The header ${name} is no address.`, 'Send the address of the API, or leave it out.');
}

function timeIn(headers: Headers): string | null {
  const text = headers.get(HEADERS.now);
  if (text === null || z.iso.datetime().safeParse(text).success) return text;
  throw new UserError('usage', `The header ${HEADERS.now} is no time.`, 'Write it in UTC: 2026-05-04T09:30:00Z.');
}
