// Finds a code or a number, however it is spelt, among what is published and what has ended.
(function () {
  var form = document.querySelector('.ask'), field = form.elements.q, out = document.getElementById('kq'), say = out.dataset, data
  function fold(text) {
    return text.normalize('NFD').replace(/[\u0300-\u036f]/g, '').toLowerCase().replace(/[đð]/g, 'd')
      .replace(/^\W*so(?=\W*\d)/, '').replace(/(^|\/)\W*0+(?=\d)/g, '$1').replace(/[^a-z0-9]/g, '')
  }
  function load(path) {
    return fetch(path).then(function (answer) { if (answer.ok) return answer.json(); throw answer })
  }
  function tell(words, name, row) {
    var p = document.createElement('p'), a = document.createElement('a')
    p.append(words)
    if (row) {
      a.href = row.url.slice(say.base.length)
      a.textContent = name
      p.append(': ', a)
    }
    out.append(p)
  }
  function run() {
    var wanted = fold(field.value)
    if (!wanted) return
    function like(row) { return fold(row.code || row.number || '') === wanted }
    data = data || Promise.all([say.procedures, say.documents, say.removed].map(load))
    data.then(function (all) {
      var live = all[0].procedures.concat(all[1].documents).filter(like)
      var gone = all[2].removed.filter(function (row) {
        return like(row) && !(live[0] && row.reason === 'superseded')
      })
      out.textContent = ''
      live.forEach(function (row) {
        tell(row.code ? say.applies : row.status, (row.code || row.number) + ' · ' + (row.plain_title || row.title), row)
      })
      gone.forEach(function (row) {
        var since = row.since ? say.since + row.since.split('-').reverse().join('/') : ''
        tell((row.code ? say.gone : say.over) + since, row.code || row.number, row)
      })
      if (!live[0] && !gone[0]) tell(say.none)
    }).catch(function () { data = 0; out.textContent = ''; tell(say.fail) })
  }
  form.onsubmit = function () { run(); return false }
  field.value = new URLSearchParams(location.search).get('q') || ''
  run()
})()
