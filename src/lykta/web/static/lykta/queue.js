// Reports that wait for a network, in the browser's own database; the page and its worker share it.
//
// A report lies here until the server has said that it has it. It is sent with its own key, so that
// one that is sent twice is received once.

const DATABASE = "lykta";
const STORE = "reports";

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

export const put = (report) => within("readwrite", (store) => store.put(report));
export const remove = (key) => within("readwrite", (store) => store.delete(key));
export const all = async () =>
  (await within("readonly", (store) => store.getAll())).sort((a, b) => a.at.localeCompare(b.at));

// How a sending ended, for all of them: "sent", "offline" or "login".
export const send = (sending, address) =>
  navigator.locks.request("lykta-sending", async () => {
    const waiting = (await all()).filter((report) => !report.wrong);
    if (!waiting.length) return "sent";
    try {
      const allowed = await fetch(sending, { cache: "no-store" });
      if (allowed.redirected || !allowed.ok) return "login";
      const { token, account } = await allowed.json();
      for (const report of waiting) {
        // Another's report waits until she has logged in herself.
        if (report.account !== String(account)) continue;
        if (!(await delivered(report, address, token))) return "offline";
      }
      return "sent";
    } catch {
      return "offline";
    }
  });

const delivered = async (report, address, token) => {
  const body = new FormData();
  for (const [name, value] of report.fields) body.append(name, value);
  body.set("csrfmiddlewaretoken", token);
  const answer = await fetch(address, {
    method: "POST",
    body,
    headers: { Accept: "application/json" },
  });
  if (answer.redirected || answer.status >= 401) return false;
  if (answer.ok) await remove(report.key);
  else {
    const { errors } = await answer.json();
    await put({ ...report, wrong: Object.values(errors).flat() });
  }
  return true;
};
