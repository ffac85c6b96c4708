const LANE_PREFIXES = ['lane:', 'lane/', 'area:', 'area/', 'component:', 'component/', 'stream:', 'team:'];

/** The first of the usual prefixes that at least two labels share. */
export function lanePrefix(labels: readonly string[]): string | null {
  const shared = LANE_PREFIXES.find(
    (prefix) => labels.filter((label) => label.toLowerCase().startsWith(prefix)).length >= 2,
  );
  return shared ?? null;
}
