// The queue as it is seen on the page: what waits, what is wrong, and what can be done about it.

import { all, get, hold, put, remove, send } from "./queue.js";

const form = document.getElementById("rapport");
const words = document.getElementById("ord").dataset;
const box = document.getElementById("utkorg");
const title = document.title;
const { account } = form.dataset;
const draft = `lykta-draft-${account}`;
const PATIENCE = 15_000; // longer than so nobody waits: what is under way goes on by itself
const PAUSE = 30_000;
const FIRST_WORDS = 80;
const moment = new Intl.DateTimeFormat(document.documentElement.lang, {
  dateStyle: "medium",
  timeStyle: "short",
});

const tell = (text) => {
  const told = document.getElementById("sagt");
  told.textContent = text;
  told.hidden = !text;
  if (text) told.scrollIntoView({ block: "center" });
};

const element = (name, properties, ...children) => {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
};

const button = (text, work) => {
  const made = element("button", { type: "button", className: "link", textContent: text });
  made.addEventListener("click", work);
  return made;
};

const line = (report) => {
  const isOurs = report.account === account;
  const about = [report.about, moment.format(new Date(report.at))].filter(Boolean).join(" · ");
  const note = isOurs ? (report.isHeld ? words.held : words[report.why]) : words.other;
  const first = report.text.slice(0, FIRST_WORDS);
  const ways = [button(words.remove, () => confirm(words.removeAsk) && forget(report))];
  if (isOurs && report.isHeld) ways.unshift(button(words.letGo, () => letGo(report)));
  else if (isOurs) ways.unshift(button(words.edit, () => edit(report)));
  return element(
    "li",
    {},
    element("p", {}, element("b", { textContent: about })),
    element("p", { textContent: first === report.text ? first : `${first.trimEnd()} …` }),
    ...(note ? [element("p", { className: "quiet", textContent: note })] : []),
    ...Object.values(report.errors ?? {})
      .flat()
      .map((textContent) => element("p", { className: "ds-validation-message", textContent })),
    element("p", {}, ...ways),
  );
};

let shown = 0;
let looks = "";

const show = async () => {
  const waiting = await all();
  shown = waiting.length;
  const now = JSON.stringify(waiting);
  if (now === looks) return; // what is the same keeps the focus
  looks = now;
  box.hidden = waiting.length === 0;
  document.title = waiting.length ? `(${waiting.length}) ${title}` : title;
  box.replaceChildren(
    element("h2", { id: "h-utkorg", textContent: `${words.waiting}: ${waiting.length}` }),
    element("p", { className: "quiet", textContent: words.waitingLead }),
    element("ul", {}, ...waiting.map(line)),
    element("p", {}, button(words.send, deliver), button(words.export, () => save(waiting))),
  );
};

const forget = async (report) => {
  await remove(report.key);
  if (form.elements.key.value === report.key) emptied();
  await show();
};

const asText = (blob) =>
  new Promise((done, fail) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result);
    reader.onerror = () => fail(reader.error);
    reader.readAsDataURL(blob);
  });

// The whole queue as a file, photos too, so that nothing is lost with a phone that breaks.
const save = async (waiting) => {
  const plain = (fields) =>
    Promise.all(
      fields.map(async ([name, said]) => [name, said instanceof Blob ? await asText(said) : said]),
    );
  const rows = await Promise.all(
    waiting.map(async (report) => ({ ...report, fields: await plain(report.fields) })),
  );
  const file = new Blob([JSON.stringify(rows, null, 1)], { type: "application/json" });
  const link = element("a", { href: URL.createObjectURL(file), download: "rapporter.json" });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), PATIENCE);
};

// Back in the form. It stays in the queue under the same key, and is not sent meanwhile.
const edit = async (report) => {
  if (!(await hold(report.key, true))) return show(); // sent just now
  const other = form.elements.key.value;
  if (other && other !== report.key) await hold(other, false);
  // The clock was wrong, so the time by that clock is asked for again.
  const isUnsure = report.code === "wrong-clock";
  fill(report.fields.filter(([name]) => !isUnsure || !["written_at", "moment"].includes(name)));
  form.elements.key.value = report.key;
  keepDraft();
  await show();
  form.scrollIntoView();
  form.elements.description.focus();
};

const letGo = async (report) => {
  await hold(report.key, false);
  emptied();
  await show();
};

