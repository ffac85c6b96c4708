import type { Child } from 'hono/jsx';

interface LinkProps {
  readonly url: string | null;
  readonly children?: Child;
}

/** A link to a page of the web; only its text where the address is none that is safe to follow. */
export function Link({ url, children }: LinkProps) {
  const isSafe = url !== null && /^https?:\/\/[^\s<>\p{C}]+$/u.test(url);
  return isSafe ? <a href={url}>{children}</a> : <span>{children}</span>;
}
