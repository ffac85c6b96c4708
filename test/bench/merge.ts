/**
 * Whether trial merges tell the truth, and how fast: `npm run bench:merge [-- --repo PATH]`.
 *
 * Truth: the same pairs are merged for real, by `git merge` of one and then the other in a working tree; verdict and
 * conflicting files must be equal. Prefilter: every pair that it drops is tried all the same, by the trial merges that the
 * first figure vouches for. Speed, measured first: 100 open pull requests from nothing, and one push among 1,000 with the cache in its file,
 * each from opening the repository to the findings. Without `--repo` on made-up repositories with every odd kind of change;
 * with it on a clone with `refs/pull/*\/head`: today's open ones and those that were open at points of its history.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { newFolder } from '../git/draft-repository.ts';
import { realMerge } from '../git/real-merge.ts';
import { compareWithMerges } from './compare-with-merges.ts';
import { historicSamples } from './historic-samples.ts';
import { measurePrefilter } from './measure-prefilter.ts';
import { measurePush, measureWhole } from './measure-trials.ts';
import { writeOddRepository } from './odd-repository.ts';
import { type BenchSample, judgeSample, pairsToCompare, todaysSample } from './trial-samples.ts';

const { values } = parseArgs({ options: { repo: { type: 'string' } } });
const folder = newFolder('bench-merge');
const progress = (text: string): void => console.error(`  ${text}`);

try {
  const whole = values.repo ?? plainRepository('hundred', 100);
  const seconds100 = await measureWhole(await todaysSample(whole, 100));
  progress(`${seconds100.heads} open, from nothing: ${seconds100.seconds} s`);
  const many = values.repo ?? plainRepository('thousand', 1000);
  const push = await measurePush(await todaysSample(many, 1000), folder);
  progress(`a push among ${push.heads} open: ${push.seconds} s; all from nothing ${push.wholeSeconds} s`);
  const samples = values.repo === undefined ? oddSamples() : await historicSamples(values.repo);
  const truth = await measureTruth(samples);
  const wide = values.repo === undefined ? wideSamples() : samples;
  const prefilter = await measurePrefilter(wide, progress);
  const agreement = truth.compared === 0 ? 0 : truth.agreed / truth.compared;
  print([
    [
      'pairs and heads merged for real',
      `${truth.compared} in ${samples.length} samples, ${truth.conflicts} pairs in conflict`,
    ],
    ['  same verdict and same files', `${truth.agreed}`],
    ['  left out because git merge itself stops with a bug', `${truth.broken}`],
    ['pairs that the prefilter drops', `${prefilter.dropped}, of which in conflict: ${prefilter.misses}`],
    ['  trying all pairs takes', `${round(prefilter.ratio)} times as long`],
    [
      `${seconds100.heads} open, from nothing`,
      `${seconds100.seconds} s (median of ${seconds100.runs}), ${seconds100.merges} merges`,
    ],
    [`a push among ${push.heads} open`, `${push.seconds} s (median of ${push.runs}), ${push.merges} merges`],
    ['  all of them from nothing', `${push.wholeSeconds} s, ${push.wholeMerges} merges`],
  ]);
  for (const difference of [...truth.differences, ...prefilter.examples]) console.log(`DIFFERENCE ${difference}`);
  console.log(
    JSON.stringify({
      bench: 'merge',
      figures: {
        agreement,
        agreementPairs: truth.compared,
        prefilterMisses: prefilter.misses,
        prefilterPairs: prefilter.dropped,
        seconds100: seconds100.seconds,
        secondsPush1000: push.seconds,
        bruteForceRatio: round(prefilter.ratio),
      },
    }),
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function oddSamples(): readonly BenchSample[] {
  return Array.from({ length: 5 }, (_, index) => {
    const repository = join(folder, `odd-${index}`);
    const shape = { heads: 40, folders: 14, oddShare: 0.6, hotShare: 0.4, lostShare: 0.5, hasHugeFiles: index === 0 };
    writeOddRepository(repository, { seed: 100 + index, ...shape });
    return { repository, base: 'main', heads: 'all' };
  });
}

function wideSamples(): readonly BenchSample[] {
  return Array.from({ length: 6 }, (_, index) => {
    const repository = join(folder, `wide-${index}`);
    writeOddRepository(repository, {
      seed: 200 + index,
      heads: 100,
      folders: 60,
      oddShare: 0.6,
      hotShare: 0.1,
      lostShare: 0.5,
      hasHugeFiles: false,
    });
    return { repository, base: 'main', heads: 'all' };
  });
}

/** Mostly plain edits, as in most repositories. */
function plainRepository(name: string, heads: number): string {
  const repository = join(folder, name);
  writeOddRepository(repository, {
    seed: heads,
    heads,
    folders: 500,
    oddShare: 0.1,
    hotShare: 0.2,
    lostShare: 0,
    hasHugeFiles: false,
  });
  return repository;
}

async function measureTruth(samples: readonly BenchSample[]) {
  const total = { compared: 0, agreed: 0, conflicts: 0, broken: 0, differences: [] as string[] };
  for (const [index, sample] of samples.entries()) {
    const report = await judgeSample(sample);
    const oracle = realMerge(sample.repository);
    try {
      const found = compareWithMerges(report, pairsToCompare(report), oracle);
      total.compared += found.compared;
      total.agreed += found.agreed;
      total.broken += found.broken;
      total.conflicts += found.conflicts;
      total.differences.push(...found.differences);
    } finally {
      oracle.close();
    }
    progress(
      `merged for real: sample ${index + 1} of ${samples.length}, ${total.compared} so far, ${total.agreed} agree`,
    );
  }
  return total;
}

function print(rows: readonly (readonly [string, string])[]): void {
  const width = Math.max(...rows.map(([name]) => name.length));
  for (const [name, value] of rows) console.log(`${name.padEnd(width)}  ${value}`);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
