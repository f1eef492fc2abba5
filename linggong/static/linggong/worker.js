// The phone's extras: text size without a reload, reading aloud, the error summary in focus. Nothing needs them.
"use strict";
(() => {
  document.querySelector(".error-summary")?.focus();

  document.querySelector("[data-sizes]")?.addEventListener("submit", (event) => {
    const chosen = event.submitter;
    if (!chosen) return;
    event.preventDefault();
    document.cookie = `text_size=${chosen.value};path=/;max-age=31536000;samesite=lax`;
    const page = document.documentElement.classList;
    page.remove(...[...page].filter((name) => name.startsWith("size-")));
    page.add(`size-${chosen.value}`);
    event.target.querySelectorAll("button").forEach((b) => b.setAttribute("aria-pressed", String(b === chosen)));
  });

  // Where the person stands goes along only when they tick it.
  const form = document.querySelector("form[data-position]");
  if (form && "geolocation" in navigator) {
    const box = form.querySelector("[data-position-choice] input");
    const keep = (place) => ["latitude", "longitude"].forEach((name) => { form.elements[name].value = place?.coords[name] ?? ""; });
    form.querySelector("[data-position-choice]").hidden = false;
    box.addEventListener("change", () => {
      if (!box.checked) keep(null);
      else navigator.geolocation.getCurrentPosition(keep, () => { box.checked = false; }, { timeout: 15000 });
    });
  }

  if (!("speechSynthesis" in window)) return;
  const voice = window.speechSynthesis;
  document.querySelectorAll("[data-read]").forEach((button) => {
    const words = button.querySelector("span");
    const idle = words.textContent;
    button.hidden = false;
    button.addEventListener("click", () => {
      const speaking = voice.speaking;
      voice.cancel();
      if (speaking) return;
      const speech = new SpeechSynthesisUtterance(document.getElementById(button.dataset.read).innerText);
      speech.lang = document.documentElement.lang.startsWith("zh") ? "zh-CN" : "en";
      speech.rate = 0.9;
      speech.onend = speech.onerror = () => { words.textContent = idle; };
      words.textContent = button.dataset.stop;
      voice.speak(speech);
    });
  });
  window.addEventListener("pagehide", () => voice.cancel());
})();
