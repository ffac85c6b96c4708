/**
 * Measures the throttling plugin's spacing, as it comes and as Parasol configures it, over loopback against a server that
 * answers at once: `npm run bench:throttle`. The table stands in `src/github/throttle-options.ts`.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { throttling } from '@octokit/plugin-throttling';
import { Octokit } from '@octokit/rest';
import { throttleOptions } from '../../src/github/throttle-options.ts';

const ThrottledOctokit = Octokit.plugin(throttling);
const waits = () => true;
const SILENT = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

interface Work {
  readonly name: string;
  readonly figure: string;
  /** Starts all requests at once, each on the Octokit of its installation. */
  readonly run: (octokitOf: (installation: number) => Octokit) => Promise<unknown>;
}

const times = <T>(count: number, start: (n: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, n) => start(n)));

const edit = (octokit: Octokit, id: number) =>
  octokit.rest.issues.updateComment({ owner: 'octo', repo: 'harbor', comment_id: id, body: 'text' });

const WORK: readonly Work[] = [
  {
    name: '10 GraphQL reads',
    figure: 'graphqlReads',
    run: (of) => times(10, () => of(1).graphql('{ viewer { login } }')),
  },
  { name: '3 comment edits', figure: 'commentEdits', run: (of) => times(3, (n) => edit(of(1), n + 1)) },
  {
    name: '3 comments created',
    figure: 'commentsCreated',
    run: (of) =>
      times(3, () => of(1).rest.issues.createComment({ owner: 'octo', repo: 'harbor', issue_number: 1, body: 'text' })),
  },
  {
    name: 'one comment edit in each of 3 installations',
    figure: 'installations',
    run: (of) => times(3, (n) => edit(of(n + 1), 1)),
  },
];

const server = createServer((_request, response) => {
  response.setHeader('content-type', 'application/json');
  response.end('{"data":{"viewer":{"login":"kim"}}}');
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const { port } = server.address() as AddressInfo;

/** As Probot makes them: one Octokit per installation from the same options; the plugin as it comes knows no ids. */
function octokits(kind: 'default' | 'configured'): (installation: number) => Octokit {
  const configured = throttleOptions({ pace: 'github' });
  const made = new Map<number, Octokit>();
  return (installation) => {
    const throttle =
      kind === 'default'
        ? { onRateLimit: waits, onSecondaryRateLimit: waits }
        : { ...configured, id: String(installation) };
    const octokit =
      made.get(installation) ?? new ThrottledOctokit({ baseUrl: `http://127.0.0.1:${port}`, log: SILENT, throttle });
    made.set(installation, octokit);
    return octokit;
  };
}

async function measure(kind: 'default' | 'configured', work: Work): Promise<number> {
  const octokitOf = octokits(kind);
  const start = performance.now();
  await work.run(octokitOf);
  return Math.round(performance.now() - start);
}

const figures: Record<string, number> = {};
console.log('| work | as it comes, ms | configured, ms |\n| --- | ---: | ---: |');
for (const work of WORK) {
  const asItComes = await measure('default', work);
  // The plugin's queues are shared by the whole process: let them run dry before the next row.
  await new Promise((resolve) => setTimeout(resolve, 3100));
  const configured = await measure('configured', work);
  figures[`${work.figure}DefaultMs`] = asItComes;
  figures[`${work.figure}ConfiguredMs`] = configured;
  console.log(`| ${work.name} | ${asItComes} | ${configured} |`);
}
server.close();
server.closeAllConnections();
console.log(JSON.stringify({ bench: 'throttle', figures }));
