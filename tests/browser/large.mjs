// A journey of many touchpoints, and how long its report takes to open.
//
//   node tests/browser/large.mjs MODULES [TOUCHPOINTS]

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** A map of `count` touchpoints in stages of 20 to 40, with scores of three waves. */
export function largeMap(count) {
  const lines = ['id: large', 'name: {en: A large journey, zh-Hans: 大旅程, zh-Hant: 大旅程}', 'stages:'];
  // The same numbers each time.
  let seed = 20_260_101;
  const random = () => { seed = (seed * 48_271) % 2_147_483_647; return seed / 2_147_483_647; };
  const words = ['Waiting', 'Advice', 'Contract', 'Payment', 'Handover', 'Repair', 'Follow-up', 'Complaint', 'Garden', 'Lift'];
  let at = 0;
  for (let stage = 1; at < count; stage += 1) {
    lines.push(`  - id: s${stage}`, `    name: {en: Stage ${stage}, zh-Hans: 阶段${stage}, zh-Hant: 階段${stage}}`, '    touchpoints:');
    const size = Math.min(count - at, 20 + Math.floor(random() * 21));
    for (let i = 0; i < size; i += 1, at += 1) {
      const mean = 6 + random() * 3.6 - (random() < 0.08 ? 1.8 : 0);
      const n = random() < 0.05 ? 22 : 150 + Math.floor(random() * 700);
      const wave = (shift) => `{mean: ${Math.min(9.9, mean + shift * random()).toFixed(2)}, n: ${n}, sd: ${(0.9 + random()).toFixed(2)}}`;
      const name = `${words[at % 10]} at desk ${at + 1}`;
      lines.push(`      - {id: t${at}, name: {en: "${name}", zh-Hans: 第${at + 1}号窗口办理, zh-Hant: 第${at + 1}號櫃檯辦理}, channel: ${['phone', 'app', 'counter', 'web'][at % 4]}, `
        + `owner: Team ${at % 7}, scores: {2023: ${wave(0.6)}, 2024: ${wave(-0.5)}, 2025: ${wave(0)}}}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

/** Bytes, elements and milliseconds of a report of `count` touchpoints. */
export async function measure(browser, program, count) {
  const folder = mkdtempSync(path.join(tmpdir(), 'touchmap-large-'));
  try {
    const [map, out] = [path.join(folder, 'journey.yaml'), path.join(folder, 'report.html')];
    writeFileSync(map, largeMap(count));
    const made = Date.now();
    execFileSync(program, ['report', map, '-o', out], { stdio: 'ignore' });
    const making = Date.now() - made;
    const runs = [];
    for (let run = 0; run < 3; run += 1) {
      const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
      await page.goto(pathToFileURL(out).href);
      runs.push(await page.evaluate(async () => {
        const paint = () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime;
        for (let wait = 0; wait < 50 && paint() === undefined; wait += 1) await new Promise((go) => { setTimeout(go, 50); });
        const nodes = document.getElementsByTagName('*').length;
        // A page down at a time, each as long as it takes to be drawn.
        let slowest = 0;
        for (let step = 0; step < 20; step += 1) {
          const before = performance.now();
          scrollBy(0, innerHeight);
          await new Promise((go) => { requestAnimationFrame(() => setTimeout(go, 0)); });
          slowest = Math.max(slowest, performance.now() - before);
        }
        return { paint: paint(), nodes, slowest };
      }));
      await page.close();
    }
    const best = (key) => Math.round(Math.min(...runs.map((it) => it[key])));
    return { count, making, kilobytes: Math.round(statSync(out).size / 1024), nodes: runs[0].nodes, paint: best('paint'), slowest: best('slowest') };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { chromium } = createRequire(pathToFileURL(path.resolve(process.argv[2], 'x')))('playwright-core');
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
  const it = await measure(browser, path.resolve(process.env.TOUCHMAP ?? 'target/debug/touchmap'), Number(process.argv[3] ?? 500));
  console.log(`${it.count} touchpoints: made in ${it.making} ms, ${it.kilobytes} KB, ${it.nodes} elements, first paint ${it.paint} ms, slowest page down ${it.slowest} ms`);
  await browser.close();
}
