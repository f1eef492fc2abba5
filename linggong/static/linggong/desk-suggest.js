// Suggestions under fields with data-suggest (its value is where to ask). Arrows choose, Enter or Tab takes, Esc closes.
// With data-many the field holds several names and only the last word is looked up. Also prints pages with data-print-now.
"use strict";
(() => {
  const WAIT = 120;
  const BETWEEN = /[,，、;；\s]+/;
  let field = null;
  let timer = 0;
  let asked = 0;

  const many = (input) => "many" in input.dataset;
  const wordOf = (input) => many(input) ? input.value.split(BETWEEN).pop() : input.value.trim();
  const listOf = (input) => document.getElementById(`${input.id}-suggestions`) || makeList(input);
  const options = (list) => [...list.querySelectorAll("[role=option]")];
  const isOpen = () => field && !listOf(field).hidden;

  const makeList = (input) => {
    const list = Object.assign(document.createElement("ul"), { id: `${input.id}-suggestions`, className: "suggestions", hidden: true });
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", input.labels[0]?.textContent.trim() || "");
    list.addEventListener("mousedown", (event) => {
      const option = event.target.closest("[role=option]");
      event.preventDefault();
      if (option) take(option);
    });
    input.after(list);
    return list;
  };
  const close = () => {
    asked += 1;
    if (!field) return;
    listOf(field).hidden = true;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  };
  const choose = (option) => {
    options(option.parentElement).forEach((each) => each.setAttribute("aria-selected", String(each === option)));
    field.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  };
  const chosen = () => listOf(field).querySelector("[aria-selected=true]");
  const take = (option) => {
    const word = wordOf(field);
    const before = many(field) ? field.value.slice(0, field.value.length - word.length) : "";
    field.value = before + option.dataset.value + (many(field) ? "、" : "");
    const input = field;
    close();
    input.dataset.taken = input.value;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const show = (html) => {
    const list = listOf(field);
    list.innerHTML = html;
    options(list).forEach((option, place) => { option.id = `${list.id}-${place}`; });
    const [first] = options(list);
    list.hidden = !first;
    field.setAttribute("aria-expanded", String(Boolean(first)));
    if (first) choose(first);
  };
  const ask = async (input) => {
    const word = wordOf(input);
    const mine = ++asked;
    if (!word) return close();
    const answer = await fetch(`${input.dataset.suggest}?q=${encodeURIComponent(word)}`);
    if (mine === asked && answer.ok && document.activeElement === input) show(await answer.text());
  };

  document.querySelectorAll("[data-suggest]").forEach((input) => {
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-controls", listOf(input).id);
    input.addEventListener("focus", () => { field = input; });
    input.addEventListener("blur", close);
    input.addEventListener("input", () => {
      field = input;
      clearTimeout(timer);
      if (input.dataset.taken === input.value) return;
      timer = setTimeout(() => ask(input), WAIT);
    });
  });
  document.addEventListener("keydown", (event) => {
    if (!isOpen() || event.target !== field || event.isComposing) return;
    const list = options(listOf(field));
    const here = list.indexOf(chosen());
    const act = {
      ArrowDown: () => choose(list[(here + 1) % list.length]),
      ArrowUp: () => choose(list[(here - 1 + list.length) % list.length]),
      Enter: () => take(list[here]),
      Tab: () => take(list[here]),
      Escape: close,
    }[event.key];
    if (!act) return;
    if (event.key !== "Tab") event.preventDefault();
    event.stopPropagation();
    act();
  }, true);

  document.querySelectorAll("[data-print]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  });
  if (document.querySelector("[data-print-now]")) window.addEventListener("load", () => window.print());
})();
