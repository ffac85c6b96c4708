import { UserError } from '../core/failure.ts';
import type { Gap } from '../core/reading.ts';
import type { GraphqlProblem } from './client.ts';
import type { Gathering } from './gathering.ts';
import { problemOf } from './problem-of-failure.ts';
import { gapOf, truncated } from './unread.ts';

/**
 * Carries out one part of a load that the rest can do without. What stops it (a refusal in the answer, the bound
 * `truncated`, or GitHub itself) becomes a gap of the snapshot; a limit or an outage does so too.
 */
export async function noteGap(
  gathering: Pick<Gathering, 'gaps'>,
  missing: Omit<Gap, 'cause' | 'permission'> & {
    /** Asked of the refusal where it depends on what was refused. */
    readonly permission: string | ((refused: GraphqlProblem) => string);
  },
  part: () => Promise<GraphqlProblem | 'truncated' | null>,
): Promise<void> {
  const { what, permission, ...place } = missing;
  const stopped = await part().catch((error: unknown) => {
    if (error instanceof UserError) return problemOf(error);
    throw error;
  });
  if (stopped === null) return;
  const gap =
    stopped === 'truncated'
      ? truncated(what)
      : gapOf(stopped, what, typeof permission === 'string' ? permission : permission(stopped));
  gathering.gaps.push({ ...gap, ...place });
}
