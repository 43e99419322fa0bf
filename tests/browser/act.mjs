// What a reader does, and what must come of it. Each function gets a page whose script runs and
// returns a list of faults: { selector, says }.

const fault = (selector, says) => ({ selector, says });

/** A link to a touchpoint opens it, below the bar, in the language that it stands in. */
export async function deepLink(page, address) {
  const faults = [];
  const ids = await page.evaluate(() => [...document.querySelectorAll('[id]')]
    .map((it) => it.id).filter((id) => /(^|-)tp-[\d.]+$/.test(id)));
  if (!ids.length) return [fault('[id^=tp-]', 'no touchpoint has an id')];
  for (const id of [ids.at(0), ids.at(-1), ids[Math.floor(ids.length / 2)]]) {
    await page.goto('about:blank');
    await page.goto(`${address}#${encodeURIComponent(id)}`);
    faults.push(...await page.evaluate(landed, id));
  }
  // The same by following a link inside the page.
  await page.goto('about:blank');
  await page.goto(address);
  await page.evaluate((id) => { location.hash = id; }, ids.at(-1));
  await page.waitForTimeout(900);
  faults.push(...await page.evaluate(landed, ids.at(-1)));
  return faults;
}

async function landed(id) {
  // Motion may be smooth.
  for (let at = -1; at !== scrollY; await new Promise((go) => { setTimeout(go, 120); })) at = scrollY;
  const it = document.getElementById(id);
  const says = (text) => [{ selector: `#${id}`, says: text }];
  if (!it.checkVisibility()) return says('is linked to and stays hidden');
  const details = it.closest('details');
  if (details && !details.open) return says('is linked to and stays closed');
  const bar = document.querySelector('.top');
  const edge = getComputedStyle(bar).position === 'sticky' ? bar.getBoundingClientRect().bottom : 0;
  const top = it.getBoundingClientRect().top;
  if (top < edge - 1 || top > innerHeight) return says(`is linked to and lies at ${top}, the bar ends at ${edge}`);
  return [];
}

/** Every sortable column sorts up, down, and back to the stages. */
export async function sorting(page) {
  return page.evaluate(() => {
    const faults = [];
    let sorted = 0;
    for (const table of document.querySelectorAll('table')) {
      const rows = () => [...table.querySelectorAll('tbody tr')].filter((row) => !row.querySelector('[scope=rowgroup]'));
      const before = rows();
      for (const head of table.querySelectorAll('th[data-sort]')) {
        const says = (text) => faults.push({ selector: `th ${head.textContent.trim().slice(0, 30)}`, says: text });
        const button = head.querySelector('button');
        if (!button) { says('has no button'); continue; }
        const at = head.cellIndex;
        const values = () => rows().map((row) => row.cells[at]?.dataset.v).filter(Boolean);
        if (new Set(values()).size < 2) continue;
        sorted += 1;
        const compare = (a, b) => (head.dataset.sort === 'text' ? a.localeCompare(b, document.documentElement.lang) : a - b);
        for (const [way, sign] of [['ascending', 1], ['descending', -1]]) {
          button.click();
          if (head.getAttribute('aria-sort') !== way) says(`aria-sort is not ${way}`);
          const now = values();
          if (now.some((value, i) => i && sign * compare(now[i - 1], value) > 0)) says(`is not ${way}`);
          const full = rows().map((row) => Boolean(row.cells[at]?.dataset.v));
          if (full.indexOf(false) >= 0 && full.lastIndexOf(true) > full.indexOf(false)) says('a row without a value is not last');
          if (rows().length !== before.length) says('loses rows');
        }
        button.click();
        if (head.hasAttribute('aria-sort') || rows().some((row, i) => row !== before[i])) says('the third click does not restore the stages');
      }
    }
    const heads = document.querySelectorAll('th[data-sort]').length;
    if (heads && !sorted) faults.push({ selector: 'th[data-sort]', says: 'no column could be sorted' });
    return faults;
  });
}

