import { UserError } from '../../core/failure.ts';

interface Asked {
  /** As its operation was given it. */
  readonly input: Readonly<Record<string, unknown>>;
  readonly cwd: string;
}

/**
 * The same failure; where GitHub did not answer, and a clone is at hand beside it, with how to ask that alone. For commands
 * that can do without GitHub.
 */
export function hintAtClone(problem: unknown, { input: { clone, repository }, cwd }: Asked): unknown {
  const isAside = typeof clone === 'string' && repository !== undefined;
  if (!isAside || !(problem instanceof UserError) || problem.code !== 'github_unavailable') return problem;
  const folder = clone === cwd ? '.' : clone;
  const hint = `${problem.hint} Without GitHub, from the clone at hand alone: --repo ${folder} (and no OWNER/REPO).`;
  return new UserError(problem.code, problem.message, hint, { cause: problem.cause });
}
