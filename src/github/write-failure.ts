import { type Applied, vanished } from './applied.ts';
import { githubFailure } from './github-failure.ts';

export const isGone = (error: unknown): boolean =>
  error instanceof Error && 'status' in error && (error.status === 404 || error.status === 410);

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
