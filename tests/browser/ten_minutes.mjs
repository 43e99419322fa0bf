// The ten minutes of the guide, played in a browser.
//
//   node tests/browser/ten_minutes.mjs MODULES
//
// docs/guide/src/tutorial.md is the script: its commands are run and its changes are saved, one
// after the other, with the preview open all the time. The tests of the guide hold what the
// commands print; here it is asked what the browser shows after each step. TOUCHMAP and
// CHROMIUM name the programs; SHOTS, if it is set, a folder for pictures of the steps.
import { spawn, spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const [modules] = process.argv.slice(2);
const { default: playwright } = await import(pathToFileURL(path.join(modules, 'node_modules/playwright-core/index.js')));
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const guide = path.join(root, 'docs/guide/src');
const touchmap = path.resolve(process.env.TOUCHMAP);
const folder = mkdtempSync(path.join(tmpdir(), 'ten-minutes-'));
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
function must(truth, what) { if (!truth) throw new Error(what); }

copyFileSync(path.join(guide, 'files/export.xlsx'), path.join(folder, 'export.xlsx'));

/** Commands and changes of the tutorial, in order. */
function* steps() {
  const text = readFileSync(path.join(guide, 'tutorial.md'), 'utf8');
  const block = /(?:<!-- (exit|change):? ([^\n]*?) -->\n)?```(\w+)\n([^]*?)```/g;
  for (const [, word, rest, language, body] of text.matchAll(block)) {
    if (language === 'diff') {
      yield { change: rest, body };
    } else {
      const code = word === 'exit' ? Number(rest) : 0;
      const lines = body.split('\n').filter((line) => language === 'sh' ? line : line.startsWith('$ '));
      for (const line of lines) yield { command: line.replace(/^\$ /, ''), code };
    }
  }
}

let server, said = '', browser, page;

async function open(words) {
  const own = words.filter((it) => it !== '--open');
  server = spawn(touchmap, [...own, '--port', '0'], { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
  server.stderr.on('data', (text) => { said += text; });
  let address;
  for (let i = 0; i < 400 && !address; i += 1) { address = /http:[^\s;]+/.exec(said)?.[0]; await sleep(50); }
  page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  page.on('pageerror', (error) => { throw error; });
  await page.goto(address);
  await until('the first report', () => Boolean(document.querySelector('iframe:not(.next)')?.contentDocument?.querySelector('h1')));
}

async function until(what, ask, value) {
  for (const end = performance.now() + 20_000; performance.now() < end; await sleep(10)) {
    if (await page.evaluate(ask, value)) return;
  }
  throw new Error(`${what} did not come; the server said\n${said.slice(-2000)}`);
}

const shown = (text) => until(`“${text}”`, (text) => {
  const whole = document.querySelector('iframe:not(.next)')?.contentDocument?.body?.textContent;
  return document.querySelector('#problems').hidden && Boolean(whole?.includes(text));
}, text);

async function picture(name) {
  if (process.env.SHOTS) await page.screenshot({ path: path.join(process.env.SHOTS, `${name}.png`) });
}

function run({ command, code }) {
  const [program, ...words] = command.split(/\s+/);
  must(program === 'touchmap', `the tutorial runs ${program}`);
  const ran = spawnSync(touchmap, words, { cwd: folder, encoding: 'utf8' });
  must(ran.status === code, `${command} ended with ${ran.status}: ${ran.stderr}`);
}

function change({ change, body }) {
  const file = path.join(folder, change), before = readFileSync(file, 'utf8');
  const side = (sign) => body.split('\n').filter((it) => it && it[0] !== sign).map((it) => `${it.slice(1)}\n`).join('');
  must(before.split(side('+')).length === 2, `${change} does not have once\n${side('+')}`);
  writeFileSync(file, before.replace(side('+'), () => side('-')));
}

const problems = () => page.textContent('#problems');
let changes = 0, minutes = 0;
try {
  browser = await playwright.chromium.launch({ executablePath: process.env.CHROMIUM, args: ['--no-sandbox'] });
  for (const step of steps()) {
    if (step.command?.startsWith('touchmap watch ')) {
      await open(step.command.split(/\s+/).slice(1));
      await shown('Waiting');
      await picture('1-first');
    } else if (step.command) {
      run(step);
      minutes += 1;
      if (step.command.endsWith('--write')) {
        await until('the report of the spreadsheet', () => document.querySelector('#problems').hidden);
        await until('the headers of the spreadsheet', () => document.querySelector('iframe:not(.next)')?.contentDocument?.body?.textContent.includes('Q4. Waiting'));
        await picture('4-spreadsheet');
      }
    } else {
      change(step);
      changes += 1;
      if (changes === 2) {
        for (const word of ['chanel', '1.3', 'leter']) {
          await until(`the mistake ${word}`, (word) => document.querySelector('#problems.errors')?.textContent.includes(word), word);
        }
        must(/journey\.yaml:\d+:\d+/.test(await problems()), 'a mistake without its place');
        const kept = await page.evaluate(() => document.querySelector('iframe').contentDocument.body.textContent.includes('Waiting'));
        must(kept, 'the last good report is gone');
        await picture('2-mistakes');
      } else if (changes === 4) {
        await shown('Letter with a summary');
        await picture('3-mended');
      }
    }
  }
  must(changes === 4 && minutes >= 9, `${changes} changes and ${minutes} commands: the tutorial has other steps now`);

  const report = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  const asked = [];
  report.on('request', (it) => asked.push(it.url()));
  await report.goto(pathToFileURL(path.join(folder, 'report.html')).href);
  const text = await report.textContent('body');
  must(text.includes('Waiting') && text.includes('Letter with a summary'), 'the report lacks a touchpoint');
  must(asked.every((it) => /^(file|data):/.test(it)), `the report asks for ${asked}`);
  if (process.env.SHOTS) await report.screenshot({ path: path.join(process.env.SHOTS, '5-report.png') });
  console.log(`the ten minutes: ${minutes} commands, ${changes} changes, each seen in the browser`);
} finally {
  await browser?.close();
  server?.kill();
  rmSync(folder, { recursive: true, force: true });
}
