// Before a page is drawn: what scripts fold away or hide is so from the start, and nothing moves under a finger.
// Small, as the page waits for it; all else is in start.js. Every page works without it.
"use strict";

if ("noModule" in HTMLScriptElement.prototype) {
  document.documentElement.classList.add("js-enabled", "govuk-frontend-supported");
}

// A filter starts folded on a narrow screen, unless something is filtered; the steps of a chart in words do too: each
// as soon as the browser reads it.
function fold() {
  document.querySelectorAll('details[data-fold="narrow"]').forEach((part) => {
    part.removeAttribute("open");
    part.dataset.fold = "folded";
  });
  unfold();
}

// A link to what is folded opens it.
function unfold() {
  const part = document.getElementById(location.hash.slice(1))?.querySelector("details[data-fold]");
  part?.setAttribute("open", "");
}

if (window.matchMedia("(max-width: 48em)").matches) {
  const reading = new MutationObserver(fold);
  reading.observe(document.documentElement, { childList: true, subtree: true });
  document.addEventListener("DOMContentLoaded", () => reading.disconnect());
}
window.addEventListener("hashchange", unfold);
