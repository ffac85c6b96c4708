import fc from 'fast-check';

/** Properties run on the same cases everywhere; `PARASOL_SEED=…` explores others, and a failure prints its own seed. */
fc.configureGlobal({ seed: Number(process.env.PARASOL_SEED ?? 20_261_122) });
