// Opens the reports of all journeys in a browser and says what is wrong with them.
//
//   node tests/browser/run.mjs MODULES [--only WORD]
//
// MODULES is a folder with playwright-core and axe-core; .ci/browser makes one. The program to
// test is $TOUCHMAP (target/debug/touchmap), the browser $CHROMIUM (chromium). --only opens
// the reports whose name has that word in it.

import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

import * as act from './act.mjs';
import { largeMap } from './large.mjs';
import * as look from './look.mjs';

const run = promisify(execFile);
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const modules = createRequire(pathToFileURL(path.resolve(process.argv[2], 'x')));
const only = process.argv[3] === '--only' ? process.argv[4] : '';
const { chromium } = modules('playwright-core');
const axe = readFileSync(modules.resolve('axe-core/axe.min.js'), 'utf8');
const program = path.resolve(process.env.TOUCHMAP ?? path.join(root, 'target/debug/touchmap'));

const LANGUAGES = ['en', 'zh-Hans', 'zh-Hant'];
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
// What a sheet has room for, in pixels: see `Paper` in src/report/options.rs.
const SHEETS = { a4: { width: 1039, height: 718 }, slides: { width: 1184, height: 651 } };
// Every journey of the project, and maps that nobody has.
const MAPS = [
  ...readdirSync(path.join(root, 'journeys')).map((name) => ({ name, map: `journeys/${name}/journey.yaml` })),
  { name: 'hostile', map: 'tests/maps/hostile/journey.yaml' },
  { name: 'stress', map: 'tests/maps/stress/journey.yaml' },
];

const folder = mkdtempSync(path.join(tmpdir(), 'touchmap-browser-'));
// More touchpoints than one picture shows; its pages are like the others but for the map.
const LARGE = { name: 'large', map: path.join(folder, 'large.yaml'), languages: ['en'] };
writeFileSync(LARGE.map, largeMap(120));
MAPS.push(LARGE);
const faults = [];
const counts = { reports: 0, visits: 0, texts: 0, stops: 0, axe: 0, acts: 0, requests: 0 };
const started = Date.now();

/** Notes what is wrong, with the place. */
function note(place, kind, found) {
  for (const it of found) faults.push({ place, kind, ...it });
}

/** The reports of one map; none, said loudly, when its responses are not here. */
async function reports({ name, map, languages: own = LANGUAGES }) {
  const file = (of) => path.join(folder, `${name}.${of}`);
  const analysis = file('json');
  try {
    const { stdout } = await run(program, ['score', map, '--format', 'json'], { cwd: root, maxBuffer: 1 << 28 });
    writeFileSync(analysis, stdout);
  } catch (error) {
    // 3: a file is not there.
    if (error.code !== 3 || name === 'home-buying') throw error;
    console.log(`*** SKIPPED: ${name}: its responses are not beside the project ***`);
    return [];
  }
  const made = [];
  const make = async (languages, theme, paper = 'a4') => {
    const out = file(`${languages}.${theme}.${paper}.html`);
    await run(program, ['report', map, '--from-analysis', analysis, '--language', languages, '--theme', theme, '--paper', paper, '-o', out], { cwd: root });
    made.push({ name, languages, theme, paper, at: pathToFileURL(out).href });
  };
  for (const language of own) {
    await make(language, 'light');
    await make(language, 'dark');
  }
  await make('zh-Hans,en', 'light', 'slides');
  return made;
}

/** A report for each city, and the page that leads to them, in every language. */
async function scorecards() {
  const made = { index: [], card: [] };
  for (const [language, theme] of [['en', 'light'], ['en', 'dark'], ['zh-Hans', 'light'], ['zh-Hant', 'light']]) {
    const out = path.join(folder, `cards.${language}.${theme}`);
    await run(program, ['report', 'journeys/home-buying/journey.yaml', '--split', 'city', '--language', language, '--theme', theme, '-o', out], { cwd: root });
    const report = { languages: language, theme, paper: 'a4' };
    made.index.push({ ...report, name: 'scorecards', at: pathToFileURL(path.join(out, 'index.html')).href });
    if (language === 'zh-Hans') {
      const [card] = readdirSync(out).filter((it) => it.startsWith('city-')).sort();
      made.card.push({ ...report, name: 'scorecard', at: pathToFileURL(path.join(out, card)).href });
    }
  }
  return made;
}

