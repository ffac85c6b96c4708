import { raw } from 'hono/html';
import type { LiveItem } from './live-view.ts';
import { markdownToHtml } from './markdown-to-html.ts';
import { PageHead } from './page-head.tsx';

interface ItemPageProps {
  readonly item: LiveItem;
  readonly githubUrl: string;
}

/** An issue or a pull request as it stands in the world: title, state, text and comments. */
export function ItemPage({ item, githubUrl }: ItemPageProps) {
  const { ref, title, state, author, body, comments } = item;
  const html = (markdown: string) => raw(markdownToHtml(markdown, { localUrl: githubUrl }));
  return (
    <html lang="en">
      <PageHead title={`${title} · ${ref}`} />
      <body>
        <header>
          <p>
            <a href="/">Parasol, live</a>
          </p>
          <h1>{title}</h1>
          <p>{`${ref} · ${state} · opened by ${author}`}</p>
        </header>
        <main class="item">
          <article class="comment">{body === '' ? <p>No description.</p> : html(body)}</article>
          {comments.map((comment) => (
            <article class="comment">
              <p class="by">
                {comment.author} <time datetime={comment.at}>{comment.at.replace('T', ' ').replace('Z', ' UTC')}</time>
              </p>
              {html(comment.body)}
            </article>
          ))}
        </main>
      </body>
    </html>
  );
}
