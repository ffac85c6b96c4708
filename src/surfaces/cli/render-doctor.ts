import type * as z from 'zod';
import { visibleLine } from '../../core/markdown.ts';
import type { doctor } from '../../operations/doctor.ts';
import { printTable } from './print-table.ts';
import type { View } from './view.ts';
import { wrapLines } from './wrap-lines.ts';

type Diagnosis = z.output<typeof doctor.output>;

/** What was tried and what it gives, then one line per missing thing with the permission that would help. */
export function renderDoctor({ repository, probes }: Diagnosis, view: View): string {
  const { colors } = view;
  const table = printTable(
    [
      { title: '', cell: ({ ok }) => (ok ? colors.green('ok') : colors.red('no')), isHeading: true },
      { title: 'Reading', cell: ({ feature }) => visibleLine(feature), isHeading: true },
      { title: 'What it gives', cell: ({ unlocks }) => visibleLine(unlocks), canShrink: true },
      { title: 'Found', cell: ({ detail }) => visibleLine(detail), canShrink: true },
    ],
    probes,
    view,
  );
  const missing = probes.filter(({ ok }) => !ok);
  const conclusion = wrapLines(closing(missing, view), view.width);
  return [colors.bold(repository ?? 'No repository named'), '', table, '', ...conclusion].join('\n');
}

function closing(missing: Diagnosis['probes'], { colors }: View): readonly string[] {
  if (missing.length === 0) return [colors.green('Everything that Parasol uses can be read.')];
  return missing.map(({ feature, permission, detail }) => {
    const remedy = permission === null ? visibleLine(detail) : `it needs ${permission}`;
    const word = feature === 'configuration' ? 'wrong:' : 'missing:';
    return `${colors.yellow(word)} ${visibleLine(feature)}: ${remedy}`;
  });
}
