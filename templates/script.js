(function () {
  var root = document.documentElement;
  root.classList.add("js");
  var dark = matchMedia("(prefers-color-scheme: dark)");
  document.getElementById("theme").onclick = function () {
    var now = root.dataset.theme;
    var isDark = now === "dark" || (now === "auto" && dark.matches);
    root.dataset.theme = isDark ? "light" : "dark";
  };
  document.getElementById("print").onclick = function () { print(); };

  // One tab stop for each chart, or for each layer of one; arrows, Home and End move within it.
  document.querySelectorAll("svg.ch:not(:has(.ly)),svg.ch .ly").forEach(function (chart) {
    var points = Array.prototype.slice.call(chart.querySelectorAll("a"));
    points.forEach(function (point, at) { point.setAttribute("tabindex", at ? "-1" : "0"); });
    chart.addEventListener("keydown", function (event) {
      var at = points.indexOf(document.activeElement);
      if (at < 0) return;
      var to = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1,
        Home: 0, End: points.length - 1 }[event.key];
      if (to === undefined || !points[to]) return;
      event.preventDefault();
      points[at].setAttribute("tabindex", "-1");
      points[to].setAttribute("tabindex", "0");
      points[to].focus();
    });
  });

  // The accessible name of a point is its tooltip.
  var tip = document.createElement("div");
  tip.className = "tip";
  tip.hidden = true;
  tip.setAttribute("aria-hidden", "true");
  document.body.appendChild(tip);
  function hide() { tip.hidden = true; }
  function show(event) {
    var point = event.target.closest && event.target.closest("svg.ch a");
    if (!point) return hide();
    tip.textContent = point.getAttribute("aria-label");
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
  // The content policy forbids style attributes; rules set through the object model pass.
  function move(left, top) {
    tip.style.left = left + "px";
    tip.style.top = top + "px";
  }
  document.addEventListener("mouseover", show);
  document.addEventListener("focusin", show);
  document.addEventListener("scroll", hide, { passive: true });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") hide();
  });

  // The bar says which section is read.
  var links = {};
  document.querySelectorAll(".links a").forEach(function (link) {
    links[link.getAttribute("href").slice(1)] = link;
  });
  if (!("IntersectionObserver" in window)) return;
  var seen = new IntersectionObserver(function (entries) {
    entries.forEach(function (entry) {
      var link = links[entry.target.id];
      if (!entry.isIntersecting || !link) return;
      Object.keys(links).forEach(function (id) { links[id].removeAttribute("aria-current"); });
      link.setAttribute("aria-current", "true");
    });
  }, { rootMargin: "-30% 0px -60% 0px" });
  document.querySelectorAll("section.s").forEach(function (section) { seen.observe(section); });
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
