(function () {
  var index = document.body.dataset.index, main = document.querySelector("main");
  var wait = document.getElementById("wait"), panel = document.getElementById("problems");
  var button = panel.querySelector("button"), list = document.getElementById("list");
  var version = 0, edition = 0, frame = null;

  button.addEventListener("click", function () {
    var open = button.getAttribute("aria-expanded") !== "true";
    button.setAttribute("aria-expanded", open);
  });

  // The new report is loaded behind the old one and takes its place when it is there: what the
  // reader chose stands in the address, and where they were in the page is kept.
  function show(next) {
    var old = frame, fresh = document.createElement("iframe");
    var path = "/" + index + "/report/" + next, search = "", hash = "", top = 0;
    try {
      search = old.contentWindow.location.search;
      hash = old.contentWindow.location.hash;
      top = old.contentWindow.scrollY;
    } catch (_) { /* There is no old one. */ }
    fresh.title = "Report";
    fresh.className = "next";
    // As soon as it is parsed: to wait until it is laid out and drawn unseen takes twice as long.
    var watching = setInterval(function () {
      var page = fresh.contentDocument;
      if (page && page.location.pathname === path && page.readyState !== "loading") place();
    }, 4);
    fresh.addEventListener("load", place);
    function place() {
      if (!watching) return;
      clearInterval(watching);
      watching = 0;
      if (edition !== next) { fresh.remove(); return; }
      if (top) fresh.contentWindow.scrollTo({ top: top, behavior: "instant" });
      fresh.className = "";
      if (old) old.remove();
      wait.hidden = true;
      frame = fresh;
      document.title = fresh.contentDocument.title + " – preview";
      document.body.dataset.edition = next;
    }
    fresh.src = path + search + hash;
    main.append(fresh);
  }

  function tell(news) {
    var count = news.problems.length;
    panel.hidden = !count;
    panel.classList.toggle("errors", news.failed);
    if (news.failed) button.setAttribute("aria-expanded", true);
    else if (!panel.dataset.told) button.setAttribute("aria-expanded", false);
    panel.dataset.told = count ? "yes" : "";
    button.textContent = news.failed
      ? (frame || edition ? "This is the last good report: what was saved since has problems" : "There is no report yet")
      : count + (count === 1 ? " warning" : " warnings");
    list.replaceChildren.apply(list, news.problems.map(function (text) {
      var block = document.createElement("pre"), end = text.indexOf("\n"), head = document.createElement("b");
      head.textContent = end < 0 ? text : text.slice(0, end);
      block.append(head, end < 0 ? "" : text.slice(end));
      return block;
    }));
    if (news.failed && !news.edition) wait.hidden = true;
  }

  function ask() {
    fetch("/" + index + "/news?after=" + version, { cache: "no-store" }).then(function (answer) {
      if (!answer.ok) throw new Error(answer.status);
      return answer.json();
    }).then(function (news) {
      if (news.version !== version || news.edition !== edition) {
        // A preview that was started again counts from the beginning.
        version = news.version;
        tell(news);
        if (news.edition && news.edition !== edition) {
          edition = news.edition;
          show(edition);
        }
        document.body.dataset.version = version;
      }
      ask();
    }).catch(function () {
      panel.hidden = false;
      panel.classList.add("errors");
      button.textContent = "The preview has ended: start `touchmap watch` again";
      list.replaceChildren();
      setTimeout(ask, 1000);
    });
  }
  ask();
})();
