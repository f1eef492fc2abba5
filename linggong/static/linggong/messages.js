// The words of a message and the fields that were read from them: whichever has the cursor or the pointer lights up both.
"use strict";
(() => {
  const said = [...document.querySelectorAll("[data-says]")];
  const fieldOf = (name) => document.getElementById(`id_${name}`)?.closest(".field");
  const light = (names) => {
    document.querySelectorAll(".lit").forEach((each) => each.classList.remove("lit"));
    for (const name of names) {
      said.filter((part) => part.dataset.says.split(" ").includes(name)).forEach((part) => part.classList.add("lit"));
      fieldOf(name)?.classList.add("lit");
    }
  };
  const namesAt = (target) => {
    const part = target.closest?.("[data-says]");
    if (part) return part.dataset.says.split(" ");
    const field = target.closest?.("[data-read] .field");
    return field ? [...field.querySelectorAll("[name]")].map((input) => input.name) : null;
  };
  for (const event of ["focusin", "mouseover"]) {
    document.addEventListener(event, ({ target }) => {
      const names = namesAt(target);
      if (names) light(names);
    });
  }
  // A field inside a closed part of the form opens it before the cursor goes there.
  document.addEventListener("click", ({ target }) => {
    const part = target.closest?.("[data-says]");
    const hidden = part && document.getElementById(part.hash.slice(1))?.closest("details");
    if (hidden) hidden.open = true;
  });
})();
