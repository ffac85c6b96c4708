import { type Applied, vanished } from './applied.ts';
import { githubFailure } from './github-failure.ts';
import { statusOf } from './status-of.ts';

export function isGone(error: unknown): boolean {
  const status = statusOf(error);
  return status === 404 || status === 410;
}

/** For `catch`: throws what went wrong, with what was tried. */
export const failAs =
  (tried: string) =>
  (error: unknown): never => {
    throw githubFailure(error, tried);
  };

/** For `catch`: what is gone is an outcome, anything else is thrown. */
export const vanishedOr =
  (tried: string) =>
  (error: unknown): Applied => {
    if (isGone(error)) return vanished;
    throw githubFailure(error, tried);
  };
