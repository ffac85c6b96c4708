import { coversPath } from '../covers-path.ts';

/** Written by a tool from something else: git's conflicts in them are settled by making them anew. */
const LOCKFILES = new Set([
  'bun.lock',
  'bun.lockb',
  'cargo.lock',
  'composer.lock',
  'deno.lock',
  'flake.lock',
  'gemfile.lock',
  'go.sum',
  'go.work.sum',
  'gradle.lockfile',
  'mix.lock',
  'npm-shrinkwrap.json',
  'package-lock.json',
  'packages.lock.json',
  'package.resolved',
  'pdm.lock',
  'pipfile.lock',
  'pixi.lock',
  'pnpm-lock.yaml',
  'podfile.lock',
  'poetry.lock',
  'pubspec.lock',
  'uv.lock',
  'yarn.lock',
]);

/** Everybody adds a line at the same place; the lines only have to be put one after the other. */
const CHANGELOG = /^(?:change(?:s|log)|history|news|release[-_]?notes)(?:\.(?:md|mdx|markdown|rst|txt|adoc))?$/;

/**
 * Tells whether a file is shown as "regenerate" and carries no weight: a lockfile, a changelog, or one that `risk.ignore`
 * covers.
 */
export function regeneratedBy(ignore: readonly string[]): (path: string) => boolean {
  const covers = ignore.map(coversPath);
  return (path) => {
    const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
    return LOCKFILES.has(name) || CHANGELOG.test(name) || covers.some((fits) => fits(path));
  };
}
