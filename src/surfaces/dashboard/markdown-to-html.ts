import { raw } from 'hast-util-raw';
import { defaultSchema, sanitize } from 'hast-util-sanitize';
import { toHtml } from 'hast-util-to-html';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { toHast } from 'mdast-util-to-hast';
import { gfm } from 'micromark-extension-gfm';

/**
 * A comment's GitHub-flavoured Markdown as HTML that is safe to put into a page: what its authors wrote as HTML is kept
 * only as far as GitHub's own list of elements and attributes allows (`details`, tables …), never scripts or handlers.
 */
export function markdownToHtml(markdown: string): string {
  const tree = fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  return toHtml(sanitize(raw(toHast(tree, { allowDangerousHtml: true })), defaultSchema));
}
