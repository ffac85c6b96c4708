// npm run test:crash -- plan
import { runPlanCrash } from './plan.ts';

const CRASHES: Readonly<Record<string, () => Promise<number>>> = { plan: runPlanCrash };

const [name = ''] = process.argv.slice(2);
const crash = CRASHES[name];
if (crash === undefined) {
  console.error(`Name what is to crash: ${Object.keys(CRASHES).join(', ')}`);
  process.exitCode = 3;
} else {
  process.exitCode = await crash();
}
