import { UserError } from '../core/failure.ts';
import { isTooLarge, lacksPart } from './github-failure.ts';

const SMALLEST_PAGE = 5;

/** To be passed on to the call: the first attempt is not repeated at the same size, a later one is. */
export interface Patience {
  readonly retries?: number;
}

/**
 * Asks for a page and, as long as GitHub runs out of time over it, for half as much, down to 5. The size that worked
 * comes back for the pages that follow. Any other outage is waited out at the same size, as the client does it.
 */
export async function askSmaller<T>(
  size: number,
  ask: (size: number, patience: Patience) => Promise<T>,
): Promise<{ readonly answer: T; readonly size: number }> {
  try {
    return { answer: await ask(size, size > SMALLEST_PAGE ? { retries: 0 } : {}), size };
  } catch (error) {
    const isOutage = error instanceof UserError && error.code === 'github_unavailable' && !lacksPart(error);
    if (!isOutage || size <= SMALLEST_PAGE) throw error;
    if (isTooLarge(error)) return askSmaller(Math.max(SMALLEST_PAGE, Math.floor(size / 2)), ask);
    return { answer: await ask(size, {}), size };
  }
}

/** Asks about many ids, at most `size` at a time, in order; a batch that is too large for GitHub is asked in parts. */
export async function askInBatches(
  ids: readonly string[],
  size: number,
  ask: (ids: readonly string[], patience: Patience) => Promise<void>,
): Promise<void> {
  let batch = size;
  for (let done = 0; done < ids.length; ) {
    const from = done;
    const reply = await askSmaller(batch, async (count, patience) => {
      const part = ids.slice(from, from + count);
      await ask(part, patience);
      return part.length;
    });
    done += reply.answer;
    batch = reply.size;
  }
}
