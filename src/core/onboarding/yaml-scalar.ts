const PLAIN = /^[a-z][a-z0-9_-]*$/i;
const RESERVED = new Set(['true', 'false', 'null', 'yes', 'no', 'on', 'off', 'y', 'n']);

/** A plain word as it is, anything else single-quoted: the one style in which nothing but the quote itself has a meaning. */
export function yamlScalar(text: string): string {
  if (PLAIN.test(text) && !RESERVED.has(text.toLowerCase())) return text;
  return `'${text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').replaceAll("'", "''")}'`;
}
