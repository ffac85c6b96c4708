import { serveApp } from '../../../src/surfaces/app/serve-app.ts';

// The App as a process of its own, for the tests that end it.
const { env } = process;
await serveApp({ env, once: process.once.bind(process) }, ({ url }) => process.stdout.write(`${url}\n`));
