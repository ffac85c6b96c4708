// The command line as `parasol.ts` runs it, with a clock that runs faster: PARASOL_TEST_EPOCH and PARASOL_TEST_SPEED.
import { run } from '../../src/surfaces/cli/run.ts';
import { fastClock } from './fast-clock.ts';

const { PARASOL_TEST_EPOCH, PARASOL_TEST_SPEED } = process.env;

process.exitCode = await run(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  cwd: process.cwd(),
  clock: fastClock({ epochMs: Number(PARASOL_TEST_EPOCH), speed: Number(PARASOL_TEST_SPEED) }),
});
