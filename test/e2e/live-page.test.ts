import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { loadWorld } from '../../src/sandbox/load-world.ts';
import type { World } from '../../src/sandbox/world.ts';
import { stayUp } from '../../src/surfaces/cli/demo/stay-up.ts';
import { contrast } from '../contrast.ts';

const HARBOR = join(import.meta.dirname, '..', '..', 'fixtures', 'worlds', 'harbor.yml');
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A machine that does much at once may need a while to show what happened. */
const eventually = <T>(read: () => T) => expect.poll(read, { timeout: 30_000 });

const executablePath = findChromium();
if (executablePath === null) console.warn('skipped: the live page in a browser, because chromium is not installed');

describe.skipIf(executablePath === null)('the live page in Chromium', { timeout: 90_000 }, () => {
  let browser: Browser;
  let page: Page;
  let demo: RunningDemo;
  let complaints: string[];

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: executablePath ?? '', args: FLAGS });
  });

  afterAll(() => browser?.close());

  beforeEach(async () => {
    const world = await loadWorld(HARBOR);
    const hostile = [...world.repositories.values()].flatMap(({ issues }) => issues.get(6) ?? [])[0];
    if (hostile !== undefined) hostile.title = '<img src=x onerror=document.body.remove()> @everyone';
    demo = await startDemo(world);
    complaints = [];
    page = await browser.newPage();
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(demo.url);
    await eventually(() => page.locator('#umbrellas li').count()).toBe(6);
  });

  afterEach(async () => {
    await page.close();
    await demo.stop();
  });

  test('shows a rollup that changes by itself when a button plays a step', async () => {
    const row = page.locator('article tr', { hasText: 'P3.M1.T9' }).first();
    await eventually(() => row.textContent()).toContain('unblocked');
    await page.getByRole('button', { name: 'Next step' }).click();
    await eventually(() => row.textContent()).toContain('in progress');
    await eventually(() => page.locator('#log li.in').allTextContents()).toContainEqual(
      expect.stringContaining('issues.assigned'),
    );
    expect(await page.locator('#story small').textContent()).toMatch(/^1 of \d+$/);
    expect(complaints).toEqual([]);
  });

  test('plays an event of its own and keeps open what the reader opened', async () => {
    const details = page.locator('article details').first();
    await details.locator('summary').click();
    const row = page.locator('article tr', { hasText: 'P3.M1.T13' }).first();
    expect(await row.textContent()).toContain('blocked');
    await page.getByRole('button', { name: 'Close a child' }).click();
    await eventually(() => row.textContent()).toContain('done');
    expect(await details.evaluate((element) => element.hasAttribute('open'))).toBe(true);
  });

  test('leads from a task to a page with its title', async () => {
    const task = page.locator('article a', { hasText: /13$/ }).first();
    await task.click();
    await eventually(() => page.locator('h1').textContent()).not.toBe('Parasol');
    expect(page.url()).toMatch(new RegExp(`^${demo.url}/.*/issues/13$`));
    expect(await page.locator('h1').textContent()).toMatch(/\w{4}/);
    expect(complaints).toEqual([]);
  });

  test('fits a phone: nothing is cut, and one umbrella takes less than four screens', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    const measure = (expression: string): Promise<number> => page.evaluate(expression);
    expect(await measure('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
    expect(await measure(OVERFLOWING_ARTICLES)).toBe(0);
    expect(await measure('document.documentElement.scrollHeight')).toBeLessThan(4 * 844);
    const top = async (id: string) => (await page.locator(id).boundingBox())?.y ?? 0;
    expect(await top('#comments')).toBeLessThan(await top('#log'));
  });

  test('shows a hostile title as text', async () => {
    await eventually(() => page.locator('body').textContent()).toContain('<img src=x onerror');
    expect(await page.locator('article img').count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  test.each(['light', 'dark'] as const)('is readable in %s', async (colorScheme) => {
    await page.emulateMedia({ colorScheme });
    const style = (property: string): Promise<string> => page.evaluate(`getComputedStyle(document.body).${property}`);
    expect(contrast(await style('color'), await style('backgroundColor'))).toBeGreaterThan(7);
  });
});

const OVERFLOWING_ARTICLES =
  '[...document.querySelectorAll("article")].filter((one) => one.scrollWidth > one.clientWidth + 1).length';

interface RunningDemo {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

async function startDemo(world: World): Promise<RunningDemo> {
  const stopping = new AbortController();
  let ended: Promise<void> = Promise.resolve();
  const url = await new Promise<string>((resolve, reject) => {
    const stdout = { write: (text: string) => resolve(/http:\S+/.exec(text)?.[0] ?? '') };
    const io = { stdout, stderr: stdout, env: {}, cwd: '/', signal: stopping.signal };
    ended = stayUp({ world, file: HARBOR, port: 0, pauseMs: 3_600_000 }, io);
    ended.catch(reject);
  });
  return {
    url,
    stop: () => {
      stopping.abort();
      return ended;
    },
  };
}

function findChromium(): string | null {
  try {
    return execFileSync('which', ['chromium'], { encoding: 'utf8' }).trim() || null;
  } catch {
    return null;
  }
}
