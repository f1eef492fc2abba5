// The desk by keyboard. A row is [data-row] (or what lies in .rows), its main act [data-act] or its first link or button;
// data-key="n" on a link or button makes n its shortcut and lists it under "?". Forms with data-focus take the cursor.
"use strict";
(() => {
  const OFF = "keys-off";
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const shown = (element) => element.getClientRects().length > 0;
  const typing = (element) => element.matches("textarea, select, [contenteditable], input:not([type=checkbox], [type=radio], [type=submit])");

  // ---- rows
  const actOf = (row) => row.querySelector("[data-act]") || row.querySelector("a, button");
  const acts = () => all("[data-row], .rows > *").map(actOf).filter((act) => act && shown(act));
  const move = (step) => {
    const list = acts();
    const row = document.activeElement.closest("[data-row], .rows > *");
    const here = row ? list.indexOf(actOf(row)) : -1;
    const next = here < 0 ? (step > 0 ? 0 : list.length - 1) : Math.min(Math.max(here + step, 0), list.length - 1);
    list[next]?.focus();
  };

  // ---- dialogs: opened by links to their id, which also work by themselves
  const open = (id) => document.getElementById(id)?.showModal();
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-dialog]");
    const closer = event.target.closest("dialog [data-close]");
    if (!opener && !closer) return;
    event.preventDefault();
    if (opener) open(opener.dataset.dialog);
    else closer.closest("dialog").close();
  });

  // ---- the list of shortcuts
  const list = document.querySelector("[data-keys]");
  const offer = () => {
    if (!list) return;
    all("[data-own]", list).forEach((line) => line.remove());
    for (const target of all("[data-key]")) {
      const key = document.createElement("dt");
      const words = document.createElement("dd");
      key.dataset.own = words.dataset.own = "";
      key.append(Object.assign(document.createElement("kbd"), { textContent: target.dataset.key }));
      words.textContent = target.dataset.keyLabel || target.innerText.trim();
      list.append(key, words);
    }
  };
  const keySwitch = document.querySelector("[data-keys-switch]");
  if (keySwitch) {
    keySwitch.checked = !localStorage.getItem(OFF);
    keySwitch.addEventListener("change", () => keySwitch.checked ? localStorage.removeItem(OFF) : localStorage.setItem(OFF, "1"));
  }

  // ---- keys
  const plain = {
    "/": () => document.getElementById("search")?.select(),
    "?": () => { offer(); open("keys-help"); },
    j: () => move(1),
    k: () => move(-1),
  };
  document.addEventListener("keydown", (event) => {
    const at = event.target;
    if (event.isComposing) return;
    if (event.key === "Enter" && event.ctrlKey && at.form) {
      event.preventDefault();
      at.form.requestSubmit();
    }
    if (event.key === "Escape" && typing(at) && !at.closest("dialog")) at.blur();
    if (event.ctrlKey || event.metaKey || event.altKey || typing(at) || at.closest("dialog") || localStorage.getItem(OFF)) return;
    const own = all("[data-key]").find((target) => target.dataset.key === event.key && shown(target));
    const act = own ? () => own.click() : Object.hasOwn(plain, event.key) && plain[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });

  // ---- the cursor is where typing goes on: at the first error, else at the first field
  const focusIn = (root) => {
    const form = root.matches?.("form[data-focus]") ? root : root.querySelector("form[data-focus]");
    const field = form && (form.querySelector("[aria-invalid=true]") || all("input:not([type=hidden]), select, textarea", form).find((f) => shown(f) && !f.disabled));
    field?.focus();
  };
  if (!location.hash) focusIn(document);
  document.addEventListener("htmx:afterSettle", (event) => focusIn(event.target));
})();
