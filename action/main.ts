import { askFirst } from './ask-first.ts';

const first = await askFirst(process.env);
const { runAction } = await import('./run-action.ts');
await runAction(first);
