// Tells the last day of a time limit for the day that is picked. It counts as the program does
// (src/model/calendar.rs); tests/due.txt is run by both.
(function () {
  var d = document, day = 864e5
  function date(ms) { return new Date(ms).toISOString().slice(0, 10) }
  function told(box, ms) {
    var until = box.dataset.until, iso = date(ms)
    return !(until && iso > until) && box.listed.some(function (entry) { return entry.slice(-10, -6) === iso.slice(0, 4) })
  }
  // Whether a day is worked; undefined where the register does not tell.
  function worked(box, ms) {
    if (!told(box, ms)) return
    var iso = date(ms), weekday = new Date(ms).getUTCDay()
    if (box.listed.indexOf('+' + iso) >= 0) return true
    return box.listed.indexOf(iso) < 0 && weekday > 0 && weekday < 6
  }
  function next(box, ms) {
    var is
    while ((is = worked(box, ms)) === false) ms += day
    return is && ms
  }
  // The last day, 'off' where nobody receives, '?' where it cannot be told.
  function due(box, from, amount, unit) {
    var is = worked(box, from), n = Math.ceil(amount / (unit === 'hour' ? 24e3 : 1e3)), at = from
    if (is === undefined) return '?'
    if (!is) return 'off'
    if (n > 36500) return '?'
    if (unit === 'month') return next(box, months(from, n)) || '?'
    if (unit !== 'working_day') return next(box, from + n * day) || '?'
    while (n--) if (!(at = next(box, at + day))) return '?'
    return at
  }
  // The day of the same number, or the last of a month that has none.
  function months(from, n) {
    var at = new Date(from), last = Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + n + 1, 0)
    return Math.min(last, Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + n, at.getUTCDate()))
  }
  function say(box, found) {
    if (found === 'off') return box.dataset.off
    if (found === '?') return box.dataset.unknown
    return name(box, found)
  }
  function name(box, ms) {
    return box.dataset.weekdays.split('|')[new Date(ms).getUTCDay()] + ', ' + date(ms).split('-').reverse().join('/')
  }
  function tell(box) {
    var from = Date.parse(box.field.value + 'T00:00:00Z'), said = box.querySelector('.example')
    said.textContent = isNaN(from) ? '' : name(box, from)
    ;[].forEach.call(box.querySelectorAll('[data-amount]'), function (row) {
      var last = row.querySelector('b'), found = isNaN(from) ? '' : due(box, from, +row.dataset.amount, row.dataset.unit)
      last.textContent = found === '' ? '' : say(box, found)
      last.setAttribute('data-day', typeof found === 'number' ? date(found) : found)
    })
  }
  // What begins to apply while the page is open is put in later.
  function find() {
    [].forEach.call(d.querySelectorAll('.due'), function (box) {
      if (box.field || !box.querySelector('.example')) return
      var example = box.querySelector('.example'), field = box.field = d.createElement('input')
      box.listed = box.dataset.listed.split(' ')
      field.type = 'date'
      field.value = example.querySelector('time').getAttribute('datetime')
      field.setAttribute('aria-labelledby', 'nop-ngay')
      field.addEventListener('input', function () { tell(box) })
      example.before(field)
      tell(box)
    })
  }
  function start() { find(); new MutationObserver(find).observe(d.body, { childList: true, subtree: true }) }
  if (d.readyState === 'complete') start(); else addEventListener('load', start)
})()
