/** The marker of the rollup comment; trusted only in what the same identity wrote. */
export const ROLLUP_MARKER = buildMarker('rollup', 1);

/** What a readiness report starts with, wherever it is posted. */
export const READINESS_MARKER = buildMarker('readiness', 1);

interface Marker {
  readonly kind: string;
  readonly version: number;
}

const MARKER = /^<!-- parasol:([a-z][a-z-]{0,30}) v(\d{1,4}) -->/;

/** `<!-- parasol:rollup v1 -->`: invisible on GitHub, always the first thing in a comment of ours. */
export function buildMarker(kind: string, version: number): string {
  return `<!-- parasol:${kind} v${version} -->`;
}

/** The marker that a comment starts with; null when it starts with anything else, so that a quoted one never counts. */
export function parseMarker(body: string): Marker | null {
  const match = MARKER.exec(body);
  return match === null ? null : { kind: match[1] ?? '', version: Number(match[2]) };
}
