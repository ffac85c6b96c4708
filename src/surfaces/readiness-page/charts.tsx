import { raw } from 'hono/html';
import type { Child } from 'hono/jsx';
import { chartAges } from '../../core/readiness/render/chart-ages.ts';
import { chartBacklog } from '../../core/readiness/render/chart-backlog.ts';
import { chartBurnUp } from '../../core/readiness/render/chart-burn-up.ts';
import { chartChain } from '../../core/readiness/render/chart-chain.ts';
import type { ReadinessReport } from '../../core/readiness/report-schema.ts';
import type { RepositoryRef } from '../../core/task/identity.ts';

interface ChartsProps {
  readonly report: ReadinessReport;
  readonly near: RepositoryRef;
}

/** Those charts that have something to show; nothing where none has. */
export function Charts({ report, near }: ChartsProps) {
  const burnUp = chartBurnUp(report.metrics.burn_up);
  const ages = chartAges(report.items);
  const chain = chartChain(report, near);
  const backlog = chartBacklog(report.metrics.review_backlog);
  if (burnUp === null && ages === null && chain === null && backlog === null) return null;
  return (
    <section aria-labelledby="figures">
      <h2 id="figures">Figures</h2>
      <div class="charts">
        <Chart title="Burn-up" svg={burnUp}>
          Tasks in scope (dashed) and those complete
        </Chart>
        <Chart title="Age of what is implemented" svg={ages}>
          <span class="key"></span>merged <span class="key late"></span>still waiting; excused time left out
        </Chart>
        <Chart title="Longest chain" svg={chain}>
          Each task waits for the one above it
        </Chart>
        <Chart title="Review backlog" svg={backlog}>
          <span class="key"></span>open <span class="key late"></span>over SLA
        </Chart>
      </div>
    </section>
  );
}

/** `svg` is made by us, its texts escaped. */
function Chart({
  title,
  svg,
  children,
}: {
  readonly title: string;
  readonly svg: string | null;
  readonly children?: Child;
}) {
  if (svg === null) return null;
  return (
    <figure>
      <figcaption>
        <h3>{title}</h3>
        <p>{children}</p>
      </figcaption>
      {raw(svg)}
    </figure>
  );
}
