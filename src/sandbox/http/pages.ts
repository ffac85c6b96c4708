import { type Answer, ok } from './answer.ts';

const LARGEST_PAGE = 100;
const DEFAULT_PAGE = 30;

interface Page {
  readonly perPage: number;
  /** From 1. */
  readonly page: number;
}

/** Reads `per_page` and `page`; like GitHub, nonsense falls back to the default and more than 100 to 100. */
export function readPage(query: URLSearchParams): Page {
  return {
    perPage: Math.min(readCount(query.get('per_page')) ?? DEFAULT_PAGE, LARGEST_PAGE),
    page: readCount(query.get('page')) ?? 1,
  };
}

interface PageLinks {
  /** The request's address with its query, which the links repeat but for the page. */
  readonly url: URL;
  readonly total: number;
}

/** The entries of the page asked for. */
export function slicePage<Item>(items: readonly Item[], { perPage, page }: Page): readonly Item[] {
  return items.slice((page - 1) * perPage, page * perPage);
}

/** One page of a list with GitHub's `Link` header; serializes only what is on the page. */
export function pageOf<Item>(items: readonly Item[], url: URL, serialize: (item: Item) => unknown): Answer {
  const page = readPage(url.searchParams);
  const body = slicePage(items, page).map(serialize);
  return { ...ok(body), headers: linkHeader(page, { url, total: items.length }) };
}

interface Listed<Item> {
  readonly items: readonly Item[];
  readonly show: (item: Item) => unknown;
}

/** The lists that GitHub wraps: `{ total_count, <name>: [...] }`. */
export function countedPage<Item>(url: URL, name: string, { items, show }: Listed<Item>): Answer {
  const page = readPage(url.searchParams);
  const body = { total_count: items.length, [name]: slicePage(items, page).map(show) };
  return { ...ok(body), headers: linkHeader(page, { url, total: items.length }) };
}

/** `prev`, `next`, `last` and `first`, in GitHub's order and only where they lead somewhere; nothing for a single page. */
export function linkHeader({ perPage, page }: Page, { url, total }: PageLinks): Record<string, string> {
  const last = Math.max(1, Math.ceil(total / perPage));
  const links = [
    ...(page > 1 ? [linkTo(url, Math.min(page - 1, last), 'prev')] : []),
    ...(page < last ? [linkTo(url, page + 1, 'next'), linkTo(url, last, 'last')] : []),
    ...(page > 1 ? [linkTo(url, 1, 'first')] : []),
  ];
  return links.length === 0 ? {} : { link: links.join(', ') };
}

function linkTo(url: URL, page: number, relation: string): string {
  const target = new URL(url);
  target.searchParams.set('page', String(page));
  return `<${target.href}>; rel="${relation}"`;
}

function readCount(text: string | null): number | null {
  if (text === null || !/^\d+$/.test(text)) return null;
  return Number(text) >= 1 ? Number(text) : null;
}
