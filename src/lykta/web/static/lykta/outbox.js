// The queue as it is seen on the page: what waits, what is wrong, and what can be done about it.

import { all, put, remove, send } from "./queue.js";

const form = document.getElementById("rapport");
const words = document.getElementById("ord").dataset;
const box = document.getElementById("utkorg");
const title = document.title;
const NOT_KEPT = new Set(["csrfmiddlewaretoken"]);

const tell = (text) => {
  const told = document.getElementById("sagt");
  told.textContent = text;
  told.hidden = !text;
  if (text) told.scrollIntoView({ block: "center" });
};

const button = (text, work) => {
  const made = document.createElement("button");
  Object.assign(made, { type: "button", className: "link", textContent: text });
  made.addEventListener("click", work);
  return made;
};

const line = (report) => {
  const item = document.createElement("li");
  const told = document.createElement("p");
  const about = document.createElement("b");
  about.textContent = report.about;
  told.append(about, ` ${report.text}`);
  item.append(told);
  for (const sentence of report.wrong ?? []) {
    const wrong = document.createElement("p");
    Object.assign(wrong, { className: "ds-validation-message", textContent: sentence });
    item.append(wrong);
  }
  const isOurs = report.account === form.dataset.account;
  const note = isOurs ? (report.wrong ? words.wrong : "") : words.other;
  if (note) {
    const said = document.createElement("p");
    Object.assign(said, { className: "quiet", textContent: note });
    item.append(said);
  }
  const ways = document.createElement("p");
  if (isOurs) ways.append(button(words.edit, () => edit(report)));
  ways.append(button(words.remove, () => confirm(`${words.remove}?`) && forget(report.key)));
  item.append(ways);
  return item;
};

const show = async () => {
  const waiting = await all();
  box.hidden = waiting.length === 0;
  document.title = waiting.length ? `(${waiting.length}) ${title}` : title;
  const heading = document.createElement("h2");
  heading.id = "h-utkorg";
  heading.textContent = `${words.waiting}: ${waiting.length}`;
  const lead = document.createElement("p");
  lead.className = "quiet";
  lead.textContent = words.waitingLead;
  const list = document.createElement("ul");
  list.append(...waiting.map(line));
  const ways = document.createElement("p");
  ways.append(button(words.send, deliver), button(words.export, () => save(waiting)));
  box.replaceChildren(heading, lead, list, ways);
};

const forget = async (key) => {
  await remove(key);
  await show();
};

// The whole queue as a file, so that nothing is lost with a phone that breaks.
const save = (waiting) => {
  const plain = waiting.map(({ fields, ...rest }) => ({
    ...rest,
    fields: fields.filter(([, value]) => typeof value === "string"),
  }));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(
    new Blob([JSON.stringify(plain, null, 1)], { type: "application/json" }),
  );
  link.download = "rapporter-som-vantar.json";
  link.click();
  URL.revokeObjectURL(link.href);
};

// Back in the form; it stays in the queue, under the same key, until it is sent or kept again.
const edit = (report) => {
  fill(report.fields);
  form.elements.key.value = report.key;
  form.dispatchEvent(new Event("change"));
  form.elements.description.dispatchEvent(new Event("input"));
  form.scrollIntoView();
  form.elements.description.focus();
};

const fill = (fields) => {
  form.reset();
  for (const [name, value] of fields) {
    for (const field of form.querySelectorAll(`[name="${name}"]`)) {
      if (typeof value !== "string") continue;
      if (field.type === "radio" || field.type === "checkbox") field.checked ||= field.value === value;
      else if (field.type !== "file") field.value = value;
    }
  }
  const files = new DataTransfer();
  for (const [name, value] of fields) if (name === "photos" && value.size) files.items.add(value);
  const photos = form.querySelector('[name="photos"]');
  if (photos && files.files.length) photos.files = files.files;
};

export const deliver = async () => {
  const before = (await all()).length;
  const how = await send(form.dataset.sending, form.action);
  await show();
  if (how === "login") tell(words.login);
  else if (before && (await all()).length < before) tell(words.sent);
};

const emptied = () => {
  form.reset();
  form.elements.key.value = "";
  for (const name of ["place_code", "lon", "lat"]) form.elements[name].value = "";
  document.getElementById("liknande").replaceChildren();
  localStorage.removeItem(draft);
  form.dispatchEvent(new Event("change"));
  form.elements.description.dispatchEvent(new Event("input"));
};

export const keep = async (said) => {
  const fields = [...said.entries()].filter(([name]) => !NOT_KEPT.has(name));
  const option = form.elements.other_category.selectedOptions[0];
  const chip = form.querySelector('[name="category"]:checked');
  const kind = chip && chip.value !== "other" ? chip.parentElement.textContent : option.textContent;
  const about = [kind, said.get("place")].filter((each) => each?.trim()).join(", ");
  const at = said.get("written_at");
  const { account } = form.dataset;
  await put({ key: said.get("key"), account, at, fields, about, text: said.get("description") });
  await navigator.storage?.persist?.();
  const worker = await navigator.serviceWorker?.getRegistration();
  await worker?.sync?.register("lykta-reports").catch(() => {});
  emptied();
  await show();
  tell(words.kept);
};

export const done = async (key) => {
  await remove(key);
  emptied();
  await show();
  tell(words.sent);
};

// What is being written is kept too, until it is sent: a phone may die at any time.
const draft = `lykta-draft-${form.dataset.account}`;
form.addEventListener("input", () => {
  const said = [...new FormData(form).entries()].filter(
    ([name, value]) => typeof value === "string" && !NOT_KEPT.has(name),
  );
  localStorage.setItem(draft, JSON.stringify(said));
});

export const start = async () => {
  const kept = localStorage.getItem(draft);
  const isNew = !form.elements.description.value && !document.querySelector(".ds-error-summary");
  if (kept && isNew) {
    fill(JSON.parse(kept));
    if (form.elements.description.value) tell(words.draft);
  }
  navigator.serviceWorker?.register(form.dataset.worker, { type: "module" }).catch(() => {});
  navigator.serviceWorker?.addEventListener("message", show);
  addEventListener("online", deliver);
  await show();
  await deliver();
};
