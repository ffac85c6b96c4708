import { folderOf, joinPath } from './resolution.ts';
import type { SourceTree } from './source-tree.ts';

/** Configurations extend each other; chains are short, and circles must end. */
const MAX_ROUNDS = 5;

/**
 * Texts of the manifests and configurations that say what a name means, by path: every `package.json`, `tsconfig*.json` and
 * `jsconfig*.json`, and what those extend. What they extend from packages is taken out: it is not in the repository, and a
 * resolver that misses it would leave aside the rest.
 */
export async function readJavaScriptConfigs(tree: SourceTree): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  let due = [...tree.files.keys()].filter((path) => /(?:^|\/)(?:package|[tj]sconfig[^/]*)\.json$/.test(path));
  for (let round = 0; round < MAX_ROUNDS && due.length > 0; round += 1) {
    const read = await tree.readTexts(due);
    const bases = due.flatMap((path, n) => {
      const text = read[n];
      if (text == null) return [];
      if (/(?:^|\/)package\.json$/.test(path)) texts.set(path, text);
      else texts.set(path, withoutForeignBases(text));
      return basesOf(text, path);
    });
    due = [...new Set(bases)].filter((path) => tree.files.has(path) && !texts.has(path));
  }
  return texts;
}

/** A name or a list of names. Comments inside the list are left to the reader, who finds no such file. */
const EXTENDS = /"extends"\s*:\s*("(?:[^"\\]|\\.)*"|\[[^\]]*\])/g;

function basesOf(text: string, path: string): readonly string[] {
  return [...text.matchAll(EXTENDS)].flatMap(([, value = '']) =>
    ownNames(value).flatMap((name) => {
      const base = joinPath(folderOf(path), name);
      return base === null ? [] : [base, `${base}.json`];
    }),
  );
}

const withoutForeignBases = (text: string): string =>
  text.replace(EXTENDS, (_, value: string) => `"extends": ${JSON.stringify(ownNames(value))}`);

const ownNames = (value: string): readonly string[] =>
  [...value.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, name = '']) => name).filter((name) => name.startsWith('.'));
