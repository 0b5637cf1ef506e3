// What has come in, by the keyboard: each key presses what the report at hand has on the page.
// The help says which keys there are, and there they can be turned off (WCAG 2.1.4).

const OFF = "lykta-keys-off";
const AT = "lykta-inbox-at";
const reports = [...document.querySelectorAll(".incoming > li")];
const help = document.querySelector("#tangenter");
const choice = document.querySelector("#tangenter-av");

const at = () => reports.findIndex((report) => report.contains(document.activeElement));

const go = (place) => {
  const report = reports[Math.max(0, Math.min(place, reports.length - 1))];
  report?.querySelector("a, input").focus();
  report?.scrollIntoView({ block: "nearest" });
};

const press = (key) => {
  const here = at();
  if (here < 0) return go(0);
  sessionStorage.setItem(AT, here);
  reports[here].querySelector(`[data-key="${key}"]`)?.click();
};

const acts = {
  j: () => go(at() + 1),
  k: () => go(at() - 1),
  "?": () => {
    help.open = !help.open;
    (help.open ? help.querySelector("summary") : reports[0]?.querySelector("a"))?.focus();
  },
};
for (const key of ["a", "r", "m", "t"]) acts[key] = () => press(key);

if (help) {
  const box = choice.querySelector("input");
  choice.hidden = false;
  box.checked = !localStorage.getItem(OFF);
  box.addEventListener("change", () => {
    if (box.checked) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, "1");
  });
  document.addEventListener("keydown", (event) => {
    const isTyping = event.target.closest("textarea, select, input:not([type=checkbox])");
    const isOther = event.ctrlKey || event.metaKey || event.altKey || event.isComposing;
    if (isTyping || isOther || !box.checked || !acts[event.key]) return;
    event.preventDefault();
    acts[event.key]();
  });
  // Back from what was done to one report, the next one is at hand.
  const place = sessionStorage.getItem(AT);
  sessionStorage.removeItem(AT);
  if (place !== null) go(Number(place));
}
