// Reporting: helps while someone writes. Without it the form is filled in and sent as it stands.
//
// Everything comes with the page: addresses in the form's data, every word in <template id="ord">.

import { findings } from "./personal-data.js";

// Residents send over the network or not at all: nothing of theirs is left in a shared device.
const outbox = document.getElementById("utkorg") ? await import("./outbox.js") : null;

const PAUSE = 350; // milliseconds after the last key

const form = document.getElementById("rapport");
const words = document.getElementById("ord").dataset;
const field = (name) => form.elements[name];
const byId = (id) => document.getElementById(id);

const later = (work, pause = PAUSE) => {
  let timer;
  return (...given) => {
    clearTimeout(timer);
    timer = setTimeout(() => work(...given), pause);
  };
};

const chosen = (name) => form.querySelector(`[name="${name}"]:checked`)?.value ?? "";
const category = () => {
  const chip = chosen("category");
  return chip && chip !== "other" ? chip : field("other_category").value;
};

// What it is about: the long list only where the short one does not do, and what belongs to it.
const showCategory = () => {
  const hasChips = form.querySelector('[name="category"]') !== null;
  byId("annat").hidden = hasChips && chosen("category") !== "other";
  if (chosen("category") && chosen("category") !== "other") field("other_category").value = "";
  const now = category();
  let isStopped = false;
  for (const each of form.querySelectorAll("[data-category]")) {
    each.hidden = each.dataset.category !== now;
    isStopped ||= !each.hidden && "stops" in each.dataset;
  }
  byId("skicka").disabled = isStopped;
};

// Where: suggestions while typing, the last place again, or where the phone is.
const place = field("place");
const list = byId("forslag");

const setPlace = ({ text = place.value, code = "", lon = "", lat = "" }) => {
  place.value = text;
  for (const each of form.querySelectorAll('input[type="radio"][name="place_code"]')) each.remove();
  const hidden = form.querySelector('input[type="hidden"][name="place_code"]');
  hidden.disabled = false;
  hidden.value = code;
  field("lon").value = lon;
  field("lat").value = lat;
  close();
  form.dispatchEvent(new Event("change"));
};

const close = () => {
  list.hidden = true;
  list.replaceChildren();
};

const suggest = (rows, heading = "") => {
  const items = rows.map((row) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = row.name;
    const where = document.createElement("span");
    where.className = "quiet";
    where.textContent = [heading, ...(row.areas ?? [])].filter(Boolean).join(" · ");
    button.append(where);
    button.addEventListener("click", () => {
      setPlace({ text: row.name, code: row.code });
      place.focus();
    });
    const item = document.createElement("li");
    item.append(button);
    return item;
  });
  list.replaceChildren(...items);
  list.hidden = items.length === 0;
  byId("forslag-antal").textContent = items.length
    ? words.suggestions.replace("%s", items.length)
    : words.noSuggestions;
};

const ask = async (address, asked) => {
  try {
    const answer = await fetch(`${address}?${new URLSearchParams(asked)}`);
    // Sent on to log in: the session has ended, and sending says so.
    return answer.ok && !answer.redirected ? answer : null;
  } catch {
    return null; // no network: the text stands as it is
  }
};

const lookUp = later(async () => {
  const text = place.value.trim();
  if (text.length < 2) return close();
  const answer = await ask(form.dataset.places, { q: text });
  if (answer && place.value.trim() === text) suggest((await answer.json()).places);
});

const showShortcuts = () => {
  const last = byId("sist");
  if (last) {
    last.hidden = false;
    last.addEventListener("click", () => setPlace(last.dataset));
  }
  byId("karta-knapp").hidden = !byId("karta");
  byId("karta-knapp").addEventListener("click", showMap);
  if (!navigator.geolocation) return;
  const here = byId("har");
  here.hidden = false;
  here.addEventListener("click", () => {
    navigator.geolocation.getCurrentPosition(
      async ({ coords }) => {
        const [lon, lat] = [coords.longitude.toFixed(6), coords.latitude.toFixed(6)];
        setPlace({ text: words.point, lon, lat });
        const answer = await ask(form.dataset.places, { lon, lat });
        if (answer) suggest((await answer.json()).places, words.here);
      },
      () => (byId("forslag-antal").textContent = place.placeholder = words.noPosition),
      { enableHighAccuracy: true, timeout: 10_000, maximumAge: 30_000 },
    );
  });
};

// The map is heavy: fetched when it is asked for.
const showMap = async () => {
  const map = byId("karta");
  map.append(map.querySelector("template").content);
  map.hidden = false;
  byId("karta-knapp").hidden = true;
  map.addEventListener("pointed", ({ detail: { lng, lat } }) =>
    setPlace({ text: words.mapPoint, lon: lng.toFixed(6), lat: lat.toFixed(6) }),
  );
  await import("./area-map.js");
};

// When.
const showTime = () => (byId("annan-tid").hidden = chosen("moment") !== "other");

// What: what tells of persons is shown while it is written, each with a way to take it out.
const text = field("description");
const found = byId("funnet");

