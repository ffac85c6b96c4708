import { crashPlan } from './crash-plan.ts';

/** A plan of 60 links and more among 500 issues, applied by a process that is killed three times; the exit code. */
export async function runPlanCrash(): Promise<number> {
  const seed = Number(process.env.PARASOL_SEED ?? Math.floor(Math.random() * 1_000_000));
  console.log(`PARASOL_SEED=${seed} repeats the moments at which the process is killed`);
  const startedAt = Date.now();
  const kills = { apply: 3, undo: 1 };
  const problems = await crashPlan({ seed, issues: 500, links: 60, kills, speed: 20, say: console.log });
  for (const problem of problems) console.error(`WRONG: ${problem}`);
  const verdict =
    problems.length === 0
      ? '60 links, nothing twice, and after the undo all as at the start'
      : `${problems.length} things do not hold`;
  console.log(`${verdict} (${Math.round((Date.now() - startedAt) / 1000)} s)`);
  return problems.length === 0 ? 0 : 1;
}
