import type { Reporter, TestModule } from 'vitest/node';

/**
 * Ends a run with one plain line, `N passed, N failed, N skipped`, and, with `PARASOL_NO_SKIPS=1`, fails a run in which
 * anything was skipped: a machine that is set up for the whole suite must run the whole suite.
 */
export class ClosingLineReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const inState = (state: string) => tests.filter((test) => test.result().state === state);
    const skipped = inState('skipped');
    for (const test of skipped) console.log(`skipped: ${test.fullName}`);
    if (skipped.length > 0 && process.env.PARASOL_NO_SKIPS === '1') {
      console.error('Skipped tests count as failures here (PARASOL_NO_SKIPS=1): install what they need.');
      process.exitCode = 1;
    }
    console.log(`${inState('passed').length} passed, ${inState('failed').length} failed, ${skipped.length} skipped`);
  }
}
