// Keeps the tablet's page, its script and its style, and nothing else: no page or answer that names anybody enters the cache. The server
// writes SHELL before this: { version, paths }.
/* global SHELL */
'use strict';
const NAME = 'may-' + SHELL.version;

self.addEventListener('install', (event) => {
  const fresh = SHELL.paths.map((path) => new Request(path, { cache: 'reload' }));
  event.waitUntil(caches.open(NAME).then((cache) => cache.addAll(fresh)).then(() => self.skipWaiting()));
});

self.addEventListener('activate', (event) => {
  const drop = (names) => Promise.all(names.filter((name) => name !== NAME).map((name) => caches.delete(name)));
  event.waitUntil(caches.keys().then(drop).then(() => self.clients.claim()));
});

self.addEventListener('fetch', (event) => {
  const { method, url } = event.request;
  const { origin, pathname, search } = new URL(url);
  if (method !== 'GET' || origin !== self.location.origin || !SHELL.paths.includes(pathname + search)) { return; }
  event.respondWith(caches.match(pathname + search).then((kept) => kept || fetch(event.request)));
});
