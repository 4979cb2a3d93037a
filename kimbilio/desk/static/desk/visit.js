/* A visit's numbers: fewer and more at a touch, and typing replaces what stood there. Without it the page is whole:
   each number is typed. Nothing is stored. */
"use strict";

(() => {
  const form = document.getElementById("visit");
  if (!form) return;

  for (const button of form.querySelectorAll("[data-step]")) {
    const number = button.parentElement.querySelector("input");
    button.hidden = false;
    button.addEventListener("click", () => {
      const most = Number(number.max) || Infinity;
      const next = (Number(number.value) || 0) + Number(button.dataset.step);
      number.value = Math.min(most, Math.max(0, next));
      number.dispatchEvent(new Event("input", { bubbles: true }));
    });
  }

  for (const number of form.querySelectorAll(".stepper input")) {
    number.addEventListener("focus", () => number.select());
    // A wheel that turns over a page must not change what was given.
    number.addEventListener("wheel", () => number.blur(), { passive: true });
    if (number === document.activeElement) number.select();
  }
})();