/** Theme and segments stand in the address, and come back from it. */
export async function address(page, at) {
  const faults = [];
  await page.goto(at);
  await page.locator('.theme:visible').first().click();
  if (!page.url().includes('theme=dark')) faults.push(fault('.theme', `the address stays ${page.url().split('/').at(-1)}`));
  const segment = await page.evaluate(() => {
    const radio = [...document.querySelectorAll('input[type=radio]')].find((it) => it.name.startsWith('seg') && !it.checked);
    if (radio) radio.click();
    return radio && { name: radio.name, value: radio.value, id: radio.id };
  });
  if (segment && new URL(page.url()).searchParams.get(segment.name) !== segment.value) {
    faults.push(fault(`#${segment.id}`, `the address has no ${segment.name}`));
  }
  await page.reload();
  const back = await page.evaluate((id) => ({
    theme: document.documentElement.dataset.theme,
    checked: id ? document.getElementById(id).checked : true,
  }), segment?.id);
  if (back.theme !== 'dark') faults.push(fault('html', 'the theme does not come back from the address'));
  if (!back.checked) faults.push(fault(`#${segment.id}`, 'the segment does not come back from the address'));
  return faults;
}

/** Of several languages one is shown, and switching changes what the page says of itself. */
export async function languages(page, at) {
  const faults = [];
  const shown = () => page.evaluate(() => [...document.querySelectorAll('main')].filter((it) => it.checkVisibility())
    .map((it) => it.closest('[lang]').lang).join());
  await page.goto(at);
  const before = await page.evaluate(() => ({ title: document.title, tags: [...document.querySelectorAll('main')].map((it) => it.closest('[lang]').lang) }));
  if (await shown() !== before.tags[0]) faults.push(fault('main', `${await shown()} is shown first, not ${before.tags[0]}`));
  await page.locator('.langs input').last().check();
  const last = before.tags.at(-1);
  if (await shown() !== last) faults.push(fault('.langs', `${await shown()} is shown, not ${last}`));
  const scripted = await page.evaluate(() => document.documentElement.classList.contains('js'));
  if (scripted) {
    const after = await page.evaluate(() => ({ title: document.title, lang: document.documentElement.lang }));
    if (after.title === before.title || after.lang !== last) faults.push(fault('html', `says it is ${after.lang}: ${after.title}`));
    await page.reload();
    if (await shown() !== last) faults.push(fault('.langs', 'the language does not come back from the address'));
  }
  return faults;
}

/** Every visible control can be reached by Tab, and none is hidden by the bar when it is. */
export async function keyboard(page, look) {
  const faults = [];
  const count = await page.evaluate(look.stops);
  const reached = new Set();
  for (let press = 0; press < count + 40; press += 1) {
    await page.keyboard.press('Tab');
    const now = await page.evaluate(look.focused);
    if (!now) break;
    if (now.stop === null) faults.push(fault(now.says, 'is reached by Tab but not seen'));
    if (now.hidden) faults.push(fault(now.says, 'has the focus below the bar'));
    if (now.clipped) faults.push(fault(now.says, 'has the focus and cannot be seen'));
    if (reached.has(now.stop)) break;
    reached.add(now.stop);
  }
  const missed = await page.evaluate((seen) => [...document.querySelectorAll('[data-stop]')]
    .filter((it) => !seen.includes(it.dataset.stop)).map((it) => it.outerHTML.slice(0, 80)), [...reached]);
  for (const says of missed) faults.push(fault(says, 'is not reached by Tab'));
  return { faults, count };
}

/** Print: no control, nothing wider than the sheet, no figure higher than it, a sheet for each section. */
export async function printed(page, look, at, { width, height }) {
  const faults = [];
  await page.goto(at);
  await page.setViewportSize({ width, height });
  await page.emulateMedia({ media: 'print' });
  faults.push(...await page.evaluate(look.overflow), ...await page.evaluate(look.texts));
  const { found, sections } = await page.evaluate((room) => {
    const seen = (it) => it.checkVisibility({ visibilityProperty: true });
    const out = [];
    for (const it of document.querySelectorAll('button:not(.sort), input, select, summary, .top, details.data')) {
      if (seen(it) && !it.closest('details.card > summary') && it.tagName !== 'SUMMARY') out.push({ selector: it.outerHTML.slice(0, 60), says: 'is printed' });
    }
    for (const it of document.querySelectorAll('svg.ch, figure, .scroll, details.card, .finds li, tr')) {
      const high = it.getBoundingClientRect().height;
      if (seen(it) && high > room + 1) out.push({ selector: `${it.tagName} in #${it.closest('section').id}`, says: `is ${Math.round(high)} high on a sheet of ${room}` });
    }
    return { found: out, sections: [...document.querySelectorAll('section.s')].filter(seen).length };
  }, height);
  faults.push(...found);
  const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
  const sheets = pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0;
  if (sheets < sections || sections === 0) faults.push(fault('pdf', `${sheets} sheets for ${sections} sections`));
  return faults.map((it) => ({ ...it, says: `printed: ${it.says}` }));
}
