// What is measured inside a page. Each function is sent to the browser as it stands, so none
// may use anything outside itself. Each returns a list of faults: { selector, says }.

/** Nothing is wider than the window. */
export function overflow() {
  const root = document.documentElement;
  if (root.scrollWidth <= root.clientWidth) return [];
  const wide = [...document.querySelectorAll('body *')].filter((it) => {
    const scroller = it.closest('.scroll, .tablewrap');
    return it.getBoundingClientRect().right > root.clientWidth + 1 && (!scroller || scroller === it);
  });
  const first = wide[0] ?? root;
  const name = `${first.tagName.toLowerCase()}.${first.getAttribute('class') ?? ''}`;
  return [{ selector: name, says: `the page is ${root.scrollWidth} wide in ${root.clientWidth}` }];
}

/** Texts of a picture neither overlap nor leave it; texts of the page are not cut off. */
export function texts() {
  const faults = [];
  const name = (it) => {
    const own = it.id ? `#${it.id}` : `${it.tagName.toLowerCase()}.${it.getAttribute('class') ?? ''}`;
    const section = it.closest('section[id]');
    return section && section !== it ? `#${section.id} ${own}` : own;
  };
  const said = (it) => JSON.stringify(it.textContent.trim().slice(0, 40));
  const shown = (it) => it.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  // Only for those who listen: such a thing has no size to be cut off at.
  const heard = (it) => {
    for (let at = it; at; at = at.parentElement) if (getComputedStyle(at).clipPath === 'inset(50%)') return true;
    return false;
  };
  // From the height of capitals to the depth of descenders: a line box is taller than its ink.
  const box = (it) => {
    const rect = it.getBoundingClientRect();
    const matrix = it.getScreenCTM();
    const style = getComputedStyle(it);
    const size = parseFloat(style.fontSize) * Math.abs(matrix.d);
    let base = (rect.top + rect.bottom) / 2 + 0.28 * size;
    if (it.y.baseVal.length && ['auto', 'alphabetic'].includes(style.dominantBaseline)) {
      base = matrix.f + matrix.d * it.y.baseVal[0].value;
    }
    return { it, left: rect.left, right: rect.right, top: base - 0.74 * size, bottom: base + 0.2 * size };
  };
  let measured = 0;
  for (const svg of document.querySelectorAll('svg')) {
    if (!shown(svg) || !svg.querySelector('text') || heard(svg)) continue;
    const frame = svg.getBoundingClientRect();
    const clips = getComputedStyle(svg).overflow !== 'visible';
    const boxes = [...svg.querySelectorAll('text')]
      .filter((it) => shown(it) && it.textContent.trim() && it.getBoundingClientRect().width > 0)
      .map(box)
      .sort((one, other) => one.left - other.left);
    measured += boxes.length;
    boxes.forEach((one, at) => {
      const out = one.left < frame.left - 1 || one.right > frame.right + 1
        || one.top < frame.top - 1 || one.bottom > frame.bottom + 1;
      if (clips && out) faults.push({ selector: name(svg), says: `${said(one.it)} leaves its picture` });
      for (const other of boxes.slice(at + 1)) {
        if (other.left >= one.right - 1) break;
        if (other.top < one.bottom - 1 && one.top < other.bottom - 1) {
          faults.push({ selector: name(svg), says: `${said(one.it)} overlaps ${said(other.it)}` });
        }
      }
    });
  }
  for (const it of document.querySelectorAll('body *:not(svg, svg *, script, style)')) {
    if (it.scrollWidth <= it.clientWidth + 1 && it.scrollHeight <= it.clientHeight + 3) continue;
    if (!shown(it) || !it.textContent.trim() || heard(it)) continue;
    const style = getComputedStyle(it);
    if (style.display.startsWith('inline') && style.display !== 'inline-block') continue;
    const over = it.scrollWidth > it.clientWidth + 1;
    const hides = ['hidden', 'clip'].includes(style.overflowX);
    if (hides && over && !(style.textOverflow === 'ellipsis' && it.closest('[title]'))) {
      faults.push({ selector: name(it), says: `${said(it)} is cut off` });
    }
    const own = [...it.childNodes].filter((node) => node.nodeType === 3 && node.nodeValue.trim());
    const holds = own.length > 0;
    if (holds && over && style.overflowX === 'visible') {
      // What is there for those who listen may stick out; the words that are seen may not.
      const rect = it.getBoundingClientRect();
      const range = document.createRange();
      const out = own.some((node) => {
        range.selectNodeContents(node);
        const words = range.getBoundingClientRect();
        return words.left < rect.left - 1 || words.right > rect.right + 1;
      });
      if (out) faults.push({ selector: name(it), says: `${said(it)} is wider than its box` });
    }
    if (holds && ['hidden', 'clip'].includes(style.overflowY) && it.scrollHeight > it.clientHeight + 3) {
      faults.push({ selector: name(it), says: `${said(it)} is cut off below` });
    }
  }
  if (measured === 0) faults.push({ selector: 'svg text', says: 'no text of a picture was found' });
  return faults;
}

