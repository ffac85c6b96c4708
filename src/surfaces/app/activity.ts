export interface Activity {
  /** Announces work under way; the function that it gives back ends it, once. */
  begin(): () => void;
  /** The same for a promise, which never rejects. */
  track(work: Promise<void>): void;
  /** Resolves as soon as nothing is under way, also nothing that the last work began. */
  idle(): Promise<void>;
}

/** Counts what is under way, so that a shutdown can wait for it and a test knows when all is done. */
export function createActivity(): Activity {
  let underWay = 0;
  let waiting: (() => void)[] = [];

  const begin = () => {
    underWay += 1;
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      underWay -= 1;
      if (underWay > 0) return;
      for (const resolve of waiting) resolve();
      waiting = [];
    };
  };
  return {
    begin,
    track: (work) => {
      work.finally(begin());
    },
    idle: () => (underWay === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))),
  };
}
