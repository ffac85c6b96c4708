import { Composer, CST, type Document, Lexer, type LineCounter, Parser } from 'yaml';

/** More than any configuration has, in words and signs: each costs a hundredth of a millisecond. */
const MAX_LEXEMES = 10_000;

/** Deeper than this the library is not asked to go: it recurses, and near the stack's end the process may die. */
const MAX_OPEN_NODES = 50;

export interface YamlBounds {
  readonly aliases: number;
}

type Composed =
  | { readonly document: Document.Parsed; readonly secondAt: number | null }
  | { readonly beyond: 'aliases' | 'depth' | 'lexemes' };

/**
 * The first document of a text, and the offset of a second one. A hostile text is given up at the first bound that it
 * passes, before anything is built of it.
 */
export function composeYaml(text: string, lines: LineCounter, bounds: YamlBounds): Composed {
  const tokens = boundedTokens(text, lines, bounds);
  if (typeof tokens === 'string') return { beyond: tokens };
  // The library compares each key with all the others; `repeatedKeys` takes one pass.
  const composer = new Composer({ logLevel: 'silent', schema: 'core', uniqueKeys: false });
  const [document, second] = firstTwo(composer.compose(tokens, true, text.length));
  if (document === undefined) throw new Error('a stream that is forced to have a document has none');
  return { document, secondAt: second?.range[0] ?? null };
}

function boundedTokens(
  text: string,
  lines: LineCounter,
  bounds: YamlBounds,
): readonly CST.Token[] | 'aliases' | 'depth' | 'lexemes' {
  const parser = new Parser(lines.addNewLine);
  const tokens: CST.Token[] = [];
  let [lexemes, aliases, isText] = [0, 0, false];
  lines.addNewLine(0);
  for (const lexeme of new Lexer().lex(text)) {
    lexemes += 1;
    if (!isText && lexeme.startsWith('*')) aliases += 1;
    isText = lexeme === CST.SCALAR;
    tokens.push(...parser.next(lexeme));
    if (aliases > bounds.aliases) return 'aliases';
    if (parser.stack.length > MAX_OPEN_NODES) return 'depth';
    if (lexemes > MAX_LEXEMES) return 'lexemes';
  }
  return [...tokens, ...parser.end()];
}

function firstTwo<T>(items: Iterable<T>): readonly T[] {
  const taken: T[] = [];
  for (const item of items) {
    taken.push(item);
    if (taken.length === 2) break;
  }
  return taken;
}