/** A symbol in a small plot lies where its percentage says, not only where its interval ends. */
export function plots() {
  const faults = [];
  for (const use of document.querySelectorAll('section svg:not([viewBox]) use')) {
    const at = [use, use.parentElement].find((it) => it.getAttribute('x')?.endsWith('%'));
    const box = use.getBoundingClientRect();
    if (!at || !use.checkVisibility() || !box.width) continue;
    const frame = (at === use ? use.ownerSVGElement : at.ownerSVGElement).getBoundingClientRect();
    const off = (box.left + box.right) / 2 - frame.left - (frame.width * parseFloat(at.getAttribute('x'))) / 100;
    if (Math.abs(off) > 1.5) {
      const section = use.closest('section').id;
      faults.push({ selector: `#${section} svg.${use.closest('svg[class]').getAttribute('class')}`, says: `a symbol lies ${Math.round(off)} px from its value` });
    }
  }
  return faults;
}

/** Ids are unique, and what points to one finds it. */
export function ids() {
  const faults = [];
  const seen = new Set();
  for (const it of document.querySelectorAll('[id]')) {
    if (seen.has(it.id)) faults.push({ selector: `#${it.id}`, says: 'a second time' });
    seen.add(it.id);
  }
  const points = (it, target) => {
    if (!seen.has(target)) faults.push({ selector: it.outerHTML.slice(0, 60), says: `there is no #${target}` });
  };
  for (const it of document.querySelectorAll('[href]')) {
    const href = it.getAttribute('href');
    if (href.startsWith('#')) points(it, decodeURIComponent(href.slice(1)));
    else faults.push({ selector: it.outerHTML.slice(0, 60), says: 'leads out of the file' });
  }
  for (const key of ['aria-labelledby', 'aria-describedby', 'aria-controls', 'for', 'headers', 'list']) {
    for (const it of document.querySelectorAll(`[${key}]`)) it.getAttribute(key).split(/\s+/).forEach((id) => points(it, id));
  }
  return faults;
}

/** What the keyboard must reach, numbered by `data-stop`. Of radio buttons, one a group. */
export function stops() {
  let count = 0;
  const groups = new Set();
  for (const it of document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex], audio, video, iframe')) {
    // In a chart one point is a stop, and arrows lead to the others.
    const roves = it.tabIndex < 0 && (it.closest('svg.ch') || !it.matches('a, button, input, select, textarea, summary'));
    if (roves || it.disabled || !it.checkVisibility({ visibilityProperty: true }) || !it.getClientRects().length) continue;
    if (it.type === 'radio') {
      const group = [...document.getElementsByName(it.name)];
      if (groups.has(it.name) || !(it.checked || !group.some((radio) => radio.checked))) continue;
      groups.add(it.name);
    }
    it.setAttribute('data-stop', count);
    count += 1;
  }
  return count;
}

/** Where the focus is: the number of the stop, and whether the bar hides it. */
export function focused() {
  const it = document.activeElement;
  if (!it || it === document.body) return null;
  const bar = document.querySelector('.top');
  const rect = it.getBoundingClientRect();
  const edge = bar.getBoundingClientRect().bottom;
  const sticks = getComputedStyle(bar).position === 'sticky';
  let clipped = false;
  for (let at = it; at; at = at.parentElement) clipped ||= getComputedStyle(at).clipPath === 'inset(50%)';
  return {
    clipped,
    stop: it.getAttribute('data-stop'),
    hidden: sticks && !bar.contains(it) && rect.bottom <= edge,
    says: it.outerHTML.slice(0, 80),
  };
}

/** A hostile text has become nothing but text. */
export function inert() {
  const faults = [];
  if (window.hostile !== undefined) faults.push({ selector: 'window', says: 'a text of the map ran' });
  if (document.scripts.length !== 1) faults.push({ selector: 'script', says: `${document.scripts.length} scripts` });
  if (document.querySelectorAll('style').length !== 1) faults.push({ selector: 'style', says: 'a second style' });
  if (document.querySelectorAll('svg style').length) faults.push({ selector: 'svg style', says: 'a style in a picture' });
  for (const it of document.querySelectorAll('img, iframe, object, embed, link, base, form, foreignObject, animate, set')) {
    faults.push({ selector: it.tagName.toLowerCase(), says: 'an element of a foreign text' });
  }
  for (const it of document.querySelectorAll('*')) {
    for (const { name, value } of it.attributes) {
      if (/^on/i.test(name) || name === 'style' && !it.classList.contains('tip')) faults.push({ selector: it.tagName, says: `carries ${name}` });
      if (/^(href|src|action|formaction|xlink:href)$/i.test(name) && !value.startsWith('#')) faults.push({ selector: it.tagName, says: `${name} is ${value}` });
    }
  }
  const turned = /[\u202a-\u202e\u2066-\u2069\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/;
  if (turned.test(document.documentElement.outerHTML.replace(/\u0000/g, ''))) {
    faults.push({ selector: 'html', says: 'a control or a mark of direction is in the page' });
  }
  if (getComputedStyle(document.body).display === 'none') faults.push({ selector: 'body', says: 'is hidden by a text' });
  return faults;
}
