import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { SourceTree } from '../../src/git/imports/source-tree.ts';

/** A folder of the disk as a tree: packages that are installed in it, builds and git's own folder left out. */
export function folderTree(root: string): SourceTree {
  const files = new Map<string, string>();
  const visit = (folder: string): void => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory() && !['node_modules', '.git'].includes(entry.name)) visit(path);
      if (!entry.isFile()) continue;
      const { size, mtimeMs } = statSync(join(root, path));
      files.set(path, `${path} ${size} ${mtimeMs}`);
    }
  };
  visit('');
  return { files, readTexts: (paths) => Promise.all(paths.map((path) => readFile(join(root, path), 'utf8'))) };
}

const SYNTAXES = [
  (name: string) => `import { a } from '${name}';`,
  (name: string) => `import type { A } from '${name}.js';`,
  (name: string) => `export * from '${name}';`,
  (name: string) => `export { a as b } from '${name}.ts';`,
  (name: string) => `const late = () => import('${name}');`,
];

/** `count` files in folders of twenty, each of which imports five that stand before it. */
export function writeGeneratedTree(root: string, count: number): void {
  const pathOf = (n: number) => `src/part-${Math.floor(n / 20)}/file-${n}`;
  for (let n = 0; n < count; n += 1) {
    const targets = [1, 2, 3, 21, 40].map((step) => n - step).filter((target) => target >= 0);
    const imports = targets.map((target, at) => SYNTAXES[at]?.(`../../${pathOf(target)}`) ?? '');
    const body = Array.from(
      { length: 40 },
      (_, line) => `export const value${n}_${line} = (x: number): number => x * ${line};`,
    );
    const path = join(root, `${pathOf(n)}.ts`);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, [...imports, 'export const a = 1;', 'export type A = number;', ...body, ''].join('\n'));
  }
}
