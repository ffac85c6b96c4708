import { connectEarly } from './connect-early.ts';

const github = connectEarly(process.env);
// What is wrong is told by the run, which asks for it again.
await github.catch(() => {});
const { runAction } = await import('./run-action.ts');
await runAction(github);
