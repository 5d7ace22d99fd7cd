// Wakes the components of GOV.UK and MoJ. Every page works without it.
import { initAll } from "../build/govuk-frontend.min.js";
import { initAll as initMoj } from "../build/moj-frontend.min.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();
initMoj();

// A filter starts folded on a narrow screen, unless something is filtered.
if (window.matchMedia("(max-width: 48em)").matches) {
  document.querySelectorAll('details[data-fold="narrow"]').forEach((part) => part.removeAttribute("open"));
}
