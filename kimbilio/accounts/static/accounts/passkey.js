/* Passkeys: hands what the page asks to the device, and sends what the device answers. Without this script, without a
   passkey in the device, or on a page without a name, the page's own words say what to do instead. */
"use strict";

(() => {
  const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  const known = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

  async function make(asked) {
    const made = await navigator.credentials.create({
      publicKey: {
        ...asked,
        challenge: bytes(asked.challenge),
        user: { ...asked.user, id: bytes(asked.user.id) },
        excludeCredentials: known(asked.excludeCredentials),
      },
    });
    return { ...plain(made), response: answer(made, ["clientDataJSON", "attestationObject"]) };
  }

  async function show(asked) {
    const shown = await navigator.credentials.get({
      publicKey: { ...asked, challenge: bytes(asked.challenge), allowCredentials: known(asked.allowCredentials) },
    });
    return { ...plain(shown), response: answer(shown, ["clientDataJSON", "authenticatorData", "signature"]) };
  }

  const plain = (credential) => ({
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    clientExtensionResults: {},
  });
  const answer = (credential, parts) => Object.fromEntries(parts.map((part) => [part, text(credential.response[part])]));

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    const failed = form.querySelector("[data-failed]");
    if (!window.PublicKeyCredential || !form.dataset.options) continue;
    for (const instead of document.querySelectorAll("[data-without-passkey]")) instead.hidden = true;
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      failed.hidden = true;
      try {
        const asked = JSON.parse(form.dataset.options).publicKey;
        const credential = await (form.dataset.passkey === "make" ? make(asked) : show(asked));
        form.elements.credential.value = JSON.stringify(credential);
        HTMLFormElement.prototype.submit.call(form);
      } catch {
        failed.hidden = false;
      }
    });
  }
})();
