// Minutes are saved as they are typed; where that fails, it says so beside the box. The button works without it.
const say = (form, words) => {
  const place = form.querySelector("[data-saved]");
  if (place && words) place.textContent = words;
};

document.body.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-typing]");
  if (form) say(form, form.dataset.typing);
});

document.body.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target.closest("form[data-failed]");
  const answer = event.detail.xhr;
  const elsewhere = answer && !answer.getResponseHeader("X-Minute");
  if (form && (event.detail.failed || elsewhere)) say(form, form.dataset.failed);
});
