// Wakes the components of GOV.UK; those of MoJ that pages use need no script. Every page works without it.
import { initAll } from "../build/govuk-frontend.min.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();

// A chart that is wider than the window starts with what is to be read first in the middle, not with its empty corner;
// what does not fit, with its first words.
document.querySelectorAll(".sb-scroll > svg[data-start]").forEach((picture) => {
  const part = picture.parentElement;
  const scale = picture.clientWidth / picture.viewBox.baseVal.width;
  const [left, right] = picture.dataset.start.split(" ").map((edge) => edge * scale);
  part.scrollLeft = Math.min((left + right - part.clientWidth) / 2, left - 8);
});
