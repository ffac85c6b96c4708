import { openStore } from '../../src/store/open-store.ts';

// Opens the store of a folder as a process of its own, stores one plan, says so, and holds on until it is told to end.
// Arguments: folder, plan id, milliseconds to wait for the lock.
const [folder = '', id = '', waitMs = '0'] = process.argv.slice(2);
const now = (): string => '2026-03-02T09:00:00Z';
try {
  const store = await openStore({ folder, now, waitMs: Number(waitMs) });
  const plan = {
    id,
    origin: 'github.com',
    kind: 'scaffold',
    repository: 'octo/harbor',
    umbrella: null,
    created_by: 'kim',
    status: 'proposed',
  };
  await store.db
    .insertInto('plans')
    .values({ ...plan, created_at: now(), document: '{}' })
    .execute();
  const plans = await store.db.selectFrom('plans').select('id').orderBy('id').execute();
  process.stdout.write(`${JSON.stringify({ holds: plans.map((one) => one.id) })}\n`);
  process.once('SIGTERM', () => store.close());
  // With the store closed nothing keeps the process alive but this.
  const alive = setInterval(() => {}, 60_000);
  process.once('SIGTERM', () => clearInterval(alive));
} catch (error) {
  process.stdout.write(`${JSON.stringify({ failed: error instanceof Error ? error.message : String(error) })}\n`);
}
