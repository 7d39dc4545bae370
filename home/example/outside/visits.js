// The counter of an imagined company: a first-party cookie, and a word to its own server at every page.
(() => {
  const seen = Number((document.cookie.match(/(?:^|; )_shop_visits=(\d+)/) || [])[1]) || 0;
  document.cookie = `_shop_visits=${seen + 1}; path=/; max-age=34128000; samesite=lax`;
  const own = new URL(document.currentScript.src).origin;
  navigator.sendBeacon(`${own}/visit`, JSON.stringify({ page: location.pathname, visits: seen + 1 }));
})();
