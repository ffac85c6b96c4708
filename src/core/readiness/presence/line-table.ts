import type { LineId } from './base-line.ts';

/** Gives every text of a line one number, so that whole histories fit into memory and compare fast. */
export interface LineTable {
  readonly idOf: (line: string) => LineId;
}

/** A line with fewer letters and digits than this is found everywhere: `}`, `);`, `fi`. */
const FEWEST_WORD_CHARACTERS = 4;
const LONGEST = 400;

export function lineTable(): LineTable {
  const ids = new Map<string, LineId>();
  return {
    idOf: (line) => {
      const text = line.trim();
      const known = ids.get(text);
      if (known !== undefined) return known;
      // A cut keeps lines of megabytes out of memory; the length keeps two of them apart that begin alike.
      const key = text.length <= LONGEST ? text : `${text.length} ${text.slice(0, LONGEST)}`;
      const id = saysSomething(text) ? (ids.get(key) ?? ids.size + 1) : 0;
      ids.set(key, id);
      return id;
    },
  };
}

const saysSomething = (text: string): boolean => (text.match(/[\p{L}\p{N}]/gu)?.length ?? 0) >= FEWEST_WORD_CHARACTERS;
