// On the way in: what the last one saw here is forgotten, so that the next one does not see it.
// Reports that wait to be sent stay; they are sent when the one who wrote them has logged in.

for (const name of (await globalThis.caches?.keys()) ?? []) {
  if (name.startsWith("lykta-")) await caches.delete(name);
}
// A draft too, but not where the session ended by itself while someone was writing.
if (!new URLSearchParams(location.search).has("next")) {
  for (const name of Object.keys(localStorage)) {
    if (name.startsWith("lykta-draft-")) localStorage.removeItem(name);
  }
}
