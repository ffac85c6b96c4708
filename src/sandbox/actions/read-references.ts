import type { ItemKey } from '../world.ts';

/** One mention of an item in text. */
export interface Reference {
  readonly item: ItemKey;
  /** Whether one of GitHub's closing keywords stands right before it. */
  readonly closes: boolean;
}

const CODE = /```[\s\S]*?(?:```|$)|~~~[\s\S]*?(?:~~~|$)|`[^`\n]*`|<!--[\s\S]*?(?:-->|$)/g;
const REFERENCE =
  /(?:\b(?<keyword>close[sd]?|fix(?:e[sd])?|resolve[sd]?):?\s+)?(?:https?:\/\/[^\s/]+\/(?<urlRepository>[\w.-]+\/[\w.-]+)\/(?:issues|pull)\/(?<urlNumber>\d+)|(?<![\w/])(?<repository>[\w.-]+\/[\w.-]+)?#(?<number>\d+))\b/gi;

/**
 * The items that a text mentions, as GitHub links them: `#12`, `owner/name#12` and addresses, outside code and HTML
 * comments. Each item comes once; it closes when any of its mentions does.
 */
export function readReferences(text: string, repository: string): Reference[] {
  const found = new Map<string, Reference>();
  for (const match of text.replace(CODE, ' ').matchAll(REFERENCE)) {
    const groups = match.groups ?? {};
    const item = {
      repository: (groups.urlRepository ?? groups.repository ?? repository).toLowerCase(),
      number: Number(groups.urlNumber ?? groups.number),
    };
    const name = `${item.repository}#${item.number}`;
    const closes = groups.keyword !== undefined || found.get(name)?.closes === true;
    found.set(name, { item, closes });
  }
  return [...found.values()];
}
