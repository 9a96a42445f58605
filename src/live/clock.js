"use strict";
// Lets the page live on the day that is looked at: its clock runs as that of this machine, whole days apart.
(() => {
  const day = 864e5, zone = 252e5;
  const today = Math.floor((Date.now() + zone) / day);
  const shown = Date.parse(`${document.currentScript.dataset.day}T00:00:00Z`) / day;
  const shift = (shown - today) * day;
  // Today the clock is left alone, and past midnight it shows the next day.
  if (!shift) return;
  const Real = Date;
  const now = () => Real.now() + shift;
  window.Date = new Proxy(Real, {
    construct: (real, given, made) => Reflect.construct(real, given.length ? given : [now()], made),
    apply: () => new Real(now()).toString(),
    get: (real, name) => (name === "now" ? now : Reflect.get(real, name)),
  });
})();
