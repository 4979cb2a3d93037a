/* Kimbilio's one script. Every page is whole without it; with it, a page can vanish at once, lock when nobody is there,
   send a form only once and say that it is still working. It is loaded before htmx. */
"use strict";

(() => {
  const body = document.body;
  const { idleSeconds, locked, working, failed, answers } = body.dataset;
  const hideLink = document.getElementById("hide");

  /* Nothing is stored in the browser, by anyone: htmx would write each page's address into its session storage. */

  Storage.prototype.setItem = () => {
    throw new DOMException("Nothing is stored in this browser.", "SecurityError");
  };

  /* 1. Hide: the page is emptied first, and only then left. Nothing stays to come back to. */

  const ESCAPE_TWICE_WITHIN = 800;
  let escapedAt = -Infinity;

  function hide() {
    const address = hideLink.href;
    body.replaceChildren();
    location.replace(address);
  }

  if (hideLink) {
    hideLink.addEventListener("click", (event) => {
      event.preventDefault();
      hide();
    });
    addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.repeat) return;
      if (event.timeStamp - escapedAt < ESCAPE_TWICE_WITHIN) hide();
      escapedAt = event.timeStamp;
    }, true);
  }

  /* 2. Idle: measured by the clock on the wall, so that a laptop that slept wakes up locked. */

  const SIGNS_OF_LIFE = ["pointerdown", "pointermove", "keydown", "input", "wheel", "scroll", "touchstart"];
  const TELL_OTHER_PAGES_EVERY = 5000;
  const otherPages = "BroadcastChannel" in window ? new BroadcastChannel("kimbilio-life") : null;
  let aliveAt = Date.now();
  let toldAt = 0;
  let locking = false;

  /** Send the half-filled form to its own page, which keeps it sealed until the same worker is back. */
  function keepForLater(form) {
    const mark = document.createElement("input");
    Object.assign(mark, { type: "hidden", name: "keep-for-later", value: "1" });
    form.append(mark);
    form.setAttribute("action", location.pathname);
    form.setAttribute("method", "post");
    HTMLFormElement.prototype.submit.call(form);
  }

  function lock() {
    if (locking) return;
    locking = true;
    body.hidden = true;
    const form = document.querySelector("form[data-keep]");
    if (form) keepForLater(form);
    else location.replace(locked);
  }

  function lockIfIdle() {
    const idle = Date.now() - aliveAt >= idleSeconds * 1000;
    if (idle) lock();
    return idle;
  }

  function noticeLife() {
    if (lockIfIdle()) return;
    aliveAt = Date.now();
    if (otherPages && aliveAt - toldAt > TELL_OTHER_PAGES_EVERY) {
      toldAt = aliveAt;
      otherPages.postMessage("alive");
    }
  }

  // A page that waits for its person (data-waits) has no clock: it would lose what it keeps for them.
  if (idleSeconds && !document.querySelector("form[data-waits]")) {
    for (const sign of SIGNS_OF_LIFE) addEventListener(sign, noticeLife, { capture: true, passive: true });
    if (otherPages) otherPages.onmessage = () => { aliveAt = Date.now(); };
    body.addEventListener("kimbilio:lock", lock);
    // What a page asks for by itself must not overtake the form that is being put away, and answer in its place.
    body.addEventListener("htmx:beforeRequest", (event) => {
      if (locking || lockIfIdle()) event.preventDefault();
    });
    addEventListener("focus", lockIfIdle);
    document.addEventListener("visibilitychange", lockIfIdle);
    setInterval(lockIfIdle, 2000);
  }

  /* 3 and 4. Sending: once, and with a word when it takes long. */

  const AGAIN_AFTER = 3000;
  const SAY_WORKING_AFTER = 2000;
  const status = document.getElementById("working");
  let patience;

  function sayWorkingSoon() {
    clearTimeout(patience);
    patience = setTimeout(() => { status.textContent = working; }, SAY_WORKING_AFTER);
  }

  function sayNothing() {
    clearTimeout(patience);
    status.textContent = "";
  }

  function markSent(form, sent) {
    if (sent) form.dataset.sentAt = Date.now();
    else delete form.dataset.sentAt;
    for (const button of form.querySelectorAll("button")) {
      if (sent) button.setAttribute("aria-disabled", "true");
      else button.removeAttribute("aria-disabled");
    }
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented) return;
    if (form.dataset.sentAt && Date.now() - form.dataset.sentAt < AGAIN_AFTER) {
      event.preventDefault();
      return;
    }
    markSent(form, true);
    setTimeout(() => markSent(form, false), AGAIN_AFTER);
    sayWorkingSoon();
  });

  addEventListener("pageshow", (event) => {
    if (event.persisted) {
      body.hidden = true;
      location.reload();
      return;
    }
    sayNothing();
    for (const form of document.forms) markSent(form, false);
  });

  /* 5. Live search: what is on the screen is always the answer to what is in the box, or says that it is not. */

  body.addEventListener("htmx:beforeRequest", sayWorkingSoon);
  body.addEventListener("htmx:afterRequest", sayNothing);

  body.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr, serverResponse } = event.detail;
    if (!/<html[\s>]/i.test(serverResponse)) return;
    // A whole page came instead of a part: we were signed out or locked. Go where the answer came from.
    event.detail.shouldSwap = false;
    if (locking) return;
    body.hidden = true;
    location.replace(xhr.responseURL || location.href);
  });

  function sayFailed(event) {
    const notice = document.createElement("p");
    notice.className = "notice notice-warning";
    notice.setAttribute("role", "alert");
    notice.textContent = failed;
    event.detail.target.replaceChildren(notice);
  }

  body.addEventListener("htmx:sendError", sayFailed);
  body.addEventListener("htmx:timeout", sayFailed);
  body.addEventListener("htmx:responseError", sayFailed);

  /* 6. Closed, or out of reach: what is on the screen is covered until Kimbilio answers again. Somebody who closed it on
     its machine wants no name left standing on any other; and where only the network was away, nothing typed is lost. */

  const LOOK_EVERY = 10000;
  const ANSWER_WITHIN = 20000;
  const MISSED_MAY_BE = 1;
  const cover = document.getElementById("cover");
  let missed = 0;

  /** Ask without cookies for what needs none; with `signedIn`, for a page that only those who are signed in get. */
  function ask(address, signedIn) {
    return fetch(address, {
      method: "HEAD",
      cache: "no-store",
      credentials: signedIn ? "same-origin" : "omit",
      redirect: "manual",
      signal: AbortSignal.timeout(ANSWER_WITHIN),
    });
  }

  function put(covered) {
    cover.hidden = !covered;
    body.classList.toggle("covered", covered);
  }

  async function look() {
    try {
      await ask(answers, false);
      missed = 0;
      if (cover.hidden) return;
      if ((await ask("/account", true)).status === 200) put(false);
      else location.reload();
    } catch {
      missed += 1;
      if (missed > MISSED_MAY_BE) put(true);
    }
  }

  if (cover && answers) setInterval(look, LOOK_EVERY);
})();
