{% load static %}// Keeps the page where one reports, so that it opens without network, and sends what waits.
// Nothing else is kept: no list, no photo, nothing of anyone else's.

import { send } from "{% static 'lykta/queue.js' %}";

const CACHE = "lykta-report";
const PAGE = "{{ page }}";
const PATIENCE = 5000; // milliseconds
const NEEDED = { {% for each in needed %}"{{ each }}": 1{% if not forloop.last %}, {% endif %}{% endfor %} };

self.addEventListener("install", (event) => event.waitUntil(self.skipWaiting()));

self.addEventListener("activate", (event) => event.waitUntil(refresh()));

const refresh = async () => {
  const cache = await caches.open(CACHE);
  for (const kept of await cache.keys()) {
    const path = new URL(kept.url).pathname;
    if (path !== PAGE && !NEEDED[path]) await cache.delete(kept);
  }
  await Promise.allSettled(
    [PAGE, ...Object.keys(NEEDED)].map(async (each) => {
      const answer = await fetch(each);
      if (answer.ok && !answer.redirected) await cache.put(each, answer);
    }),
  );
  await self.clients.claim();
};

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { pathname, origin } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (pathname === PAGE && request.mode === "navigate") event.respondWith(page(request));
  else if (NEEDED[pathname]) event.respondWith(file(request));
});

// From the network, or as it was kept: where there is no network, or one that does not answer.
const page = async (request) => {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(PAGE);
  const limit = new AbortController();
  const timer = kept && setTimeout(() => limit.abort(), PATIENCE);
  try {
    const answer = await fetch(request, { signal: limit.signal });
    if (answer.type === "opaqueredirect") await cache.delete(PAGE); // the session has ended
    else if (answer.ok) await cache.put(PAGE, answer.clone());
    return kept && answer.status >= 500 ? kept : answer;
  } catch (error) {
    if (kept) return kept;
    throw error;
  } finally {
    clearTimeout(timer);
  }
};

const file = async (request) => {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) await cache.put(request, answer.clone());
  return answer;
};

self.addEventListener("sync", (event) => {
  if (event.tag === "lykta-reports") event.waitUntil(deliver());
});

const deliver = async () => {
  const how = await send(`${PAGE}sandning.json`, PAGE);
  for (const client of await self.clients.matchAll()) client.postMessage(how);
  if (how === "offline") throw new Error("no network yet"); // the browser tries again later
};
