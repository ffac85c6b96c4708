import type { ImportGraph } from '../../core/risk/import-graph.ts';
import type { ImportedName, ImportReader } from './imported-name.ts';
import { readJavaScriptConfigs } from './javascript-configs.ts';
import { openJavaScriptReader } from './javascript-imports.ts';
import type { Resolver } from './resolution.ts';
import { goModules, resolveC, resolveGo, resolveJava, resolveRuby } from './resolve-by-path.ts';
import { resolveJavaScript } from './resolve-javascript.ts';
import { resolvePython } from './resolve-python.ts';
import { declaresModule, resolveRust } from './resolve-rust.ts';
import type { SourceTree } from './source-tree.ts';
import { openTreeSitterReader, type ParsedLanguage } from './tree-sitter-imports.ts';

type Language = ParsedLanguage | 'javascript';

/** What was read of contents, by their name; kept from one graph to the next, only what changed is read again. */
export interface ImportCache {
  readonly has: (content: string) => boolean;
  readonly get: (content: string) => readonly ImportedName[] | null | undefined;
  readonly set: (content: string, imports: readonly ImportedName[] | null) => unknown;
}

interface GraphOptions {
  readonly cache?: ImportCache;
  readonly onProgress?: (done: number, total: number) => void;
  /** Its reason is thrown where it comes first; what was read by then is in the cache. */
  readonly signal?: AbortSignal;
}

/** Texts read at once, so that a large repository does not lie in memory as a whole. */
const BATCH = 256;

/**
 * The imports between the sources of a tree. Sources that cannot be read (too long, no text, a syntax that its parser gives
 * up on) count as `unread`; languages without a reader too.
 */
export async function readImportGraph(tree: SourceTree, options: GraphOptions = {}): Promise<ImportGraph> {
  const { cache = new Map<string, readonly ImportedName[] | null>() } = options;
  const sources = [...tree.files.keys()].flatMap((path) => {
    const language = languageOf(path);
    return language === null ? [] : [{ path, language }];
  });
  await readSources(tree, sources, { ...options, cache });
  const resolverOf = await openResolvers(tree, new Set(sources.map(({ language }) => language)));
  options.signal?.throwIfAborted();
  const imports = new Map<string, Set<string>>();
  const declares = new Map<string, Set<string>>();
  const unread = unreadLanguages(tree);
  let external = 0;
  let unresolved = 0;
  for (const { path, language } of sources) {
    const names = cache.get(keyOf(tree, path, language)) ?? null;
    if (names === null) count(unread, extensionOf(path));
    const [targets, parts] = [new Set<string>(), new Set<string>()];
    for (const imported of names ?? []) {
      const found = resolverOf[language]?.(imported, path) ?? 'unresolved';
      if (found === 'external') external += 1;
      else if (found === 'unresolved') unresolved += 1;
      else for (const target of found) if (target !== path) (declaresModule(imported) ? parts : targets).add(target);
    }
    if (targets.size > 0) imports.set(path, targets);
    if (parts.size > 0) declares.set(path, parts);
  }
  return { imports, declares, files: sources.length, unread, external, unresolved };
}

interface Source {
  readonly path: string;
  readonly language: Language;
}

/** The same text is another one in another language, and with another extension (JSX). */
const keyOf = (tree: SourceTree, path: string, language: Language): string =>
  `${tree.files.get(path)} ${language} ${extensionOf(path)}`;

async function readSources(
  tree: SourceTree,
  sources: readonly Source[],
  { cache, onProgress, signal }: GraphOptions & { readonly cache: ImportCache },
): Promise<void> {
  const due = sources.filter(({ path, language }) => !cache.has(keyOf(tree, path, language)));
  const readers = new Map<Language, ImportReader>();
  for (let at = 0; at < due.length; at += BATCH) {
    const batch = due.slice(at, at + BATCH);
    const texts = await tree.readTexts(batch.map(({ path }) => path));
    // Texts that a signal cut short look like those that nobody can read, and would be kept as such.
    signal?.throwIfAborted();
    for (const [n, { path, language }] of batch.entries()) {
      const reader = readers.get(language) ?? (await openReader(language));
      readers.set(language, reader);
      const text = texts[n] ?? null;
      cache.set(keyOf(tree, path, language), text === null ? null : readSafely(reader, text, path));
    }
    onProgress?.(Math.min(at + BATCH, due.length), due.length);
  }
}

const openReader = (language: Language): Promise<ImportReader> =>
  language === 'javascript' ? openJavaScriptReader() : openTreeSitterReader(language);

/** A parser that gives up on a text of strangers says nothing about the others. */
function readSafely(reader: ImportReader, text: string, path: string): readonly ImportedName[] | null {
  try {
    return reader(text, path);
  } catch {
    return null;
  }
}

async function openResolvers(
  tree: SourceTree,
  languages: ReadonlySet<Language>,
): Promise<Partial<Record<Language, Resolver>>> {
  const paths = new Set(tree.files.keys());
  const textsOf = (isWanted: (path: string) => boolean) => readTexts(tree, [...paths].filter(isWanted));
  const has = (language: Language) => languages.has(language);
  return {
    c: resolveC(paths),
    java: resolveJava(paths),
    python: resolvePython(paths),
    ruby: resolveRuby(paths),
    ...(has('javascript')
      ? { javascript: resolveJavaScript({ paths, texts: await readJavaScriptConfigs(tree) }) }
      : {}),
    ...(has('go') ? { go: resolveGo(paths, goModules(await textsOf((path) => /(?:^|\/)go\.mod$/.test(path)))) } : {}),
    ...(has('rust') ? { rust: resolveRust(paths, await textsOf((path) => /(?:^|\/)Cargo\.toml$/.test(path))) } : {}),
  };
}

async function readTexts(tree: SourceTree, paths: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const texts = await tree.readTexts(paths);
  return new Map(paths.flatMap((path, n) => (texts[n] == null ? [] : [[path, texts[n]] as const])));
}

const extensionOf = (path: string): string => /\.([^./]+)$/.exec(path)?.[1]?.toLowerCase() ?? '';

const LANGUAGES: Readonly<Record<string, Language>> = {
  ...Object.fromEntries(
    ['js', 'jsx', 'mjs', 'cjs', 'ts', 'tsx', 'mts', 'cts'].map((extension) => [extension, 'javascript'] as const),
  ),
  ...Object.fromEntries(
    ['c', 'h', 'cc', 'cpp', 'cxx', 'hh', 'hpp', 'hxx'].map((extension) => [extension, 'c'] as const),
  ),
  go: 'go',
  java: 'java',
  py: 'python',
  pyi: 'python',
  rb: 'ruby',
  rs: 'rust',
};

const languageOf = (path: string): Language | null => {
  const extension = extensionOf(path);
  return Object.hasOwn(LANGUAGES, extension) ? (LANGUAGES[extension] ?? null) : null;
};

/** Extensions of programming languages that may import and that nobody here reads. */
const OTHER_LANGUAGES = new Set(
  'cs,dart,elm,erl,ex,exs,fs,groovy,hs,jl,kt,kts,lua,m,ml,mm,nim,php,pl,pm,r,scala,svelte,swift,vb,vue,zig'.split(','),
);

function unreadLanguages(tree: SourceTree): Map<string, number> {
  const unread = new Map<string, number>();
  for (const path of tree.files.keys()) if (OTHER_LANGUAGES.has(extensionOf(path))) count(unread, extensionOf(path));
  return unread;
}

const count = (counts: Map<string, number>, key: string): void => {
  counts.set(key, (counts.get(key) ?? 0) + 1);
};
