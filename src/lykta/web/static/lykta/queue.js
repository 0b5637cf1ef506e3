// Reports that wait for a network, in the browser's own database; the page and its worker share it.
//
// A report lies here from before it is sent until the server has said that it has it. It is sent
// with its own key, so that one that is sent twice is received once.

const DATABASE = "lykta";
const STORE = "reports";
const PATIENCE = 15_000; // a network that has not answered by then is none
const LONG_PATIENCE = 120_000; // for photos over a poor one

const opened = () =>
  new Promise((done, fail) => {
    const asked = indexedDB.open(DATABASE, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: "key" });
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => fail(asked.error);
  });

const within = async (mode, work) => {
  const database = await opened();
  try {
    return await new Promise((done, fail) => {
      const transaction = database.transaction(STORE, mode, { durability: "strict" });
      const asked = work(transaction.objectStore(STORE));
      transaction.oncomplete = () => done(asked.result);
      transaction.onerror = transaction.onabort = () => fail(transaction.error);
    });
  } finally {
    database.close();
  }
};

// One at a time: what is being sent is neither changed nor removed meanwhile.
const alone = (work) => navigator.locks.request("lykta-queue", work);

export const get = (key) => within("readonly", (store) => store.get(key));
export const put = (report) => within("readwrite", (store) => store.put(report));
export const remove = (key) => alone(() => taken(key));
export const all = async () =>
  (await within("readonly", (store) => store.getAll())).sort((a, b) => a.at.localeCompare(b.at));

const taken = (key) => within("readwrite", (store) => store.delete(key));

// Holds a report back while it is changed, or lets it go; returns false if it has been sent.
export const hold = (key, isHeld) =>
  alone(async () => {
    const report = await get(key);
    if (report) await put({ ...report, isHeld });
    return Boolean(report);
  });

// Sends what waits, in order; returns how it ended: "sent", "offline" or "login".
export const send = (sending, address) =>
  navigator.locks.request("lykta-sending", async () => {
    const waiting = (await all()).filter(isReady);
    if (!waiting.length) return "sent";
    try {
      const allowed = await fetch(sending, patiently(PATIENCE));
      if (isLoggedOut(allowed)) return "login";
      const { token, account } = await allowed.json();
      for (const { key } of waiting) {
        const how = await alone(() => sentOne(key, address, token, String(account)));
        if (how !== "sent") return how;
      }
      return "sent";
    } catch {
      return "offline"; // or an answer that is not the server's, as from a network that asks to pay
    }
  });

const patiently = (patience) => ({ cache: "no-store", signal: AbortSignal.timeout(patience) });
const isReady = (report) => !report.why && !report.isHeld;
const isLoggedOut = (answer) => answer.redirected || answer.status === 401;

const sentOne = async (key, address, token, account) => {
  const report = await get(key); // as it is now: it may have been changed, or be gone
  // Another's report waits until she has logged in herself.
  if (!report || !isReady(report) || report.account !== account) return "sent";
  const body = new FormData();
  for (const [name, value] of report.fields) body.append(name, value);
  body.set("key", report.key);
  body.set("csrfmiddlewaretoken", token);
  const headers = { Accept: "application/json" };
  const answer = await fetch(address, { method: "POST", body, headers, ...patiently(LONG_PATIENCE) });
  if (isLoggedOut(answer)) return "login";
  if (answer.status >= 500 || answer.status === 429) return "offline";
  if (answer.ok) await received(report, await answer.json());
  else if (answer.status === 400) await put({ ...report, why: "wrong", ...(await answer.json()) });
  else await put({ ...report, why: "refused" }); // it would be refused again: others must not wait
  return "sent";
};

// What was changed after it had come in is told, under a key of its own, and not thrown away.
const received = async (report, { key, is_new: isNew }) => {
  if (key !== report.key) throw new Error("not our server");
  if (report.isChanged && !isNew) {
    await put({ ...report, key: crypto.randomUUID(), why: "late", isChanged: false });
  }
  await taken(report.key);
};
