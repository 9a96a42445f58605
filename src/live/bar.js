"use strict";
// The bar at the foot of each page: the day that is looked at and the other days, and what was found in the files.
// It stands in a shadow of its own, so that neither the site's style nor its scripts meet it.
(() => {
  const script = document.currentScript;
  const shown = script.dataset.day;
  const cookie = `niemyet-day-${location.port || 80}`;
  const others = new BroadcastChannel("niemyet-day");

  const make = (name, attributes, ...inside) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (value === true) element.setAttribute(key, "");
      else if (value !== false && value != null) element.setAttribute(key, value);
    }
    element.append(...inside.filter((part) => part != null));
    return element;
  };
  // 2027-03-01 as 01/03/2027.
  const said = (day) => day.split("-").reverse().join("/");

  const state = {
    get: (key) => { try { return sessionStorage.getItem(`niemyet-${key}`); } catch { return null; } },
    set: (key, value) => { try { sessionStorage.setItem(`niemyet-${key}`, value); } catch { /* private */ } },
  };

  // Another tab of this browser has gone to another day: the day is one for all of them.
  others.onmessage = (message) => { if (message.data !== shown) location.reload(); };

  const go = (day, today) => {
    if (!day || day === shown) return;
    document.cookie = day === today
      ? `${cookie}=; path=/; SameSite=Strict; Max-Age=0`
      : `${cookie}=${day}; path=/; SameSite=Strict`;
    others.postMessage(day);
    location.reload();
  };

  const days = (told, words) => {
    const changes = new Map(told.days.map((day) => [day.day, day]));
    const stops = [...new Set([...changes.keys(), told.today, shown])].sort();
    const at = stops.indexOf(shown);
    const previous = stops[at - 1], next = stops[at + 1];
    const name = (day) => `${said(day)}${day === told.today ? ` (${words.today})` : ""}`;
    const whole = (day) => [name(day), changes.get(day)?.said].filter(Boolean).join(": ");
    const to = (day) => () => go(day, told.today);

    const button = (key, sign, day) => {
      const hint = day ? `${words[key]}: ${whole(day)}` : words[key];
      const element = make("button", { type: "button", "data-key": key, "aria-label": hint, title: hint, disabled: !day }, sign);
      element.onclick = to(day);
      return element;
    };
    const range = make("input", {
      type: "range", min: 0, max: stops.length - 1, step: 1, value: at, "data-key": "range",
      "aria-label": words.slider, "aria-valuetext": whole(shown), disabled: stops.length < 2,
    });
    const text = make("p", { class: "said" }, whole(shown));
    let soon;
    range.oninput = () => {
      const day = stops[range.value];
      text.textContent = whole(day);
      range.setAttribute("aria-valuetext", whole(day));
      clearTimeout(soon);
    };
    // Each press of an arrow key is a change: the last of several counts.
    range.onchange = () => {
      clearTimeout(soon);
      soon = setTimeout(to(stops[range.value]), 400);
    };
    const date = make("input", {
      type: "date", min: told.first, max: told.last, value: shown, "data-key": "date", "aria-label": words.date,
    });
    // While a date is typed, each of its digits is a change.
    date.onchange = () => {
      clearTimeout(soon);
      soon = setTimeout(() => { if (date.checkValidity()) go(date.value, told.today); }, 1000);
    };
    date.onkeydown = (event) => {
      if (event.key === "Enter" && date.checkValidity()) go(date.value, told.today);
    };
    const today = make("button", { type: "button", "data-key": "today", disabled: shown === told.today }, words.today);
    today.onclick = to(told.today);
    const here = changes.get(shown);
    const list = here && make("details", { class: "what", "data-open": "what" },
      make("summary", {}, words.changes),
      make("ul", {}, ...here.changes.map((change) => make("li", {}, change))));
    return [
      make("div", { class: "days" },
        button("previous", "‹", previous), range, button("next", "›", next), date, today),
      text,
      list,
    ];
  };

  const finding = (found, words) => make("li", { class: found.weight },
    make("details", {},
      make("summary", {},
        make("span", { class: "weight" }, words[found.weight]), " ",
        make("b", {}, found.code), " ", found.message, " ",
        found.place ? make("code", {}, found.place) : ""),
      found.link ? make("a", { href: found.link }, words.open) : null,
      make("pre", { tabindex: 0 }, found.text)));

  const findings = (told, words) => make("details", { class: "found", "data-open": "found" },
    make("summary", { class: told.worst }, told.counted),
    make("ol", {}, ...told.findings.map((found) => finding(found, words))),
    told.more ? make("p", {}, told.more) : null);

  const draw = (told) => {
    const words = told.words;
    const host = document.createElement("niemyet-bar");
    const shadow = host.attachShadow({ mode: "open" });
    const bar = make("section", { "aria-label": words.bar, lang: told.language },
      make("div", { class: "line" }, ...days(told, words)),
      told.findings.length ? findings(told, words) : make("p", { class: "clean" }, told.counted));
    bar.classList.toggle("other", shown !== told.today);
    shadow.append(make("link", { rel: "stylesheet", href: "/__niemyet/bar.css" }), bar);
    // What was open stays open, and the keyboard stays where it was, over the reloads of a session.
    for (const part of shadow.querySelectorAll("[data-open]")) {
      const key = `open-${part.dataset.open}`;
      part.open = state.get(key) === "yes";
      part.ontoggle = () => state.set(key, part.open ? "yes" : "no");
    }
    shadow.addEventListener("focusin", (event) => state.set("focus", event.target.dataset.key ?? ""));
    shadow.addEventListener("focusout", () => { if (document.hasFocus()) state.set("focus", ""); });
    const focused = state.get("focus");
    document.body.append(host);
    if (focused) {
      const wanted = shadow.querySelector(`[data-key="${CSS.escape(focused)}"]`);
      (wanted?.disabled ? shadow.querySelector("[data-key=range]") : wanted)?.focus({ preventScroll: true });
    }
  };

  fetch("/__niemyet/bar.json").then((answer) => (answer.ok ? answer.json() : null)).then((told) => {
    if (told && document.body) draw(told);
  }).catch(() => { /* the server was stopped; the page stands without the bar */ });
})();
