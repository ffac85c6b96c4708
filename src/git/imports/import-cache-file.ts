import * as z from 'zod';
import { fileCache, type TrialCache } from '../trial-cache.ts';
import type { ImportCache } from './read-import-graph.ts';

/** What is written there was written by an earlier run; anything else is read again. */
const importsSchema = z
  .array(z.object({ name: z.string().nullable(), members: z.array(z.string()).exactOptional() }))
  .nullable();

/** What sources import, by their content, kept in a file between runs; `save` writes down what is new. */
export function importCacheFile(path: string): { readonly cache: ImportCache } & Pick<TrialCache, 'save' | 'trouble'> {
  const kept = fileCache(path);
  const get: ImportCache['get'] = (key) => importsSchema.safeParse(kept.get(key)).data;
  return {
    cache: { get, has: (key) => get(key) !== undefined, set: kept.set },
    save: kept.save,
    trouble: kept.trouble,
  };
}
