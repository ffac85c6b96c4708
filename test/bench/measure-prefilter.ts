import { type BenchSample, judgeSample } from './trial-samples.ts';

export interface PrefilterFigures {
  /** Pairs that could be tried but share nothing. */
  readonly dropped: number;
  readonly misses: number;
  readonly examples: readonly string[];
  /** Seconds of trying all pairs by those of trying candidates. */
  readonly ratio: number;
}

/** Tries every pair, also those that the prefilter drops, as far as a sample's time goes. Both runs begin from nothing. */
export async function measurePrefilter(
  samples: readonly BenchSample[],
  progress: (text: string) => void,
): Promise<PrefilterFigures> {
  let [dropped, misses, slow, fast] = [0, 0, 0, 0];
  const examples: string[] = [];
  for (const [index, sample] of samples.entries()) {
    const narrow = await timed(sample, 'candidates');
    const whole = await timed(sample, 'all');
    const kept = new Set(narrow.report.pairs.map(({ a, b }) => JSON.stringify([a, b])));
    for (const { a, b, finding } of whole.report.pairs) {
      if (kept.has(JSON.stringify([a, b])) || finding.basis !== 'verified') continue;
      dropped += 1;
      if (finding.verdict === 'clean') continue;
      misses += 1;
      examples.push(`dropped, but in conflict: ${a} and ${b}: ${JSON.stringify(finding)}`);
    }
    slow += whole.seconds;
    fast += narrow.seconds;
    progress(`all pairs tried: sample ${index + 1} of ${samples.length}, ${dropped} dropped so far, ${misses} missed`);
  }
  return { dropped, misses, examples: examples.slice(0, 10), ratio: fast === 0 ? 0 : slow / fast };
}

async function timed(sample: BenchSample, pairs: 'candidates' | 'all') {
  const start = performance.now();
  const report = await judgeSample(sample, pairs);
  return { report, seconds: (performance.now() - start) / 1000 };
}
