/** Share of a change, 0 to 1, in folders that a person knows. A login may be `constructor`, which every object seems to have. */
export function shareKnownBy(
  id: string,
  { familiarity }: { readonly familiarity: Readonly<Record<string, number>> },
): number {
  return Object.hasOwn(familiarity, id) ? (familiarity[id] ?? 0) : 0;
}
