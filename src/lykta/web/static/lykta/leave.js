// Before someone logs out: tells of reports that wait in this device.

import { all } from "./queue.js";

for (const form of document.querySelectorAll("form[data-waiting]")) {
  let isAsked = false;
  form.addEventListener("submit", async (event) => {
    if (isAsked) return;
    event.preventDefault();
    const waiting = await all().catch(() => []);
    isAsked = !waiting.length || confirm(form.dataset.waiting.replace("%s", waiting.length));
    if (isAsked) form.requestSubmit(event.submitter);
  });
}
