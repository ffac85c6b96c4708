interface FrontMatter {
  /** Null where the file begins with none. */
  readonly yaml: string | null;
  readonly text: string;
  /** Line of the file in which `text` begins, from 1. */
  readonly textLine: number;
}

const FRONT_MATTER = /^---[ \t]*\n(?:([\s\S]*?)\n)?---[ \t]*(?:\n|$)/;

/** A Markdown file as its front matter, between two lines of `---`, and what follows; blank lines around it go. */
export function splitFrontMatter(file: string): FrontMatter {
  const normal = file.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n');
  const match = FRONT_MATTER.exec(normal);
  const rest = normal.slice(match?.[0].length ?? 0);
  const text = rest.replace(/^(?:[ \t]*\n)+/, '');
  const before = normal.slice(0, normal.length - text.length);
  return { yaml: match === null ? null : (match[1] ?? ''), text: text.trimEnd(), textLine: before.split('\n').length };
}
