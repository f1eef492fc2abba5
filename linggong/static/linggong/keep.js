// Keeps what was typed into forms with data-keep (its value names the draft) until it has been sent.
// Only in this tab (sessionStorage): a shared computer forgets it with the tab. Secrets and files are never kept.
"use strict";
(() => {
  const SENT = "sent";
  const store = window.sessionStorage;
  const keyOf = (form) => `draft:${location.pathname}:${form.dataset.keep || form.id}`;
  const kept = (input) => input.name && !["hidden", "password", "file", "submit"].includes(input.type);
  const inputs = (form) => [...form.elements].filter(kept);
  const say = (id, form) => {
    const template = document.getElementById(id);
    if (!template || form.querySelector(`[data-said="${id}"]`)) return null;
    const note = template.content.firstElementChild.cloneNode(true);
    note.dataset.said = id;
    form.prepend(note);
    return note;
  };

  const save = (form) => {
    const values = inputs(form).filter((i) => !["checkbox", "radio"].includes(i.type) || i.checked).map((i) => [i.name, i.value]);
    store.setItem(keyOf(form), JSON.stringify(values));
  };
  const fill = (form, values) => {
    let changed = false;
    for (const input of inputs(form)) {
      const wanted = values.filter(([name]) => name === input.name).map(([, value]) => value);
      const choice = ["checkbox", "radio"].includes(input.type);
      const before = choice ? input.checked : input.value;
      if (choice) input.checked = wanted.includes(input.value);
      else if (wanted.length) input.value = wanted[0];
      changed = changed || before !== (choice ? input.checked : input.value);
    }
    return changed;
  };
  const restore = (form) => {
    const draft = store.getItem(keyOf(form));
    if (!draft || form.querySelector("[aria-invalid]")) return;
    if (!fill(form, JSON.parse(draft))) return;
    const note = say("kept-restored", form);
    note?.querySelector("[data-forget]").addEventListener("click", () => {
      store.removeItem(keyOf(form));
      form.reset();
      note.remove();
    });
  };

  // A page reached by going on means that the network carried what was sent before; going back means that it may not have.
  const [visit] = performance.getEntriesByType("navigation");
  const sent = JSON.parse(store.getItem(SENT) || "[]");
  if (visit?.type === "navigate") sent.forEach((key) => store.removeItem(key));
  store.removeItem(SENT);
  document.querySelectorAll("form[data-keep]").forEach(restore);

  window.addEventListener("pageshow", (event) => { if (event.persisted) store.removeItem(SENT); });
  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (form && "keep" in form.dataset) save(form);
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!("keep" in form.dataset)) return;
    if (!navigator.onLine) {
      event.preventDefault();
      say("kept-offline", form)?.scrollIntoView({ block: "center" });
      return;
    }
    store.setItem(SENT, JSON.stringify([...JSON.parse(store.getItem(SENT) || "[]"), keyOf(form)]));
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.target;  // a field that asks for something on its own has not sent the form
    if (form.matches?.("form[data-keep]") && event.detail.successful) store.removeItem(keyOf(form));
  });
  window.addEventListener("online", () => document.querySelectorAll('[data-said="kept-offline"]').forEach((note) => note.remove()));
})();
