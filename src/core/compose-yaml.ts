import { Composer, CST, type Document, Lexer, type LineCounter, Parser, type Tags } from 'yaml';

/** Deeper than this the library is not asked to go: it recurses, and near the stack's end the process may die. */
const MAX_OPEN_NODES = 50;

export interface YamlBounds {
  /** In UTF-8. */
  readonly kilobytes: number;
  /** Words and signs: each costs a hundredth of a millisecond. */
  readonly lexemes: number;
  readonly aliases: number;
  /** Levels of mappings and lists. */
  readonly depth: number;
}

export interface YamlKind {
  readonly bounds: YamlBounds;
  /** What plain words may mean; YAML's core schema by default. */
  readonly tags?: (tags: Tags) => Tags;
}

type Composed =
  | { readonly document: Document.Parsed; readonly secondAt: number | null }
  | { readonly beyond: 'aliases' | 'depth' | 'lexemes' };

/**
 * The first document of a text, and the offset of a second one. A hostile text is given up at the first bound that it
 * passes, before anything is built of it.
 */
export function composeYaml(text: string, lines: LineCounter, { bounds, tags }: YamlKind): Composed {
  const tokens = boundedTokens(text, lines, bounds);
  if (typeof tokens === 'string') return { beyond: tokens };
  // The library compares each key with all the others; `repeatedKeys` takes one pass.
  const composer = new Composer({
    logLevel: 'silent',
    schema: 'core',
    uniqueKeys: false,
    ...(tags === undefined ? {} : { customTags: tags }),
  });
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
    if (lexemes > bounds.lexemes) return 'lexemes';
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
