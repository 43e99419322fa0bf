(function () {
  var root = document.documentElement;
  function all(selector, from) { return Array.from((from || document).querySelectorAll(selector)); }
  function on(type, act, options) { document.addEventListener(type, act, options); }
  root.classList.add("js");

  // What the reader chose stands in the address, so that a link shows what its sender saw.
  var state = new URLSearchParams(location.search);
  function keep(key, value) {
    if (value) state.set(key, value); else state.delete(key);
    var query = state.toString();
    // A page in the frame of another may have no address of its own.
    try { history.replaceState(null, "", (query ? "?" + query : location.pathname) + location.hash); } catch (_) { return; }
  }

  // Theme.
  function themed(theme) { if (theme === "light" || theme === "dark") root.dataset.theme = theme; }
  themed(state.get("theme"));
  var dark = matchMedia("(prefers-color-scheme: dark)");

  // Languages: the style sheet shows the chosen one, the script follows with title and place.
  var languages = all(".langs input"), bodies = all(".l[data-at]");
  function shown() { return bodies[Math.max(0, languages.findIndex(function (it) { return it.checked; }))]; }
  function speak() {
    var body = shown();
    root.lang = body.lang;
    document.title = body.dataset.title;
    keep("lang", body === bodies[0] ? "" : languages[body.dataset.at].value);
    settle();
  }

  // Segments: a group has the same name and values in every language, behind its prefix.
  function group(radio) {
    var body = radio.closest(".l");
    var name = radio.name.slice(body ? (body.dataset.prefix || "").length : 0);
    return name.indexOf("seg") ? "" : name;
  }
  var radios = all("input[type=radio]").filter(group);
  function segment(name, value) {
    radios.forEach(function (it) { if (group(it) === name && it.value === value) it.checked = true; });
  }
  radios.forEach(function (it) {
    var name = group(it);
    if (state.has(name)) segment(name, state.get(name)); else if (it.defaultChecked) it.checked = true;
  });

  on("change", function (event) {
    var input = event.target, name = radios.indexOf(input) < 0 ? "" : group(input);
    if (name) {
      segment(name, input.value);
      keep(name, input.defaultChecked ? "" : input.value);
    }
    if (languages.indexOf(input) >= 0) {
      var link = document.querySelector(".links [aria-current]"), before = link && document.getElementById(link.hash.slice(1));
      speak();
      // The same section in the other language.
      if (before && scrollY > 99) {
        var old = before.closest(".l").dataset.prefix, to = document.getElementById(shown().dataset.prefix + before.id.slice(old.length));
        if (to) to.scrollIntoView();
      }
    }
    settle();
  });

  // A link opens what it leads to, in the language that it stands in.
  function reveal() {
    var id;
    try { id = decodeURIComponent(location.hash.slice(1)); } catch (_) { return; }
    var target = id && document.getElementById(id), body = target && target.closest(".l[data-at]");
    if (!target) return;
    if (body && languages.length && shown() !== body) {
      languages[body.dataset.at].checked = true;
      speak();
    }
    for (var at = target; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
    target.scrollIntoView({ behavior: "instant" });
  }
  addEventListener("hashchange", reveal);

  on("click", function (event) {
    var to = event.target.closest("button, a");
    all(".menu[open]").forEach(function (menu) {
      if (!menu.contains(event.target) || to) menu.open = false;
    });
    if (!to) return;
    if (to.matches(".theme")) {
      var now = root.dataset.theme;
      themed(now === "dark" || (now === "auto" && dark.matches) ? "light" : "dark");
      keep("theme", root.dataset.theme);
    }
    if (to.matches(".print")) print();
    if (to.dataset.all) all("details:not(.data)", to.closest("section")).forEach(function (it) { it.open = to.dataset.all === "open"; });
    // Following the same link again does not change the address.
    if (location.hash && to.getAttribute("href") === location.hash) reveal();
  });

  // Sorting: the rows of all stages in one body; a third click restores the stages.
  all("table").forEach(function (table) {
    var heads = all("th[data-sort]", table), parts = Array.from(table.tBodies), rows = [];
    if (!heads.length || !parts.length) return;
    var body = document.createElement("tbody");
    parts.forEach(function (part) {
      Array.from(part.rows).forEach(function (row) {
        if (!row.querySelector("[scope=rowgroup]")) rows.push({ row: row, part: part });
      });
    });
    function value(cell) { return cell && cell.dataset.v; }
    function by(column, words, sign) {
      return function (one, two) {
        var a = value(one.row.cells[column]), b = value(two.row.cells[column]);
        // What has no value comes last either way.
        if (!a || !b) return (a ? 0 : 1) - (b ? 0 : 1);
        return sign * (words ? a.localeCompare(b, root.lang) : a - b);
      };
    }
    heads.forEach(function (head) {
      var text = Array.from(head.childNodes).find(function (it) { return it.textContent.trim(); });
      if (!text) return;
      if (text.nodeType === 1) text = text.firstChild;
      var button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      text.replaceWith(button);
      button.append(text);
      button.onclick = function () {
        var way = { ascending: "descending", descending: "" }[head.getAttribute("aria-sort")];
        if (way === undefined) way = "ascending";
        heads.forEach(function (it) { it.removeAttribute("aria-sort"); });
        parts.forEach(function (part) { part.hidden = !!way; });
        if (way) {
          head.setAttribute("aria-sort", way);
          var order = by(head.cellIndex, head.dataset.sort === "text", way === "ascending" ? 1 : -1);
          rows.slice().sort(order).forEach(function (it) { body.append(it.row); });
          parts[parts.length - 1].after(body);
        } else {
          rows.forEach(function (it) { it.part.append(it.row); });
          body.remove();
        }
      };
    });
  });

  // One tab stop for each chart; arrows, Home and End move among the points that are shown.
  var charts = all("svg.ch").map(function (chart) { return { chart: chart, points: all("a", chart) }; });
  function visible(it) { return it.getClientRects().length; }
  function settle() {
    charts.forEach(function (it) {
      var stop = it.points.find(visible) || it.points[0];
      it.points.forEach(function (point) { point.setAttribute("tabindex", point === stop ? "0" : "-1"); });
    });
  }
  charts.forEach(function (it) {
    it.chart.addEventListener("keydown", function (event) {
      var points = it.points.filter(visible), at = points.indexOf(document.activeElement);
      if (at < 0) return;
      var to = points[{ ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1,
        Home: 0, End: points.length - 1 }[event.key]];
      if (!to) return;
      event.preventDefault();
      points[at].setAttribute("tabindex", "-1");
      to.setAttribute("tabindex", "0");
      to.focus();
    });
  });

  // The accessible name of a point is its tooltip.
  var tip = document.createElement("div");
  tip.className = "tip";
  tip.hidden = true;
  tip.setAttribute("aria-hidden", "true");
  document.body.append(tip);
  function hide() { tip.hidden = true; }
  // The content policy forbids style attributes; rules set through the object model pass.
  function move(left, top) {
    tip.style.left = left + "px";
    tip.style.top = top + "px";
  }
  function show(event) {
    var point = event.target.closest && event.target.closest("svg.ch a");
    if (!point) return hide();
    tip.textContent = point.getAttribute("aria-label");
    tip.lang = point.closest(".l").lang;
    tip.hidden = false;
    // Measured where nothing narrows it.
    move(0, 0);
    var box = point.getBoundingClientRect();
    var left = box.left + box.width / 2 - tip.offsetWidth / 2;
    left = Math.max(8, Math.min(left, root.clientWidth - tip.offsetWidth - 8));
    var top = box.top - tip.offsetHeight - 8;
    if (top < 64) top = box.bottom + 8;
    move(left, top);
  }
  on("mouseover", show);
  on("focusin", show);
  on("scroll", hide, { passive: true });
  on("keydown", function (event) {
    if (event.key !== "Escape") return;
    hide();
    all(".menu[open]").forEach(function (menu) {
      menu.open = false;
      menu.firstElementChild.focus();
    });
  });

  // The bar says which section is read.
  var seen = new IntersectionObserver(function (entries) {
    entries.forEach(function (entry) {
      if (!entry.isIntersecting) return;
      all(".links a").forEach(function (link) {
        if (link.hash === "#" + entry.target.id) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      });
    });
  }, { rootMargin: "-30% 0px -60% 0px" });
  all("section.s").forEach(function (section) { seen.observe(section); });

  // An address with a language, else one with a place in it.
  var asked = languages.find(function (it) { return it.value === state.get("lang"); });
  if (asked) asked.checked = true;
  if (languages.length) speak();
  else settle();
  reveal();
})();

// What if: the slider chooses among sentences that are in the page already.
(function () {
  document.querySelectorAll(".whatif>li").forEach(function (box) {
    var slider = box.querySelector("input"), said = box.querySelector("output");
    var steps = box.querySelectorAll(".steps li");
    slider.addEventListener("input", function () {
      var step = steps[Number(slider.value)];
      if (!step) return;
      said.textContent = step.textContent;
      slider.setAttribute("aria-valuetext", step.textContent);
    });
  });
})();
