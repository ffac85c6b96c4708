import * as z from 'zod';
import type { CatalogEntry } from '../../operations/catalog.ts';

/** `\\u0000`: the longest that one character of a text becomes in JSON. */
const BYTES_A_CHARACTER = 6;
/** For names, numbers, and texts without a limit of their own. */
const BYTES_BESIDES = 1_000_000;

/** How long, as JSON, an input may be that its schema takes: whatever is longer no operation could use. */
export function largestInputBytes(catalog: readonly Pick<CatalogEntry, 'input'>[]): number {
  const lengths = catalog.map(({ input }) => {
    const texts = Object.values(z.toJSONSchema(input, { io: 'input' }).properties ?? {});
    return texts.reduce((sum, text) => sum + (typeof text === 'object' ? (text.maxLength ?? 0) : 0), 0);
  });
  return BYTES_BESIDES + BYTES_A_CHARACTER * Math.max(0, ...lengths);
}
