import type { UserError } from '../core/failure.ts';
import type { GraphqlProblem } from './client.ts';
import { lacksPart } from './github-failure.ts';

/** A failed call in the terms of a refused field. */
export function problemOf(error: UserError): GraphqlProblem {
  const types: Partial<Record<UserError['code'], string>> = {
    rate_limited: 'RATE_LIMITED',
    forbidden: 'FORBIDDEN',
    not_found: 'NOT_FOUND',
  };
  if (lacksPart(error)) return { type: 'NOT_SUPPORTED', message: error.message, path: [] };
  return { type: types[error.code] ?? null, message: error.message, path: [] };
}
