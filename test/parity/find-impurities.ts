import { dirname, resolve, sep } from 'node:path';
import * as ts from 'typescript';

/** What core/ may import besides itself: packages that compute and touch nothing else. */
export const PURE_PACKAGES: readonly string[] = [
  '@github/issue-parser',
  'd3-scale',
  'markdown-it',
  'minimatch',
  're2js',
  'semver/functions/prerelease.js',
  'yaml',
  'zod',
];

/** Globals that wait, that know the time, the machine or chance, or that lead to others. */
const FORBIDDEN_GLOBALS = new Set([
  ...['AbortSignal', 'Atomics', 'BroadcastChannel', 'Buffer', 'EventSource', 'FinalizationRegistry', 'Function'],
  ...['MessageChannel', 'Promise', 'SharedArrayBuffer', 'Temporal', 'WebAssembly', 'WebSocket', 'WeakRef'],
  ...['Worker', 'XMLHttpRequest', '__dirname', '__filename', 'clearInterval', 'clearTimeout', 'console', 'crypto'],
  ...['eval', 'fetch', 'global', 'globalThis', 'localStorage', 'module', 'navigator', 'performance', 'process'],
  ...['queueMicrotask', 'require', 'self', 'sessionStorage', 'setImmediate', 'setInterval', 'setTimeout', 'window'],
]);

/** Parts of a global that is otherwise forbidden in parts: the same arguments give the same result. */
const ALLOWED_PARTS: Readonly<Record<string, (part: string) => boolean>> = {
  Date: (part) => part === 'parse' || part === 'UTC',
  Math: (part) => part !== 'random',
};

/** Every place in a file of `core` (an absolute folder) at which it is not pure: `12: what is wrong`. */
export function findImpurities(path: string, source: string, core: string): readonly string[] {
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true);
  const found = file.referencedFiles.map(({ fileName }) => `1: refers to ${fileName}`);
  const visit = (node: ts.Node): void => {
    const { line } = file.getLineAndCharacterOfPosition(node.getStart(file));
    const problem = problemOfImport(node, path, core) ?? problemOfWaiting(node) ?? problemOfGlobal(node);
    if (problem !== null) found.push(`${line + 1}: ${problem}`);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function problemOfImport(node: ts.Node, path: string, core: string): string | null {
  const specifier = specifierOf(node);
  if (specifier === null) return null;
  if (specifier === undefined || !ts.isStringLiteralLike(specifier)) return 'imports what is computed';
  const { text } = specifier;
  const isInCore = text.startsWith('.') && resolve(dirname(path), text).startsWith(core + sep);
  return isInCore || PURE_PACKAGES.includes(text) ? null : `imports ${text}`;
}

/** What a node imports: undefined when that cannot be told, null when it imports nothing. */
function specifierOf(node: ts.Node): ts.Node | undefined | null {
  if (ts.isImportDeclaration(node)) return node.moduleSpecifier;
  if (ts.isExportDeclaration(node)) return node.moduleSpecifier ?? null;
  if (ts.isExternalModuleReference(node)) return node.expression;
  if (ts.isImportTypeNode(node)) return ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined;
  const isDynamicImport = ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword;
  return isDynamicImport ? node.arguments[0] : null;
}

function problemOfWaiting(node: ts.Node): string | null {
  if (node.kind === ts.SyntaxKind.AwaitExpression || node.kind === ts.SyntaxKind.AwaitKeyword) return 'waits';
  if (node.kind === ts.SyntaxKind.AsyncKeyword) return 'is async';
  return ts.isMetaProperty(node) && node.keywordToken === ts.SyntaxKind.ImportKeyword ? 'uses import.meta' : null;
}

function problemOfGlobal(node: ts.Node): string | null {
  if (!ts.isIdentifier(node) || isName(node)) return null;
  if (FORBIDDEN_GLOBALS.has(node.text)) return `uses ${node.text}`;
  if (node.text === 'Intl') return problemOfIntl(node);
  const isAllowed = ALLOWED_PARTS[node.text];
  if (isAllowed === undefined || ts.isTypeReferenceNode(node.parent)) return null;
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent))
    return isAllowed(parent.name.text) ? null : `uses ${node.text}.${parent.name.text}`;
  if (!ts.isNewExpression(parent)) return `uses ${node.text} as a whole`;
  const [first] = parent.arguments ?? [];
  return first === undefined || ts.isSpreadElement(first) ? `makes a ${node.text} of no argument` : null;
}

/**
 * Clocks of other places are asked of `new Intl.DateTimeFormat('en-US', { timeZone, … })` alone: without a language and a zone
 * it takes the machine's. That it is never asked to format nothing, which means now, is for readers to see.
 */
function problemOfIntl(node: ts.Identifier): string | null {
  if (!ts.isPropertyAccessExpression(node.parent)) {
    const isType = ts.isQualifiedName(node.parent) && ts.isTypeReferenceNode(node.parent.parent);
    return isType ? null : 'uses Intl as a whole';
  }
  const { name, parent } = node.parent;
  if (name.text !== 'DateTimeFormat') return `uses Intl.${name.text}`;
  if (!ts.isNewExpression(parent)) return 'uses Intl.DateTimeFormat as a whole';
  const [locale, options] = parent.arguments ?? [];
  const hasZone =
    options !== undefined &&
    ts.isObjectLiteralExpression(options) &&
    options.properties.some((one) => one.name !== undefined && one.name.getText() === 'timeZone');
  const isFixed = locale !== undefined && ts.isStringLiteral(locale) && hasZone;
  return isFixed ? null : 'makes an Intl.DateTimeFormat without a language and a zone';
}

/** Whether an identifier only names a member: `one.process`, `{ process: 1 }`, `process: string`. */
function isName(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent) || ts.isMetaProperty(parent)) return parent.name === node;
  if (ts.isBindingElement(parent)) return parent.propertyName === node;
  if (ts.isQualifiedName(parent)) return parent.right === node;
  return (
    (ts.isPropertyAssignment(parent) || ts.isTypeElement(parent) || ts.isClassElement(parent)) && parent.name === node
  );
}
