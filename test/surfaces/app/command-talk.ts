import { afterEach } from 'vitest';
import { createComment } from '../../../src/sandbox/actions/comment.ts';
import type { CommentRecord } from '../../../src/sandbox/world.ts';
import { at, buildTestWorld, startTestApp, type TestApp } from './test-app.ts';

/** That of the test that runs; closed after it. */
export let app: TestApp;
afterEach(() => app.close());

/** Without a configuration, unless one is given. */
export const start = (options: Parameters<typeof buildTestWorld>[0] = { config: null }): Promise<void> =>
  startOn(buildTestWorld(options));

export async function startOn(...built: Parameters<typeof startTestApp>): Promise<void> {
  app = await startTestApp(...built);
}

/** On the umbrella, unless it is said where; the App has answered then. */
export async function say(
  by: string,
  body: string,
  on: { readonly number: number } = app.umbrella,
): Promise<CommentRecord> {
  const comment = createComment(app.world, by, { item: at(on), body });
  await app.settle();
  return comment;
}

/** What the App answered a comment with. */
export const faces = ({ reactions }: CommentRecord): readonly string[] => reactions.map(({ content }) => content);
