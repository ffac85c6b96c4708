import type { SourceTree } from '../../../src/git/imports/source-tree.ts';

/** A tree from texts by path; null is a file that is no text. `reads` counts every text that was asked for. */
export function memoryTree(texts: Readonly<Record<string, string | null>>): SourceTree & { readonly reads: string[] } {
  const reads: string[] = [];
  return {
    files: new Map(Object.entries(texts).map(([path, text]) => [path, `content of ${JSON.stringify(text)}`])),
    readTexts: async (paths) => {
      reads.push(...paths);
      return paths.map((path) => texts[path] ?? null);
    },
    reads,
  };
}

export const edgesOf = ({ imports }: { readonly imports: ReadonlyMap<string, ReadonlySet<string>> }) =>
  Object.fromEntries([...imports].map(([path, targets]) => [path, [...targets].sort()]));
