// 离线外壳: keeps the app's own files, all of one version, and answers with them whether there is a line or not. Before this text
// the server writes VERSION and FILES. Nothing of anybody goes through here: packages and sheets are never cached.
/* global VERSION, FILES */

const CACHE = `field-app-${VERSION}`;
const SHELL = "/field/";

self.addEventListener("install", (event) => {
  const fresh = FILES.map((file) => new Request(file, { cache: "reload" }));
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(fresh)));
});

self.addEventListener("activate", (event) => {
  const others = async () => {
    const names = await caches.keys();
    await Promise.all(names.filter((name) => name.startsWith("field-app-") && name !== CACHE).map((name) => caches.delete(name)));
    await self.clients.claim();
  };
  event.waitUntil(others());
});

self.addEventListener("message", (event) => {
  if (event.data === "take over") self.skipWaiting();
});

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin) return;
  const file = event.request.mode === "navigate" && url.pathname.startsWith(SHELL) ? SHELL : url.pathname;
  if (!FILES.includes(file)) return;
  event.respondWith(caches.open(CACHE).then(async (cache) => (await cache.match(file)) ?? fetch(event.request)));
});