const fill = (fields) => {
  emptied();
  const photos = [...form.querySelectorAll('[name="photos"]')];
  for (const [name, said] of fields) {
    if (said instanceof Blob) {
      const files = new DataTransfer();
      files.items.add(new File([said], "foto.jpg", { type: said.type }));
      const input = photos.shift();
      if (input) input.files = files.files;
      input?.dispatchEvent(new Event("change"));
      continue;
    }
    for (const field of form.querySelectorAll(`[name="${name}"]`)) {
      if (field.type === "radio" || field.type === "checkbox") field.checked ||= field.value === said;
      else field.value = said;
    }
  }
  form.dispatchEvent(new Event("change"));
  form.elements.description.dispatchEvent(new Event("input"));
};

const emptied = () => {
  form.reset();
  for (const name of ["key", "written_at", "lon", "lat"]) form.elements[name].value = "";
  form.querySelector('input[type="hidden"][name="place_code"]').value = "";
  for (const photo of form.querySelectorAll('[name="photos"]')) photo.dispatchEvent(new Event("change"));
  form.dispatchEvent(new Event("change"));
  form.elements.description.dispatchEvent(new Event("input"));
  localStorage.removeItem(draft);
};

// What has been sent, from here or by the worker, is said. A poor network comes back without the
// browser saying so: what could not be sent is tried again.
let again;
const showSent = async (how) => {
  clearTimeout(again);
  if (how === "offline") again = setTimeout(deliver, PAUSE);
  const before = shown;
  await show();
  if (how === "login" && shown) tell(words.login);
  else if (shown < before) tell(words.sent);
};

const deliver = async () => showSent(await send(form.dataset.sending, form.action));

const reportOf = (said) => {
  const isSaid = ([name, value]) =>
    name !== "csrfmiddlewaretoken" && (typeof value === "string" || value.size > 0);
  const option = form.elements.other_category.selectedOptions[0];
  const chip = form.querySelector('[name="category"]:checked');
  const kind = chip && chip.value !== "other" ? chip.parentElement.textContent : option.textContent;
  return {
    key: said.get("key"),
    account,
    at: said.get("written_at"),
    about: [kind, said.get("place")].map((each) => each?.trim()).filter(Boolean).join(", "),
    text: said.get("description"),
    fields: [...said.entries()].filter(isSaid),
  };
};

const later = async () => {
  const worker = await navigator.serviceWorker?.getRegistration(form.dataset.worker);
  await worker?.sync?.register("lykta-reports").catch(() => {});
  if (!(await navigator.storage?.persisted?.())) await navigator.storage?.persist?.();
};

// Into the queue first, so that it is there whatever happens; then away with it. Returns what the
// server finds wrong, by field, and then it is still in the form; null when it is on its way.
export const handOver = async (said) => {
  const report = reportOf(said);
  report.isChanged = (await get(report.key)) !== undefined;
  await put(report);
  localStorage.removeItem(draft);
  const patience = new Promise((done) => setTimeout(done, PATIENCE, "offline"));
  const underWay = send(form.dataset.sending, form.action);
  const how = await Promise.race([underWay, patience]);
  const left = await get(report.key);
  if (left?.why === "wrong") {
    if (!report.isChanged) await remove(report.key);
    else await hold(report.key, true);
    keepDraft();
    await show();
    return left.errors;
  }
  emptied();
  await show();
  tell(how === "login" ? words.login : left ? words.kept : words.sent);
  if (left) await later();
  underWay.then(showSent);
  return null;
};

// What is being written is kept too, until it is sent: a phone may die at any time.
const keepDraft = () => {
  const said = [...new FormData(form).entries()].filter(
    ([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken",
  );
  localStorage.setItem(draft, JSON.stringify(said));
};

const restore = async () => {
  const kept = JSON.parse(localStorage.getItem(draft) ?? "[]");
  const said = Object.fromEntries(kept);
  const isNew = !form.elements.description.value && !document.querySelector(".ds-error-summary");
  const isDraft = isNew && Boolean(said.description || said.place);
  // A report whose changes are gone is sent as it was written.
  for (const { key, isHeld } of await all()) {
    if (isHeld && !(isDraft && said.key === key)) await hold(key, false);
  }
  if (!isDraft) return;
  fill(kept);
  keepDraft();
  tell(words.draft);
};

export const start = async () => {
  await restore();
  for (const name of ["input", "change"]) form.addEventListener(name, keepDraft);
  navigator.serviceWorker?.register(form.dataset.worker, { type: "module" }).catch(() => {});
  navigator.serviceWorker?.addEventListener("message", ({ data }) => showSent(data));
  addEventListener("online", deliver);
  await show();
  await deliver();
};
