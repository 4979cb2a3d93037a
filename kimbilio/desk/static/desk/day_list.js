/* The list of a clinic's day: finding a row as one types, and the sum as it stands. Without it the page is whole:
   every row is shown, and 'Add up' reckons the sum. Nothing is stored. */
"use strict";

(() => {
  const form = document.getElementById("day");
  const list = document.getElementById("day-list");
  if (!form || !list) return;

  const rows = [...list.children].map((row) => ({
    row,
    text: plain(row.dataset.find),
    absent: row.querySelector("[name=absent]"),
    other: row.querySelector("select"),
  }));
  const said = form.elements.namedItem("said");
  const sought = document.getElementById("sought");
  const sums = Object.fromEntries([...form.querySelectorAll("[data-sum]")].map((each) => [each.dataset.sum, each]));
  const parts = Object.fromEntries([...form.querySelectorAll("[data-part]")].map((each) => [each.dataset.part, each]));

  /** Numbers and codes are typed with and without hyphens. */
  function plain(text) {
    return text.toUpperCase().replace(/[^\p{L}\p{N} ]/gu, "");
  }

  function addUp() {
    const counted = { came: 0, absent: 0, elsewhere: 0, total: 0 };
    for (const { row, absent, other } of rows) {
      const kind = absent.checked ? "absent" : other.value === "dosed" ? "came" : other.value ? "elsewhere" : "";
      row.classList.toggle("marked", kind !== "came");
      if (!kind) continue;
      counted[kind] += 1;
      counted.total += 1;
    }
    for (const [kind, place] of Object.entries(sums)) place.textContent = counted[kind];
    parts.elsewhere.hidden = counted.elsewhere === 0;
    parts.differs.hidden = said.value.trim() === "" || Number(said.value) === counted.came;
  }

  function find() {
    const wanted = plain(sought.value).trim();
    list.classList.toggle("sought", wanted !== "");
    for (const { row, text } of rows) row.hidden = wanted !== "" && !text.includes(wanted);
  }

  /** Enter means the one row that is left, never the form. */
  function tickTheOneLeft() {
    const left = rows.filter(({ row }) => !row.hidden);
    if (sought.value.trim() === "" || left.length !== 1) return;
    left[0].absent.checked = !left[0].absent.checked;
    sought.value = "";
    find();
    addUp();
    left[0].row.scrollIntoView({ block: "nearest" });
  }

  sought.closest("[hidden]").hidden = false;
  list.classList.add("live");
  for (const button of form.querySelectorAll("[data-without-script]")) button.hidden = true;
  form.addEventListener("input", (event) => (event.target === sought ? find() : addUp()));
  form.addEventListener("change", addUp);
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target.tagName !== "INPUT") return;
    event.preventDefault();
    if (event.target === sought) tickTheOneLeft();
  });
  addUp();
})();
