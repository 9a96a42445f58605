"use strict";
// Reloads the page once the server shows another generation than the one this page comes from.
// A hidden page holds no stream: browsers open six connections to one server, and a seventh tab would wait.
(() => {
  const generation = document.currentScript.dataset.generation;
  let stream = null;
  const follow = () => {
    stream?.close();
    stream = null;
    if (document.hidden) return;
    stream = new EventSource("/__niemyet/events");
    stream.onmessage = (message) => {
      if (message.data !== generation) location.reload();
    };
  };
  document.addEventListener("visibilitychange", follow);
  follow();
})();
