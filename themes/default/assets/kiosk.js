// A public terminal: larger, without ways out of the site, and home again when nobody is there. Loaded where `?kiosk`
// was asked for in this tab. Before it goes home it asks, and any touch stays.
(function () {
  var d = document, say = d.querySelector('script[data-kiosk]').dataset
  var idle = 75e3, left = 20, timer, box, count
  function make(name, words, into) {
    var made = d.createElement(name)
    made.textContent = words
    if (into) into.appendChild(made)
    return made
  }
  function path(address) { return new URL(address, location.href).pathname.replace(/\/$/, '/index.html') }
  function forget() {
    [window.localStorage, window.sessionStorage].forEach(function (store) {
      Object.keys(store).forEach(function (key) {
        if (key.indexOf('niemyet:') === 0 && key !== 'niemyet:kiosk') store.removeItem(key)
      })
    })
  }
  function home() {
    try { forget() } catch (e) { /* Nothing is kept where nothing may be. */ }
    location.replace(say.home + '?kiosk')
  }
  // Words stay where the way is closed, with the address for one's own telephone.
  function close(link) {
    var to = new URL(link.href, location.href)
    var here = to.protocol === location.protocol && to.host === location.host
    if (here && /(\.html|\/)$/.test(to.pathname)) return
    var words = d.createElement('span')
    words.className = 'closed-way'
    while (link.firstChild) words.appendChild(link.firstChild)
    var address = here ? '' : to.protocol === 'tel:' ? to.pathname : link.href
    if (address && words.textContent.replace(/[\s.]/g, '').indexOf(address.replace(/[\s.]/g, '')) < 0) make('small', ' ' + address, words)
    link.parentNode.replaceChild(words, link)
  }
  function look() {
    Array.prototype.forEach.call(d.querySelectorAll('main a[href], .warn a[href], .foot a[href]'), close)
    Array.prototype.forEach.call(d.querySelectorAll('form[action]:not([data-k0])'), function (form) {
      var mark = make('input', '', form)
      mark.type = 'hidden'
      mark.name = 'kiosk'
      form.setAttribute('data-k0', '')
    })
  }
  function tick() {
    if (left <= 0) return home()
    count.textContent = say.soon.replace('{n}', left--)
    timer = setTimeout(tick, 1e3)
  }
  function ask() {
    left = 20
    if (!box) {
      box = d.createElement('dialog')
      box.className = 'kiosk-ask'
      box.setAttribute('aria-label', say.still)
      make('p', say.still, box)
      count = make('p', '', box)
      count.setAttribute('role', 'timer')
      make('button', say.stay, box).onclick = stay
      d.body.appendChild(box)
    }
    box.showModal()
    tick()
  }
  function stay() {
    clearTimeout(timer)
    if (box && box.open) box.close()
    timer = setTimeout(ask, idle)
  }
  function bar() {
    var nav = d.createElement('nav')
    nav.className = 'kiosk-bar'
    nav.setAttribute('aria-label', say.bar)
    var first = make('a', say.homeName, nav)
    first.href = say.home + '?kiosk'
    first.onclick = function (event) { event.preventDefault(); home() }
    make('button', say.back, nav).onclick = function () { history.back() }
    d.body.appendChild(nav)
  }
  d.documentElement.setAttribute('data-kiosk', '')
  var style = d.createElement('link')
  style.rel = 'stylesheet'
  style.href = say.look
  d.head.appendChild(style)
  d.addEventListener('click', function (event) {
    var link = event.target.closest && event.target.closest('a[href]')
    if (!link || path(link.href) === path(location.href) || /[?&]kiosk\b/.test(link.search)) return
    link.search += (link.search ? '&' : '?') + 'kiosk'
  }, true)
  ;['pointerdown', 'keydown', 'input', 'scroll'].forEach(function (event) { addEventListener(event, stay, true) })
  function start() {
    bar()
    look()
    new MutationObserver(look).observe(d.body, { childList: true, subtree: true })
    // Nobody needs to be sent home from there before anything was touched.
    if (path(location.href) !== path(say.home)) stay()
  }
  if (d.readyState === 'loading') d.addEventListener('DOMContentLoaded', start); else start()
})()
