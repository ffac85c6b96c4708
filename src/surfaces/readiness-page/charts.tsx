import { raw } from 'hono/html';
import type { Child } from 'hono/jsx';
import { chartAges } from '../../core/readiness/render/chart-ages.ts';
import { chartBacklog } from '../../core/readiness/render/chart-backlog.ts';
import { chartBurnUp } from '../../core/readiness/render/chart-burn-up.ts';
import { chartChain } from '../../core/readiness/render/chart-chain.ts';
import { type FigureId, unreadFigure } from '../../core/readiness/render/unread-figure.ts';
import type { ReadinessReport } from '../../core/readiness/report-schema.ts';
import type { RepositoryRef } from '../../core/task/identity.ts';
import { nearText } from '../cli/near-text.ts';

interface ChartsProps {
  readonly report: ReadinessReport;
  readonly near: RepositoryRef;
}

/** Those charts that have something to show, or that could not be told; nothing where there is none. */
export function Charts({ report, near }: ChartsProps) {
  const figures: readonly Figure[] = [
    {
      ...{ id: 'burn_up', title: 'Burn-up', svg: chartBurnUp(report.metrics.burn_up) },
      legend: 'Tasks in scope (dashed) and those complete, by day',
    },
    {
      ...{ id: 'ages', title: 'Age of what is implemented', svg: chartAges(report.items) },
      legend: (
        <>
          Days: <span class="key" />
          merged <span class="key late" />
          still waiting; excused time left out
        </>
      ),
    },
    {
      ...{ id: 'chain', title: 'Longest chain', svg: chartChain(report, near) },
      legend: 'Each task waits for the one above it',
    },
    {
      ...{ id: 'backlog', title: 'Review backlog', svg: chartBacklog(report.metrics.review_backlog) },
      legend: (
        <>
          Reviews: <span class="key" />
          open <span class="key late" />
          over SLA
        </>
      ),
    },
  ];
  const told = figures
    .map((figure) => ({ ...figure, unread: unreadFigure(figure.id, report) }))
    .filter(({ svg, unread }) => svg !== null || unread !== null);
  if (told.length === 0) return null;
  return (
    <section aria-labelledby="figures">
      <h2 id="figures">Figures</h2>
      <div class="charts">
        {told.map((figure) => (
          <Chart {...figure} near={near} />
        ))}
      </div>
    </section>
  );
}

interface Figure {
  readonly id: FigureId;
  readonly title: string;
  /** Made by us, its texts escaped; null where there is nothing to draw. */
  readonly svg: string | null;
  /** What the chart shows, and in which colours. */
  readonly legend: Child;
}

function Chart({
  title,
  svg,
  legend,
  unread,
  near,
}: Figure & { readonly unread: string | null; readonly near: RepositoryRef }) {
  return (
    <figure>
      <figcaption>
        <h3>{title}</h3>
        {svg === null ? null : <p>{legend}</p>}
        {unread === null ? null : (
          <p class="doubt">
            {svg === null ? 'Unknown' : 'Not whole'}: {nearText(unread, near)}
          </p>
        )}
      </figcaption>
      {svg === null ? null : raw(svg)}
    </figure>
  );
}
