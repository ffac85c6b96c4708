import { inWords } from '../../core/in-words.ts';
import { visibleLine } from '../../core/markdown.ts';
import { durationWords } from '../../core/readiness/render/duration-words.ts';
import type { ReadinessReport, ReportedItem } from '../../core/readiness/report-schema.ts';
import type { RepositoryRef } from '../../core/task/identity.ts';
import { nearText } from '../cli/near-text.ts';
import { Link } from './link.tsx';

/** Rows that a browser lays out without a pause; the JSON has all. */
const MAX_ROWS = 1_000;

interface ItemsProps {
  readonly items: ReadinessReport['items'];
  readonly near: RepositoryRef;
}

/** Every task and pull request with its state and waits, folded. */
export function ItemTable({ items, near }: ItemsProps) {
  const rest = items.length - MAX_ROWS;
  return (
    <details>
      <summary>
        <h3>All items</h3>
        <span>{items.length}</span>
      </summary>
      <div class="scroll">
        <table class="wide">
          <thead>
            <tr>
              <th scope="col">Item</th>
              <th scope="col">Title</th>
              <th scope="col">State</th>
              <th scope="col">Waited for review</th>
              <th scope="col">Waited for merge</th>
            </tr>
          </thead>
          <tbody>
            {items.slice(0, MAX_ROWS).map((item) => (
              <ItemRow item={item} near={near} />
            ))}
          </tbody>
        </table>
      </div>
      {rest > 0 && <p class="soft">and {rest} more</p>}
    </details>
  );
}

function ItemRow({ item, near }: { readonly item: ReportedItem; readonly near: RepositoryRef }) {
  const { ref, url, title, state, outcome, clocks } = item;
  const told = outcome === null || outcome === state ? '' : `, ${inWords(outcome)}`;
  return (
    <tr>
      <th scope="row">
        <Link url={url}>{nearText(ref, near)}</Link>
      </th>
      <td>{visibleLine(title)}</td>
      <td>{`${inWords(state)}${told}`}</td>
      <td class="soft">{waitWords(clocks?.review_wait_seconds)}</td>
      <td class="soft">{waitWords(clocks?.merge_wait_seconds)}</td>
    </tr>
  );
}

const waitWords = (seconds: number | null | undefined): string => (seconds == null ? '' : durationWords(seconds));
