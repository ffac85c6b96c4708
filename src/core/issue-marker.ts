/**
 * The line in an issue's body that says which planned issue it is, so that it is found again and never made twice:
 * `<!-- parasol:issue v1 scaffold/api/1 -->`. It is trusted only in issues that the same identity opened. Only a key that
 * `canBeMarked` comes back from it as it was: half of a surrogate pair has no form in UTF-8 and becomes U+FFFD.
 */
export function issueMarker(key: string): string {
  return `<!-- parasol:issue v1 ${encodeKey(key)} -->`;
}

/** `checkPlan` lets no longer one into a plan. A lane's and a task's name and a prefix have room: 100 characters each. */
export const LONGEST_KEY = 1000;

/** A UTF-16 unit takes at most three bytes in UTF-8, each of them three characters here. */
const LINE = new RegExp(`^<!-- parasol:issue v\\d{1,4} (\\S{1,${LONGEST_KEY * 9}}) -->[ \\t]*\\r?$`, 'm');

/** Whether a marker brings the key back: not when it is empty, too long, or holds half of a surrogate pair. */
export const canBeMarked = (key: string): boolean => /^[^\p{Cs}]+$/u.test(key) && key.length <= LONGEST_KEY;

/** The key of the first such line; null without one. People may write above and below it; a quoted one is no line. */
export function issueKeyOf(body: string): string | null {
  const encoded = LINE.exec(body)?.[1];
  if (encoded === undefined) return null;
  try {
    return decodeURIComponent(encoded);
  } catch {
    return null;
  }
}

/** The body with its marker as the first line, unless it carries that very marker already. */
export function withIssueMarker(body: string, key: string): string {
  return issueKeyOf(body) === wellFormed(key) ? body : `${issueMarker(key)}\n${body}`;
}

/** Without spaces, and without the two hyphens that would end the comment. */
const encodeKey = (key: string): string =>
  encodeURIComponent(wellFormed(key)).replaceAll('%2F', '/').replaceAll('-', '%2D');

/** As `String.prototype.toWellFormed` does. */
const wellFormed = (text: string): string => text.replace(/\p{Cs}/gu, '\uFFFD');
