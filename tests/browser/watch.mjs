// The live preview, as somebody uses it who saves often and breaks things.
//
//   node tests/browser/watch.mjs MODULES [SAVES]
//
// starts `touchmap watch` on a fresh project and opens it in Chromium. It saves SAVES times (20
// unless told; 500 take a minute) in the ways that editors save, and asks after each pause that
// the browser shows the last save; it breaks the YAML, deletes the map and puts it back, and
// makes it 5 MB large. TOUCHMAP and CHROMIUM name the programs. Prints how long the browser
// took to show a save, and the memory of the server before and after.
import { spawn, execFileSync } from 'node:child_process';
import http from 'node:http';
import { mkdtempSync, readFileSync, writeFileSync, renameSync, rmSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [modules, saves = '20'] = process.argv.slice(2);
const { default: playwright } = await import(pathToFileURL(join(modules, 'node_modules/playwright-core/index.js')));
const touchmap = process.env.TOUCHMAP, folder = mkdtempSync(join(tmpdir(), 'watch-'));
const project = join(folder, 'project'), map = join(project, 'journey.yaml');
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
function must(truth, what) { if (!truth) throw new Error(what); }

execFileSync(touchmap, ['new', project, '-t', 'blank'], { stdio: 'ignore' });
const original = readFileSync(map, 'utf8');
const named = (name) => original.replace('name: My journey', `name: ${name}`);

const server = spawn(touchmap, ['watch', map, '--port', '0'], { stdio: ['ignore', 'ignore', 'pipe'] });
let said = '';
server.stderr.on('data', (text) => { said += text; });
const memory = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))?.[1]) / 1024;

let browser;
try {
  let address;
  for (let i = 0; i < 200 && !address; i += 1) { address = /http:[^\s;]+/.exec(said)?.[0]; await sleep(50); }
  must(address?.startsWith('http://127.0.0.1:'), `serves at ${address}`);

  browser = await playwright.chromium.launch({ executablePath: process.env.CHROMIUM, args: ['--no-sandbox', '--disable-quic', '--disable-background-networking'] });
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  const faults = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('console', (message) => { if (message.type() === 'error') faults.push(message.text()); });
  await page.goto(address);
  // Asked from outside: the page's own rules let no text be run in it.
  const until = async (what, ask, value, timeout = 20_000) => {
    for (const end = performance.now() + timeout; performance.now() < end; await sleep(4)) {
      if (await page.evaluate(ask, value)) return;
    }
    throw new Error(`${what} did not come; the server said\n${said.slice(-2000)}`);
  };
  const shows = (text, timeout) => until(text, (text) => {
    const frame = document.querySelector('iframe:not(.next)');
    return Boolean(frame?.contentDocument?.title.includes(text));
  }, text, timeout);
  await shows('My journey');

  // Where the reader was is kept.
  const frame = () => page.frames().find((it) => it !== page.mainFrame());
  await frame().evaluate(() => scrollTo({ top: 700, behavior: 'instant' }));

  // Saves: in place, by a new file in its place, and by a file that is moved there.
  const ways = [
    (text) => writeFileSync(map, text),
    (text) => { writeFileSync(`${map}.tmp`, text); renameSync(`${map}.tmp`, map); },
    (text) => { rmSync(map); writeFileSync(map, text); },
    (text) => { const half = text.length >> 1; writeFileSync(map, text.slice(0, half)); writeFileSync(map, text); },
  ];
  const before = memory(), times = [];
  for (let i = 1; i <= Number(saves); i += 1) {
    const begun = performance.now();
    ways[i % ways.length](named(`Save ${i}.`));
    if (i % 5 === 0) {
      await shows(`Save ${i}.`);
      times.push(performance.now() - begun);
    } else {
      await sleep(60000 / 600);
    }
  }
  must(await frame().evaluate(() => scrollY) > 500, 'the place in the page was lost');
  times.sort((a, b) => a - b);
  const at = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))].toFixed(0);
  console.log(`${saves} saves; shown after ${at(0.5)} ms (median), ${at(0.9)} ms (9 of 10), ${at(1)} ms (worst)`);

  // A mistake: the last good report stays, with the problem over it; then it is mended.
  writeFileSync(map, named('Broken').replace('id: delivery', 'id: [delivery'));
  await until('the problem', () => Boolean(document.querySelector('#problems.errors pre')));
  const problem = await page.textContent('#problems');
  must(/journey\.yaml:\d+:\d+/.test(problem) && problem.includes('name: Delivery'), `no place and snippet: ${problem}`);
  must(await page.evaluate(() => document.querySelector('iframe').contentDocument.title.includes('Save')), 'the last good report is gone');
  if (process.env.SHOT) await page.screenshot({ path: process.env.SHOT });
  writeFileSync(map, named('Mended'));
  await shows('Mended');
  must(await page.isHidden('#problems'), 'the problem stayed');

  // The map goes, and comes back.
  rmSync(map);
  await until('that the map is gone', () => Boolean(document.querySelector('#problems.errors:not([hidden])')));
  writeFileSync(map, named('Back again'));
  await shows('Back again');

  // Responses change.
  const responses = join(project, 'responses/2026.csv'), rows = readFileSync(responses, 'utf8');
  const edition = () => page.evaluate(() => Number(document.body.dataset.edition));
  const old = await edition();
  writeFileSync(responses, rows.split('\n').slice(0, 300).join('\n'));
  await until('the new responses', (old) => Number(document.body.dataset.edition) > old, old);

  // A map of 5 MB.
  writeFileSync(map, `${named('Large')}${'# a remark that makes the map large\n'.repeat(146_000)}`);
  await shows('Large', 120_000);
  writeFileSync(map, named('Small again'));
  await shows('Small again', 120_000);

  // A journey that is only being modelled has no scores, and is shown all the same.
  writeFileSync(map, 'id: new\nname: Only modelled\nstages:\n  - id: a\n    name: A\n    touchpoints:\n      - {id: b, name: First step}\n');
  await shows('Only modelled');
  must(await frame().evaluate(() => document.body.textContent.includes('First step')), 'the touchpoint is not shown');
  must(await page.isHidden('#problems'), 'a map without scores is no problem');

  // Others are not let in.
  const asked = await new Promise((done, fail) => {
    http.get(`${address}0/news`, { headers: { Host: 'example.org' } }, (answer) => { answer.resume(); done(answer.statusCode); }).on('error', fail);
  });
  must(asked === 403, `another host was answered ${asked}`);

  const after = memory();
  console.log(`memory of the server: ${before.toFixed(0)} MiB before, ${after.toFixed(0)} MiB after`);
  must(after < before + 150, `memory grew from ${before} to ${after} MiB`);
  must(server.exitCode === null, `the server ended: ${said}`);
  must(!said.includes('bug'), said);
  must(faults.length === 0, faults.join('\n'));
} finally {
  await browser?.close();
  server.kill();
  if (existsSync(folder)) rmSync(folder, { recursive: true });
}
