import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { REST_ROUTES } from '../rest/rest-routes.ts';
import { refusal } from './answer.ts';
import { exchange } from './exchange.ts';
import { answerGit, GIT_PATHS } from './git-route.ts';
import { graphqlJob } from './graphql-route.ts';
import { LARGEST_BODY_BYTES } from './json-body.ts';
import { restJob, unmodelledJob } from './rest-job.ts';
import type { SandboxState } from './sandbox-state.ts';

/** REST answers at the root, as on github.com, and under `/api/v3`, as on GitHub Enterprise Server. */
const REST_PREFIXES = ['', '/api/v3'] as const;
const GRAPHQL_PATHS = ['/graphql', '/api/graphql'] as const;

/** Every address of the sandbox, as one Hono app. */
export function createSandboxApp(state: SandboxState): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>({ strict: false });
  app.use(bodyLimit({ maxSize: LARGEST_BODY_BYTES, onError: (context) => context.json(tooLarge(), 413) }));
  for (const path of GRAPHQL_PATHS) {
    app.post(path, async (context) => exchange(state, context, graphqlJob(state, await context.req.text())));
  }
  for (const prefix of REST_PREFIXES) {
    for (const route of REST_ROUTES) {
      app.on(route.method, prefix + route.path, async (context) => {
        const text = route.method === 'GET' ? '' : await context.req.text();
        const request = { url: new URL(context.req.url), parameters: context.req.param(), text };
        return exchange(state, context, restJob(state, route, request));
      });
    }
  }
  for (const [method, path] of GIT_PATHS) app.on(method, path, (context) => answerGit(state, context));
  app.notFound((context) => exchange(state, context, unmodelledJob(context.req.method, context.req.path)));
  return app;
}

function tooLarge() {
  return refusal(413, 'Payload Too Large').body ?? {};
}
