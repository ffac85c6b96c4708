import type { ReadinessReport } from '../report-schema.ts';
import { counted } from './report-words.ts';

export type FigureId = 'burn_up' | 'ages' | 'chain' | 'backlog';

/** The criterion that is made from the same facts. */
const CRITERION_OF: Readonly<Record<FigureId, ReadinessReport['criteria'][number]['id']>> = {
  burn_up: 'completion',
  ages: 'implemented_age',
  chain: 'dependencies',
  backlog: 'gate_backlog',
};

/** Why a figure may leave something out, in words of Parasol's own and of what could not be read; null where it is whole. */
export function unreadFigure(
  id: FigureId,
  { criteria, findings }: Pick<ReadinessReport, 'criteria' | 'findings'>,
): string | null {
  const criterion = CRITERION_OF[id];
  const unread = findings.filter((one) => one.criterion === criterion && one.effect === 'unknown');
  const [first, ...more] = unread;
  if (first !== undefined)
    return more.length === 0 ? first.why : `${first.why}, and ${counted(more.length, 'more gap')}`;
  return criteria.find((one) => one.id === criterion && one.outcome === 'unknown')?.reason ?? null;
}
