// The hall screen: turns its pages, asks for news, calls numbers out. It runs for months: one timer, one tree of
// elements whose words are changed in place, nothing added.
"use strict";
(() => {
  const screen = document.getElementById("hall");
  const root = document.documentElement;
  const part = (id) => document.getElementById(id);
  const seconds = (name) => Number(screen.dataset[name]) * 1000;
  const POLL = seconds("poll"), TURN = seconds("turn"), LONGEST_WAIT = 60_000, TIMEOUT = 8_000;
  const SIZE = Number(screen.dataset.rows);
  const slots = [...part("jobs").children].map((slot) => ({
    slot, parts: [...slot.querySelectorAll("[data-part]")],
  }));
  const figures = [...document.querySelectorAll("[data-figure]")];
  const bars = [...part("bars").children];
  const language = root.lang.startsWith("zh") ? "zh-CN" : "en-GB";
  const inChina = { timeZone: "Asia/Shanghai" };
  const date = new Intl.DateTimeFormat(language, { ...inChina, month: "long", day: "numeric", weekday: "long" });
  const time = new Intl.DateTimeFormat("en-GB", { ...inChina, hour: "2-digit", minute: "2-digit" });

  let board = null, etag = "", at = "", page = -1;
  let nextPoll = 0, nextTurn = 0, asking = false, failures = 0;
  let heard = null;                       // the calls of the last answer; null before the first one
  const loadedOn = date.format();

  const write = (element, words) => { if (element.textContent !== String(words)) element.textContent = words; };
  const say = (name, values) => screen.dataset[name].replace(/\{(\w+)\}/g, (_, key) => values[key]);
  const put = (element, name, value) => {
    if (element.getAttribute(name) !== String(value)) element.setAttribute(name, value);
  };

  // ---- what is seen

  function turn() {
    if (!board) return;
    const pages = Math.max(Math.ceil(board.rows.length / SIZE), 1);
    page = (page + 1) % pages;
    show(pages);
  }

  function show(pages) {
    slots.forEach(({ slot, parts }, n) => {
      const row = board.rows[page * SIZE + n];
      slot.hidden = !row;
      if (!row) return;
      slot.classList.toggle("urgent", row.urgent);
      parts.forEach((element) => write(element, row[element.dataset.part]));
    });
    part("empty").hidden = board.rows.length > 0;
    part("jobs").hidden = board.rows.length === 0;
    write(part("page"), say("page", { page: page + 1, pages }));
    const call = board.calls[Math.max(page, 0) % Math.max(board.calls.length, 1)];
    showCall(call);
  }

  function showCall(call) {
    const band = part("call");
    band.classList.toggle("calm", !call);
    band.classList.toggle("long", Boolean(call) && call.text.length > 22);
    write(part("call-text"), call ? call.text : "");
  }

  function apply(news) {
    board = news;
    at = news.at;
    const pages = Math.max(Math.ceil(news.rows.length / SIZE), 1);
    page = Math.min(Math.max(page, 0), pages - 1);
    show(pages);
    figures.forEach((element) => write(element, news.figures[element.dataset.figure]));
    const base = Number(part("bars").dataset.base);
    bars.forEach((bar, n) => { put(bar, "y", base - news.bars[n]); put(bar, "height", news.bars[n]); });
    write(part("peak"), news.peak);
    write(part("at"), say("at", { at }));
    callOut(news.calls);
  }

  // ---- what is heard

  function callOut(calls) {
    const fresh = heard ? calls.filter((call) => !heard.has(call.id)) : [];
    heard = new Set(calls.map((call) => call.id));
    if (!fresh.length) return;
    showCall(fresh[0]);
    nextTurn = Date.now() + TURN;
    fresh.reverse().forEach((call) => speak(`${call.spoken}。${call.spoken}`));
  }

  function speak(words) {
    if (!("speechSynthesis" in window)) return;
    const speech = new SpeechSynthesisUtterance(words);
    speech.lang = "zh-CN";
    speech.rate = 0.85;
    window.speechSynthesis.speak(speech);
  }

  // ---- the server

  async function poll() {
    asking = true;
    try {
      const headers = etag ? { "If-None-Match": etag } : {};
      const answer = await fetch(screen.dataset.url, { headers, cache: "no-store", signal: AbortSignal.timeout(TIMEOUT) });
      if (answer.status !== 304 && !answer.ok) throw new Error(answer.status);
      if (answer.status !== 304) {
        apply(await answer.json());
        etag = answer.headers.get("ETag") || "";
      }
      failures = 0;
      part("stale").hidden = true;
      reloadOnceADay();
    } catch {
      failures += 1;
      if (failures > 1) {                 // one lost question is no news
        write(part("stale"), say("stale", { at }));
        part("stale").hidden = false;
      }
    }
    nextPoll = Date.now() + Math.min(POLL * 2 ** Math.max(failures - 1, 0), LONGEST_WAIT);
    asking = false;
  }

  // After four in the morning of another day, and only when the server has just answered: a new program, a clean memory.
  function reloadOnceADay() {
    if (date.format() !== loadedOn && time.format() >= "04:00") window.location.reload();
  }

  // ---- time

  function tick() {
    const now = Date.now(), clock = time.format(now);
    write(part("clock"), clock);
    write(part("date"), date.format(now));
    root.classList.toggle("night", clock >= "21:00" || clock < "05:30");
    if (!asking && now >= nextPoll) poll();
    if (now >= nextTurn) {
      nextTurn = now + TURN;
      turn();
    }
  }

  at = screen.dataset.since;
  page = Number(screen.dataset.first) - 1;
  nextTurn = Date.now() + TURN;
  setInterval(tick, 1000);
  tick();

  // A browser that waits for a touch before it makes a sound says so; kiosks are started without that rule.
  const sound = part("sound");
  if ("speechSynthesis" in window && navigator.userActivation && !navigator.userActivation.hasBeenActive) {
    sound.hidden = false;
    document.addEventListener("pointerdown", () => { sound.hidden = true; }, { once: true });
  }
})();
