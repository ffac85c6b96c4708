import { readFile } from 'node:fs/promises';

/** Beside the built command line; from the sources, in what was built of them last. */
const PLACES = ['./empty-store.tar.gz', '../../dist/empty-store.tar.gz'];

/**
 * An empty PGlite, packed when this was built: unpacking it takes a third of what `initdb` takes. Null where there is none,
 * so that PGlite makes its own.
 */
export async function readEmptyStore(): Promise<Blob | null> {
  for (const place of PLACES) {
    const bytes = await readFile(new URL(place, import.meta.url)).catch(() => null);
    if (bytes !== null) return new Blob([bytes], { type: 'application/gzip' });
  }
  return null;
}
