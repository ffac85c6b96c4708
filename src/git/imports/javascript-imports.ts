import { init, parse } from 'es-module-lexer';
import { parseSync, Visitor } from 'oxc-parser';
import type { ImportedName, ImportReader } from './imported-name.ts';

/**
 * Imports of JavaScript and TypeScript, types among them: what depends on a type has to change with it. es-module-lexer
 * is the fast way; oxc's parser reads what that refuses (JSX) or leaves out (`require`).
 */
export async function openJavaScriptReader(): Promise<ImportReader> {
  await init;
  return (text, path) => (needsParser(text, path) ? null : lexed(text)) ?? parsed(text, path);
}

const needsParser = (text: string, path: string): boolean => /\.[jt]sx$/.test(path) || REQUIRES.test(text);

/** A call of `require`, or the `import(…)` of a type, both of which the lexer leaves out or takes for something else. */
const REQUIRES = /\brequire\s*[.(]|\btypeof\s+import\s*\(/;

function lexed(text: string): readonly ImportedName[] | null {
  try {
    return parse(text)[0].flatMap((found): readonly ImportedName[] => {
      if (found.type === 'import-meta') return [];
      return [{ name: found.specifier ?? null }];
    });
  } catch {
    return null;
  }
}

function parsed(text: string, path: string): readonly ImportedName[] | null {
  // `.js` may hold JSX; `.ts` may not, since `<T>x` means something else there.
  const lang = /\.[cm]?ts$/.test(path) ? 'ts' : 'tsx';
  const { module, program, errors } = parseSync(path, text, { lang });
  if (errors.length > 0 && program.body.length === 0) return null;
  const names: ImportedName[] = [];
  for (const { moduleRequest } of module.staticImports) names.push({ name: moduleRequest.value });
  for (const { entries } of module.staticExports) {
    const from = entries.find(({ moduleRequest }) => moduleRequest !== null)?.moduleRequest;
    if (from != null) names.push({ name: from.value });
  }
  const add = (node: { readonly type: string } | undefined): void => {
    names.push({ name: textOf(node) });
  };
  new Visitor({
    ImportExpression: ({ source }) => add(source),
    TSImportType: ({ source }) => add(source),
    TSExternalModuleReference: ({ expression }) => add(expression),
    CallExpression: ({ callee, arguments: [first] }) => {
      if (isRequire(callee)) add(first);
    },
  }).visit(program);
  return names;
}

/** `require(…)` and `require.resolve(…)`. */
function isRequire(callee: {
  readonly type: string;
  readonly name?: unknown;
  readonly object?: unknown;
  readonly property?: unknown;
}): boolean {
  if (callee.type === 'Identifier') return callee.name === 'require';
  if (callee.type !== 'MemberExpression') return false;
  return nameOf(callee.object) === 'require' && nameOf(callee.property) === 'resolve';
}

const nameOf = (node: unknown): unknown =>
  typeof node === 'object' && node !== null && 'name' in node ? node.name : undefined;

function textOf(node: { readonly type: string } | undefined): string | null {
  if (node?.type === 'Literal' && 'value' in node && typeof node.value === 'string') return node.value;
  if (node?.type === 'TemplateLiteral' && 'quasis' in node && Array.isArray(node.quasis) && node.quasis.length === 1)
    return node.quasis[0]?.value?.cooked ?? null;
  return null;
}
