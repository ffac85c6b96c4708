import { fileURLToPath } from 'node:url';
import { Language, type Node, Parser, Query } from 'web-tree-sitter';
import type { ImportedName, ImportReader } from './imported-name.ts';

export type ParsedLanguage = 'c' | 'go' | 'java' | 'python' | 'ruby' | 'rust';

interface Grammar {
  /** File of the grammar in @vscode/tree-sitter-wasm. */
  readonly file: string;
  /** Captures `@import`, one for each statement. */
  readonly query: string;
  readonly read: (node: Node) => readonly ImportedName[];
  /** A source without a match imports nothing and need not be parsed. Linear; never lacks one that is there. */
  readonly prefilter: RegExp;
}

const GRAMMARS: Readonly<Record<ParsedLanguage, Grammar>> = {
  c: {
    file: 'tree-sitter-cpp.wasm',
    query: '(preproc_include path: (string_literal) @import) (preproc_include path: (system_lib_string) @import)',
    read: (node) => [{ name: node.text }],
    prefilter: /^[ \t]*#[ \t]*include/m,
  },
  go: {
    file: 'tree-sitter-go.wasm',
    query: '(import_spec path: (_) @import)',
    read: (node) => [{ name: node.text.slice(1, -1) }],
    prefilter: /\bimport\b/,
  },
  java: {
    file: 'tree-sitter-java.wasm',
    query: '(import_declaration) @import',
    read: (node) => [{ name: javaName(node) }],
    prefilter: /\bimport\b/,
  },
  python: {
    file: 'tree-sitter-python.wasm',
    query: '(import_statement) @import (import_from_statement) @import',
    read: pythonNames,
    prefilter: /\bimport\b/,
  },
  ruby: {
    file: 'tree-sitter-ruby.wasm',
    query:
      '(call method: (identifier) @method arguments: (argument_list . (_) @import) (#match? @method "^(require|require_relative|load)$"))',
    read: (node) => [{ name: rubyName(node) }],
    prefilter: /\b(?:require|load)/,
  },
  rust: {
    file: 'tree-sitter-rust.wasm',
    query: '(mod_item !body) @import (use_declaration argument: (_) @import)',
    read: rustNames,
    prefilter: /\b(?:mod|use)\b/,
  },
};

/** A reader of one language; its grammar is loaded once a process. */
export async function openTreeSitterReader(language: ParsedLanguage): Promise<ImportReader> {
  const grammar = GRAMMARS[language];
  ready ??= Parser.init();
  await ready;
  const path = fileURLToPath(import.meta.resolve(`@vscode/tree-sitter-wasm/wasm/${grammar.file}`));
  const loaded = await Language.load(path);
  const parser = new Parser();
  parser.setLanguage(loaded);
  const query = new Query(loaded, grammar.query);
  return (text) => {
    if (!grammar.prefilter.test(text)) return [];
    const tree = parser.parse(text);
    if (tree === null) return null;
    try {
      const nodes = query.captures(tree.rootNode).filter(({ name }) => name === 'import');
      return nodes.flatMap(({ node }) => grammar.read(node));
    } finally {
      tree.delete();
    }
  };
}

let ready: Promise<void> | undefined;

const textOf = (node: Node | null): string | null => node?.text ?? null;

/** `a.b.C`, and `a.b.*` for all of a package. `import static a.b.C.d` names the class. */
function javaName(node: Node): string | null {
  const names = node.namedChildren.filter((child) => child !== null);
  const name = textOf(names.find(({ type }) => type === 'scoped_identifier' || type === 'identifier') ?? null);
  if (name === null) return null;
  const isWhole = names.some(({ type }) => type === 'asterisk');
  const isStatic = node.children.some((child) => child?.type === 'static');
  if (isStatic) return isWhole ? name : name.replace(/\.[^.]*$/, '');
  return isWhole ? `${name}.*` : name;
}

/** `import a.b as c, d` and `from ..a import b as c, d`; `from a import *` has no members. */
function pythonNames(node: Node): readonly ImportedName[] {
  const names = node
    .childrenForFieldName('name')
    .filter((child) => child !== null)
    .map(unaliased);
  const from = node.childForFieldName('module_name');
  if (from === null) return names.map((name) => ({ name }));
  return [{ name: from.text.replace(/\s/g, ''), members: names }];
}

const unaliased = (node: Node): string => (node.childForFieldName('name') ?? node).text;

/** Only a plain string is a name. The method stands before it, since `require_relative` means another place. */
function rubyName(node: Node): string | null {
  if (node.type !== 'string' || node.namedChildren.some((child) => child?.type === 'interpolation')) return null;
  const method = node.parent?.parent?.childForFieldName('method')?.text ?? 'require';
  const text = node.namedChildren.map((child) => child?.text ?? '').join('');
  return method === 'require' ? text : `${method === 'require_relative' ? './' : ''}${text}`;
}

/** `mod:x` for a file of the module; `a::b::c` for each name that a `use` takes, `*` and `self` left out. */
function rustNames(node: Node): readonly ImportedName[] {
  if (node.type === 'mod_item') return [{ name: `mod:${node.childForFieldName('name')?.text ?? ''}` }];
  return usedPaths(node).map((path) => ({ name: path.join('::') }));
}

function usedPaths(node: Node | null): readonly (readonly string[])[] {
  if (node === null) return [];
  switch (node.type) {
    case 'scoped_use_list': {
      const before = usedPaths(node.childForFieldName('path'))[0] ?? [];
      return usedPaths(node.childForFieldName('list')).map((after) => [...before, ...after]);
    }
    case 'use_list':
      return node.namedChildren.flatMap(usedPaths);
    case 'use_as_clause':
      return usedPaths(node.childForFieldName('path'));
    case 'use_wildcard':
      return usedPaths(node.namedChildren[0] ?? null);
    case 'scoped_identifier': {
      const before = usedPaths(node.childForFieldName('path'))[0] ?? [];
      return [[...before, node.childForFieldName('name')?.text ?? '']];
    }
    default:
      return [[node.text]];
  }
}
