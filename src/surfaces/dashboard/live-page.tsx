import { raw } from 'hono/html';
import { inWords } from '../../core/in-words.ts';
import { formatRef } from '../../core/task/identity.ts';
import type { LiveRollup, LiveView } from './live-view.ts';
import { markdownToHtml } from './markdown-to-html.ts';
import { PageHead } from './page-head.tsx';

interface PartProps {
  readonly view: LiveView;
  /** Where links of comments lead that are followed here instead. */
  readonly githubUrl: string;
}

/** The parts of the page that change; each is replaced whole, by its id, when something happens. */
export const LIVE_PARTS = { umbrellas: UmbrellaList, comments: Comments, story: Story, log: Log } as const;

export function LivePage({ view, githubUrl }: PartProps) {
  return (
    <html lang="en">
      <PageHead title="Parasol, live" />
      <body>
        <header>
          <h1>Parasol</h1>
          <p>
            A GitHub inside this process, loaded from <code>{view.world}</code>, and the real App beside it. Every
            change below arrived as a signed webhook.
          </p>
        </header>
        <main>
          <section id="story" aria-label="Story">
            <Story view={view} />
          </section>
          <section id="umbrellas" aria-label="Umbrellas">
            <UmbrellaList view={view} />
          </section>
          <section id="comments" aria-label="Rollup comments">
            <Comments view={view} githubUrl={githubUrl} />
          </section>
          <section id="log" aria-label="What happened" aria-live="polite">
            <Log view={view} />
          </section>
        </main>
      </body>
    </html>
  );
}

function Story({ view }: { readonly view: LiveView }) {
  const { done, total, next } = view.story;
  return (
    <>
      <h2>
        Story <small>{`${done} of ${total}`}</small>
      </h2>
      <p>{next === null ? 'The story is over.' : `Next: ${next}`}</p>
      <div class="buttons">
        <button type="button" data-post="/steps" disabled={next === null}>
          Next step
        </button>
        {view.events.map(({ name, label }) => (
          <button type="button" data-post={`/events/${name}`}>
            {label}
          </button>
        ))}
      </div>
    </>
  );
}

function UmbrellaList({ view }: { readonly view: LiveView }) {
  if (view.rollups.length === 0) return <p>No rollup yet: nobody has asked for one here.</p>;
  return (
    <>
      <h2>Umbrellas</h2>
      <ul class="umbrellas">
        {view.rollups.map((one) => (
          <UmbrellaLine one={one} />
        ))}
      </ul>
    </>
  );
}

function UmbrellaLine({ one: { rollup } }: { readonly one: LiveRollup }) {
  const { umbrella, progress, integration } = rollup;
  const percent = progress.percentComplete ?? 0;
  return (
    <li>
      <a href={`#${anchorOf(rollup)}`}>{umbrella.title}</a>
      <progress max="100" value={String(percent)} aria-label={`${percent} percent complete`} />
      <span>{`${percent} %, ${progress.complete} of ${progress.relevant}`}</span>
      <span class={`verdict ${integration.verdict}`}>{inWords(integration.verdict)}</span>
    </li>
  );
}

/** The first umbrella is open, the others fold. */
function Comments({ view, githubUrl }: PartProps) {
  return (
    <>
      {view.rollups.map(({ rollup, body, version }, index) => (
        <details class="rollup" open={index === 0}>
          <summary>
            {formatRef(rollup.umbrella.ref)} <small>{rollup.umbrella.title}</small>
          </summary>
          <article id={anchorOf(rollup)} data-version={String(version)}>
            <div class="comment">{raw(markdownToHtml(body, { localUrl: githubUrl }))}</div>
          </article>
        </details>
      ))}
    </>
  );
}

function Log({ view }: { readonly view: LiveView }) {
  return (
    <>
      <h2>What happened</h2>
      <ol class="log">
        {view.log.map(({ at, kind, text, count }) => (
          <li class={kind}>
            <time datetime={at}>{at.slice(11, 19)}</time> <span>{text}</span>
            {count === 1 ? null : <b>{` × ${count}`}</b>}
          </li>
        ))}
      </ol>
    </>
  );
}

const anchorOf = ({ umbrella }: LiveRollup['rollup']): string =>
  `${umbrella.ref.owner}-${umbrella.ref.repo}-${umbrella.ref.number}`;
