// Shows each part of the page on its days: those in Việt Nam, and never days before the page was made.
(function () {
  var d = document, root = d.documentElement, day = 864e5, zone = 252e5, parts, title, timer
  // Until it is known what holds today, style.css hides what may change.
  function show() { root.removeAttribute('data-wait') }
  root.setAttribute('data-wait', '')
  setTimeout(show, 2e3)
  function find() {
    parts = []
    var all = d.querySelectorAll('template[data-from],template[data-until]')
    for (var i = 0; i < all.length; i++) {
      var mark = d.createComment(''), t = all[i]
      t.parentNode.replaceChild(mark, t)
      parts.push({ mark: mark, part: t, shown: null })
    }
    title = d.querySelector('title[data-site]')
  }
  function run() {
    if (!parts) return
    var now = Math.max(Date.now(), Date.parse(root.getAttribute('data-as-of') + 'T00:00:00+07:00')) + zone
    var today = new Date(now).toISOString().slice(0, 10)
    parts.forEach(function (p) {
      var from = p.part.getAttribute('data-from'), until = p.part.getAttribute('data-until')
      var on = !(today < from) && !(until && today >= until)
      if (on && !p.shown) {
        var copy = d.importNode(p.part.content, true)
        p.shown = [].slice.call(copy.childNodes)
        p.mark.parentNode.insertBefore(copy, p.mark)
      } else if (!on && p.shown) {
        p.shown.forEach(function (n) { n.parentNode.removeChild(n) })
        p.shown = null
      }
    })
    var h = title && d.querySelector('h1'), stale = d.getElementById('stale'), notice = d.getElementById('turns')
    if (h) d.title = h.textContent + ' · ' + title.getAttribute('data-site')
    if (notice) notice.hidden = true
    if (stale) stale.hidden = today < root.getAttribute('data-valid-until')
    clearTimeout(timer)
    timer = setTimeout(run, Math.min(day - now % day + 50, 6e4))
  }
  d.addEventListener('DOMContentLoaded', function () { try { find(); run() } finally { show() } })
  d.addEventListener('visibilitychange', run)
  addEventListener('pageshow', run)
  addEventListener('beforeprint', run)
})()
