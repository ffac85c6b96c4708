import { memoryCache } from '../../src/git/trial-cache.ts';
import { type BenchSample, judgeSample } from './trial-samples.ts';

export interface PrefilterFigures {
  /** Pairs that could be tried but share nothing. */
  readonly dropped: number;
  readonly misses: number;
  readonly examples: readonly string[];
  /** Seconds of trying all pairs by those of trying candidates. */
  readonly ratio: number;
}

/**
 * Tries the pairs that the prefilter drops, as far as a sample's time goes; what was merged onto the base before is known by
 * then, so that both times together are those of trying all.
 */
export async function measurePrefilter(
  samples: readonly BenchSample[],
  progress: (text: string) => void,
): Promise<PrefilterFigures> {
  let [dropped, misses, more, fast] = [0, 0, 0, 0];
  const examples: string[] = [];
  for (const [index, sample] of samples.entries()) {
    const cache = memoryCache();
    fast += (await timed(sample, { cache })).seconds;
    const rest = await timed(sample, { cache, pairs: 'dropped' });
    more += rest.seconds;
    for (const { a, b, finding } of rest.report.pairs) {
      if (finding.basis !== 'verified') continue;
      dropped += 1;
      if (finding.verdict === 'clean') continue;
      misses += 1;
      examples.push(`dropped, but in conflict: ${a} and ${b}: ${JSON.stringify(finding)}`);
    }
    progress(`dropped pairs tried: sample ${index + 1} of ${samples.length}, ${dropped} so far, ${misses} missed`);
  }
  return { dropped, misses, examples: examples.slice(0, 10), ratio: fast === 0 ? 0 : (fast + more) / fast };
}

async function timed(sample: BenchSample, wish: Parameters<typeof judgeSample>[1]) {
  const start = performance.now();
  const report = await judgeSample(sample, wish);
  return { report, seconds: (performance.now() - start) / 1000 };
}