const showFound = (rows) => {
  const items = rows.map((row) => {
    const item = document.createElement("li");
    const told = document.createElement("span");
    const what = document.createElement("b");
    what.textContent = text.value.slice(row.start, row.end);
    told.append(what, ` ${row.say}`);
    const button = document.createElement("button");
    button.type = "button";
    button.className = "link";
    button.textContent = words.erase;
    button.addEventListener("click", () => {
      text.value = (text.value.slice(0, row.start) + text.value.slice(row.end)).replace(/ {2,}/g, " ");
      text.focus();
      screen();
    });
    item.append(told, button);
    return item;
  });
  found.replaceChildren(...items);
  found.hidden = items.length === 0;
  text.setAttribute("aria-invalid", String(items.length > 0));
};

const askWhatIsFound = later(async () => {
  const said = text.value;
  const body = new URLSearchParams({ text: said, csrfmiddlewaretoken: field("csrfmiddlewaretoken").value });
  try {
    const answer = await fetch(form.dataset.screen, { method: "POST", body });
    if (answer.ok && text.value === said) showFound((await answer.json()).findings);
  } catch {
    // Without network the numbers are looked for here, and the names when it is sent.
  }
}, 500);

const screen = () => {
  showFound(findings(text.value, words));
  if (text.value.trim()) askWhatIsFound();
};

// Has it been reported before?
const similar = byId("liknande");
let asked = "";

const lookForSimilar = later(async () => {
  const said = new FormData(form);
  const names = ["category", "other_category", "place", "place_code", "lon", "lat", "moment"];
  names.push("day", "clock", "daypart", "last_day", "last_clock");
  const values = names.map((name) => [name, said.get(name) ?? ""]);
  const isEnough = category() && chosen("moment") && (said.get("place_code") || said.get("lon"));
  const now = JSON.stringify(values);
  if (!form.dataset.similar || !isEnough || now === asked) return;
  asked = now;
  const answer = await ask(form.dataset.similar, values);
  const told = answer ? await answer.text() : "";
  if (asked !== now) return; // another question is on its way, and its answer is the one to show
  if (!answer) asked = "";
  similar.innerHTML = told;
});

const answerSimilar = (event) => {
  const button = event.target.closest('button[name="same_as"]');
  if (!button) return;
  event.preventDefault();
  const kept = document.createElement("input");
  Object.assign(kept, { type: "hidden", name: "same_as", value: button.value });
  const told = document.createElement("p");
  told.className = "quiet";
  told.textContent = `✓ ${button.textContent}`;
  similar.replaceChildren(kept, told);
};

// What is acute belongs to 112.
const showRing = () => (byId("ring").hidden = field("severity").value !== "4");

// Sending: what cannot be sent now waits in the phone.
const showErrors = (errors) => {
  for (const each of form.querySelectorAll(".sent-back")) each.remove();
  let first = null;
  for (const [name, sentences] of Object.entries(errors)) {
    const at = name === "__all__" ? form.querySelector(".send") : byId(`id_${name}`)?.closest(".ask, .ds-field");
    for (const sentence of sentences) {
      const told = document.createElement("p");
      told.className = "ds-validation-message sent-back";
      told.setAttribute("role", "alert");
      told.textContent = sentence;
      if (name === "__all__") at?.before(told);
      else (at ?? form).append(told);
      first ??= told;
    }
  }
  first?.scrollIntoView({ block: "center" });
};

const send = async (event) => {
  if (event.defaultPrevented) return; // a photo is not ready; the form is sent again when it is
  event.preventDefault();
  const button = byId("skicka");
  if (button.disabled) return;
  button.disabled = true;
  if (!field("key").value) field("key").value = crypto.randomUUID();
  field("written_at").value ||= new Date().toISOString(); // what is changed keeps its time
  const said = new FormData(form);
  // The suggestions have been seen: what was not chosen among them stands as it was typed.
  if (!said.get("place_code")) said.set("place_code", "new");
  try {
    const errors = await outbox.handOver(said);
    if (errors?.__all__) lookForSimilar();
    showErrors(errors ?? {});
  } finally {
    button.disabled = false;
    showCategory();
  }
};

form.addEventListener("change", () => {
  showCategory();
  showTime();
  showRing();
  lookForSimilar();
});
const setPlaceless = () => {
  for (const name of ["lon", "lat"]) field(name).value = "";
  const hidden = form.querySelector('input[type="hidden"][name="place_code"]');
  hidden.value = "";
};
place.addEventListener("input", () => {
  setPlaceless();
  lookUp();
});
place.addEventListener("keydown", (event) => event.key === "Escape" && close());
text.addEventListener("input", screen);
similar.addEventListener("click", answerSimilar);
// The next report is another question, also where it says the same.
form.addEventListener("reset", () => {
  asked = "";
  similar.replaceChildren();
});
if (outbox) form.addEventListener("submit", send);

showCategory();
showTime();
showRing();
showShortcuts();
await outbox?.start();
showCategory();
showTime();
showRing();
if (text.value) screen();
form.dataset.state = "ready";
