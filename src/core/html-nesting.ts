/** Elements whose text is quoted or shown as code. */
const APART = new Set(['blockquote', 'code', 'kbd', 'listing', 'pre', 'q', 'samp', 'tt']);

/** Which elements with quoted text or code are open at a place in a document. */
export interface HtmlNesting {
  /** How many of each name. */
  open: ReadonlyMap<string, number>;
  /** Whether a comment or a quoted attribute was opened that hides all that follows. */
  isCut: boolean;
}

/** Whether text at this place is no prose. */
export const isApart = ({ open, isCut }: HtmlNesting): boolean => isCut || open.size > 0;

/** An element that is never closed reaches to the end of the document: what is in doubt is no prose. */
function followTag(nesting: HtmlNesting, name: string, isEnd: boolean): void {
  const key = name.toLowerCase();
  const count = (nesting.open.get(key) ?? 0) + (isEnd ? -1 : 1);
  if (!APART.has(key) || count < 0) return;
  const open = new Map(nesting.open);
  if (count === 0) open.delete(key);
  else open.set(key, count);
  nesting.open = open;
}

const MARKUP = /<(?:(!--)|[!?]|(\/?)([a-z][^\s/>]*))/gi;

/** What follows the name of a tag; groups 1 and 2 are empty where a quoted value is never closed. */
const ATTRIBUTES = /(?:[\s/]+|[^\s/>][^\s/>=]*(?:\s*=\s*(?:"[^"]*("|$)|'[^']*('|$)|[^\s"'>][^\s>]*)?)?)*/y;

/**
 * Follows the tags in HTML as a browser reads them, in one pass.
 * https://html.spec.whatwg.org/multipage/parsing.html#tokenization
 */
export function followHtml(nesting: HtmlNesting, html: string): void {
  MARKUP.lastIndex = 0;
  for (let match = MARKUP.exec(html); match !== null; match = MARKUP.exec(html)) {
    const start = MARKUP.lastIndex;
    const name = match[3];
    if (name === undefined) {
      const end = match[1] === undefined ? html.indexOf('>', start) : html.indexOf('-->', start - 2);
      if (match[1] !== undefined && end < 0) nesting.isCut = true;
      if (end < 0) return;
      MARKUP.lastIndex = end + 1;
      continue;
    }
    followTag(nesting, name, match[2] === '/');
    ATTRIBUTES.lastIndex = start;
    const attributes = ATTRIBUTES.exec(html);
    if (attributes?.[1] === '' || attributes?.[2] === '') nesting.isCut = true;
    MARKUP.lastIndex = start + (attributes?.[0].length ?? 0);
  }
}