/** The page of all scorecards at one width: what is on it, and that its links lead somewhere. */
async function visitIndex(contexts, report, width) {
  const place = `${report.name} · ${report.languages} · ${report.theme} · ${width}`;
  await open(contexts[`${width} true`], report, place, async (page) => {
    note(place, 'overflow', await page.evaluate(look.overflow));
    note(place, 'text', await page.evaluate(look.texts));
    // It leads out of its file, to the cards beside it, and must lead to files that are there.
    note(place, 'id', (await page.evaluate(look.ids)).filter((it) => !it.says.includes('leads out')));
    await audit(page, place);
    const links = await page.evaluate(() => [...document.querySelectorAll('a[href]')].map((it) => it.href));
    const dead = links.filter((it) => !existsSync(fileURLToPath(it.split('#')[0])));
    note(place, 'link', dead.map((it) => ({ selector: 'a', says: it })));
    if (links.length < 5) note(place, 'link', [{ selector: 'a', says: `only ${links.length} links to four cities and the whole` }]);
  });
}

/** Opens `report` and hands the page on; what the console and the network see is noted. */
async function open(context, report, place, then) {
  const page = await context.newPage();
  page.on('console', (message) => note(place, 'console', [{ selector: message.type(), says: message.text() }]));
  page.on('pageerror', (error) => note(place, 'console', [{ selector: 'error', says: error.message }]));
  page.on('dialog', (dialog) => { note(place, 'console', [{ selector: 'dialog', says: dialog.message() }]); dialog.dismiss(); });
  page.on('request', (request) => {
    counts.requests += 1;
    const asked = request.url().split(/[?#]/)[0];
    if (asked !== report.at && asked !== 'about:blank') note(place, 'request', [{ selector: request.resourceType(), says: asked.slice(0, 120) }]);
  });
  try {
    await page.goto(report.at);
    await then(page);
  } catch (error) {
    note(place, 'broken', [{ selector: 'page', says: error.message.split('\n')[0] }]);
  }
  counts.visits += 1;
  await page.close();
}

async function audit(page, place) {
  await page.evaluate(axe);
  const violations = await page.evaluate(async (tags) => {
    const result = await window.axe.run(document, { runOnly: tags, resultTypes: ['violations'] });
    return result.violations.flatMap((it) => it.nodes.slice(0, 5).map((node) => ({ selector: String(node.target), says: `${it.id}: ${it.help}` })));
  }, RULES);
  counts.axe += 1;
  note(place, 'axe', violations);
}

/** One report at one width, with or without scripts. */
async function visit(contexts, report, width, scripts) {
  const place = `${report.name} · ${report.languages} · ${report.theme} · ${width} · script ${scripts ? 'on' : 'off'}`;
  const context = contexts[`${width} ${scripts}`];
  await open(context, report, place, async (page) => {
    const wide = width === 1440;
    const measure = async () => {
      note(place, 'overflow', await page.evaluate(look.overflow));
      // Dark is the same page in other colours.
      if (report.theme === 'dark') return;
      note(place, 'text', await page.evaluate(look.texts));
      note(place, 'plot', await page.evaluate(look.plots));
    };
    await measure();
    // A card leads back to the page of all cards.
    const back = (it) => report.name === 'scorecard' && it.says.includes('index.html') || `${it.selector}`.includes('index.html');
    note(place, 'id', (await page.evaluate(look.ids)).filter((it) => !back(it)));
    note(place, 'inert', (await page.evaluate(look.inert)).filter((it) => !back(it)));
    // Without scripts every point of a chart is a stop: in one language that is enough.
    if (report.theme === 'light' && (scripts || report.languages === 'en')) {
      const { faults: found, count } = await act.keyboard(page, look);
      note(place, 'keyboard', found);
      counts.stops += count;
    }
    // At 390 as it opens, at 1440 with everything open that can be.
    if (wide) await page.evaluate(() => document.querySelectorAll('details').forEach((it) => { it.open = true; }));
    if (wide) await measure();
    if (scripts) await audit(page, place);
    if (!wide) {
      await page.setViewportSize({ width: 320, height: 800 });
      note(`${place} → 320`, 'overflow', await page.evaluate(look.overflow));
      await page.setViewportSize({ width: 390, height: 844 });
    }
  });
}

/** What a reader does, once for each journey in English, and in the page of two languages. */
async function acts(contexts, report) {
  const two = report.languages.includes(',');
  for (const width of [1440, 390]) {
    const place = `${report.name} · ${report.languages} · ${report.theme} · ${width} · acts`;
    await open(contexts[`${width} true`], report, place, async (page) => {
      if (two) note(place, 'language', await act.languages(page, report.at));
      note(place, 'address', await act.address(page, report.at));
      note(place, 'link', await act.deepLink(page, report.at));
      note(place, 'sort', await act.sorting(page));
      counts.acts += two ? 4 : 3;
    });
    if (width === 1440) {
      await open(contexts['1440 true'], report, place, async (page) => {
        note(place, 'print', await act.printed(page, look, report.at, SHEETS[report.paper]));
        counts.acts += 1;
      });
    }
    if (!two) continue;
    await open(contexts[`${width} false`], report, `${place} · script off`, async (page) => {
      note(`${place} · script off`, 'language', await act.languages(page, report.at));
      note(`${place} · script off`, 'overflow', await page.evaluate(look.overflow));
      counts.acts += 1;
    });
  }
}

/** Runs jobs two at a time: there is one browser, and few cores. */
async function both(jobs) {
  const next = jobs[Symbol.iterator]();
  const worker = async () => { for (let it = next.next(); !it.done; it = next.next()) await it.value(); };
  await Promise.all([worker(), worker()]);
}

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
try {
  const made = (await Promise.all(MAPS.filter((it) => existsSync(path.resolve(root, it.map))).map(reports))).flat()
    .filter((it) => `${it.name}.${it.languages}.${it.theme}`.includes(only));
  const cards = 'scorecards'.includes(only) || only.startsWith('scorecard') ? await scorecards() : { index: [], card: [] };
  made.push(...cards.card);
  counts.reports = made.length + cards.index.length;
  const contexts = {};
  for (const width of [1440, 390]) {
    for (const scripts of [true, false]) {
      contexts[`${width} ${scripts}`] = await browser.newContext({
        viewport: { width, height: width === 1440 ? 900 : 844 }, javaScriptEnabled: scripts, reducedMotion: 'reduce',
      });
    }
  }
  const jobs = [];
  for (const report of made) {
    const two = report.languages.includes(',');
    if (two || (report.languages === 'en' && report.theme === 'light')) jobs.push(() => acts(contexts, report));
    for (const width of [1440, 390]) {
      for (const scripts of [true, false]) jobs.push(() => visit(contexts, report, width, scripts));
    }
  }
  for (const report of cards.index) {
    for (const width of [1440, 390]) jobs.push(() => visitIndex(contexts, report, width));
  }
  await both(jobs);
} finally {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
}

const seconds = Math.round((Date.now() - started) / 1000);
console.log(`browser: ${counts.reports} reports, ${counts.visits} visits in ${seconds} s: console, ${counts.requests} requests, `
  + `overflow at 1440, 390 and 320, texts, ids, hostile texts; ${counts.axe} axe audits; ${counts.stops} stops of the keyboard; ${counts.acts} acts`);
if (faults.length) {
  // The same fault in many places is one line.
  const places = new Map();
  for (const { place, ...fault } of faults) {
    const line = `${fault.kind} · ${fault.selector} · ${fault.says}`;
    places.set(line, [...(places.get(line) ?? []), place]);
  }
  for (const [line, at] of [...places].slice(0, 100)) {
    console.log(`FAULT ${at[0]} · ${line}${at.length > 1 ? ` (and ${at.length - 1} more: ${at.slice(1, 4).join('; ')})` : ''}`);
  }
  if (places.size > 100) console.log(`… and ${places.size - 100} more`);
  console.log(`${places.size} faults in ${faults.length} places`);
  process.exitCode = 1;
} else if (counts.visits === 0) {
  console.log('no report was opened');
  process.exitCode = 1;
}
