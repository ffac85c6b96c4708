/** How somebody's signs came until now, in working days: what absences are expected from. */
export interface SignRhythm {
  /** On which the person was taken for present. */
  readonly presentDays: number;
  /** On which the person was taken for absent, though nobody was told. */
  readonly silentDays: number;
  /** Times a sign came after such a silence. */
  readonly returns: number;
}

export const UNKNOWN_RHYTHM: SignRhythm = { presentDays: 0, silentDays: 0, returns: 0 };

/** Until somebody's own rhythm is known, an absence begins, and ends, about every 25 working days: five weeks, chosen. */
const USUAL_DAYS = 25;
/** Nine of ten people who are there and whose turn it is show a sign within a working day: chosen; 0.5 to 0.9 do. */
const SHARE_THAT_ACTS = 0.9;

/** From here on somebody is taken for absent. */
export const TAKEN_FOR_ABSENT = 0.5;

/**
 * Chance that somebody is away though nobody was told, after one more working day without a sign: 0 on a day with one.
 * A day on which something waited whose turn had come is evidence (Bayes' rule); on others the chance only drifts to what
 * the person's rhythm lets expect.
 */
export function nextAbsenceChance(
  chance: number,
  { isOverdue, rhythm }: { readonly isOverdue: boolean; readonly rhythm: SignRhythm },
): number {
  const leaving = (1 + rhythm.returns) / (USUAL_DAYS + rhythm.presentDays);
  const returning = (1 + rhythm.returns) / (USUAL_DAYS + rhythm.silentDays);
  const drifted = chance + (1 - chance) * leaving - chance * returning;
  return isOverdue ? drifted / (drifted + (1 - drifted) * (1 - SHARE_THAT_ACTS)) : drifted;
}

/** The same after `unseenDays` working days without a sign, during the last `overdueDays` of which something was overdue. */
export function absenceChance(
  days: { readonly unseenDays: number; readonly overdueDays: number },
  rhythm: SignRhythm = UNKNOWN_RHYTHM,
): number {
  let chance = 0;
  for (let day = Math.min(days.unseenDays, 250); day > 0; day -= 1)
    chance = nextAbsenceChance(chance, { isOverdue: day <= days.overdueDays, rhythm });
  return chance;
}
