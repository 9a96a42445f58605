// Finds what a person types, by the rules of the program's own search (src/search): both give the same.
(function () {
  var EXACT = 12, UNMARKED = 11, BARE = 8, OTHER = 4, LIKE = 6, ELSEWHERE = 4, NEAR = 6, WORDS = 24, READINGS = 64, MOST = 24, KIN = 9, FEW = 4, MUCH = 8, EMPTY = 2, MANY = 12, ENOUGH = 38, FEWEST = 3, OF_TOLD = 45, OF_SAYING = 50, OF_LITTLE = 65, ALIKE_TOLD = 80, MEANINGS = 2
  var TURNS = 'lại hồi xóa hủy dứt rút ngừng đình tiếp sửa đổi bổ gia lưu tập'
  var ALIKE = 'x s s x ch tr tr ch d gi gi d r gi gi r l n n l d r r d'.split(' ')
  var KINDS = 'thongtulientich ttlt vanbanhopnhat vbhn nghiquyet nq nghidinh nd quyetdinh qd thongtu tt phaplenh pl chithi ct hienphap - boluat qh luat qh ttlt ttlt nd nd nq nq qd qd tt tt ct ct jointcircular ttlt circular tt decree nd decision qd resolution nq ordinance pl directive ct constitution - law qh'.split(' ')
  var DIGITS = '!#$%()*+-./0123456789:;=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_abcdefg'
  var SHARDS = 6, TELLING = 6, CLOSE = 55, SIZE = 32, ROUTED = 20, ROUTED_SHARDS = 3, WORTH = 45, LEAST = 150
  function part(a, b) { return Math.floor(a / b) }
  function bare(text) { return text.normalize('NFD').replace(/[\u00ad\u200b-\u200f\u2060\ufeff]/g, '').toLowerCase() }
  function plain(text) { return bare(text.replace(/\p{M}/gu, '')).replace(/\p{M}/gu, '').replace(/[đð]/g, 'd') }
  function word(letters) {
    var exact = '', fold = '', tone = ''
    for (var c of letters) {
      if (/[\u0300\u0301\u0303\u0309\u0323]/.test(c)) tone = c
      else if (c === 'đ' || c === 'ð') { exact += 'đ'; fold += 'd' }
      else { exact += c; if (!/\p{M}/u.test(c)) fold += c }
    }
    if (/^(qu|[bcdghklmnpqrstvx]+)y$/.test(fold)) {
      exact = exact.slice(0, -1) + 'i'
      fold = fold.slice(0, -1) + 'i'
    }
    if (/^0[0-9]+$/.test(fold)) exact = fold = fold.replace(/^0+(?=.)/, '')
    return { exact: exact + tone, fold: fold, bare: exact + tone === fold }
  }
  function words(text) { return (bare(text).match(/[\p{Alphabetic}\p{M}\p{N}]+/gu) || []).map(word) }
  function plainWord(fold) { return { exact: fold, fold: fold, bare: true } }

  // Telex and VNI keys.
  function keys() { return { letters: [], tone: '' } }
  function last(k, among) {
    for (var i = k.letters.length - 1; i >= 0; i--) if (among.includes(k.letters[i][0])) return i
    return -1
  }
  function mark(k, among, sign) { var at = last(k, among); if (at >= 0) k.letters[at][1] = sign }
  function horn(k) {
    var at = last(k, 'ou')
    if (at < 0) return
    k.letters[at][1] = '\u031b'
    if (k.letters[at][0] === 'o' && at && k.letters[at - 1][0] === 'u') k.letters[at - 1][1] = '\u031b'
  }
  function bar(k) { if (k.letters[0] && k.letters[0][0] === 'd') k.letters[0][0] = 'đ' }
  function typed(k) { return word(k.letters.map(function (l) { return l[0] + l[1] }).join('') + k.tone) }
  function vni(text) {
    if (!/^[a-z]/.test(text) || !/[0-9]/.test(text) || /0/.test(text)) return null
    var k = keys()
    for (var c of text) {
      if (c >= '1' && c <= '5') k.tone = '\u0301\u0300\u0309\u0303\u0323'[c - 1]
      else if (c === '6') mark(k, 'aeo', '\u0302')
      else if (c === '7') horn(k)
      else if (c === '8') mark(k, 'a', '\u0306')
      else if (c === '9') bar(k)
      else k.letters.push([c, ''])
    }
    return typed(k)
  }
  function telex(text) {
    var k = keys()
    for (var c of text) {
      var vowel = k.letters.some(function (l) { return 'aeiouy'.includes(l[0]) }), tone = 'sfrxjz'.indexOf(c)
      if (tone >= 0 && vowel) k.tone = ['\u0301', '\u0300', '\u0309', '\u0303', '\u0323', ''][tone]
      else if (c === 'w') {
        var at = last(k, 'aou')
        if (at < 0) k.letters.push(['u', '\u031b'])
        else if (k.letters[at][0] === 'a') k.letters[at][1] = '\u0306'
        else horn(k)
      } else if (c === 'd' && k.letters[0] && k.letters[0][0] === 'd' && !k.letters[0][1]) bar(k)
      else if ('aeo'.includes(c) && k.letters.some(function (l) { return l[0] === c && !l[1] })) mark(k, c, '\u0302')
      else if (c >= 'a' && c <= 'z') k.letters.push([c, ''])
      else return null
    }
    var read = typed(k)
    return read.bare ? null : read
  }
  function unglued(text, known) {
    var n = text.length, best = []
    if (n < 5) return null
    best[n] = [0, n]
    for (var from = n - 1; from >= 0; from--) {
      for (var end = Math.min(n, from + 7); end >= from + 2; end--) {
        if (best[end] && (!best[from] || best[end][0] + 1 < best[from][0]) && known.has(word(text.slice(from, end)).fold)) best[from] = [best[end][0] + 1, end]
      }
    }
    var pieces = []
    for (var at = 0; at < n; at = best[at][1]) {
      if (!best[at]) return null
      pieces.push(text.slice(at, best[at][1]))
    }
    return pieces.length > 1 ? pieces : null
  }
  function near(one, other) {
    var n = one.length, m = other.length, i = 0
    if (Math.abs(n - m) > 1 || Math.min(n, m) < 3) return false
    while (i < n && i < m && one[i] === other[i]) i++
    var a = one.slice(i), b = other.slice(i)
    if (n < m) return a === b.slice(1)
    if (n > m) return a.slice(1) === b
    return !a || a.slice(1) === b.slice(1) || (a.length > 1 && a[0] === b[1] && a[1] === b[0] && a.slice(2) === b.slice(2))
  }
  function readWords(list, known) {
    var read = []
    list.forEach(function (w, place) {
      var f = w.fold, n = f.length, other, i
      function sure(one) { read.push({ word: one, like: [] }) }
      if (!/^[\x00-\x7f]*$/.test(f) || n > 48 || known.has(f)) return sure(w)
      if (w.bare && (other = vni(f) || telex(f)) && known.has(other.fold)) return sure(other)
      for (i = 0; i < ALIKE.length; i += 2) {
        other = ALIKE[i + 1] + f.slice(ALIKE[i].length)
        if (f.startsWith(ALIKE[i]) && known.has(other)) return read.push({ word: plainWord(other), like: [other] })
      }
      if ((other = unglued(f, known))) return other.map(word).forEach(sure)
      var like = [], all = Array.from(known.keys())
      if (place === list.length - 1 && n > 1) like = all.filter(function (k) { return k.startsWith(f) }).slice(0, MOST)
      if (!like.length && n > 2 && /^[a-z]+$/.test(f)) like = all.filter(function (k) { return near(k, f) }).slice(0, MOST)
      read.push({ word: w, like: like })
    })
    return read
  }

  // Codes and numbers.
  function key(text) {
    var parts = plain(text).split('/').map(function (p) { return p.replace(/[^a-z0-9]/g, '') })
    return parts.length < 2 ? parts.join('') : parts.map(function (p) { return p.replace(/^0+/, '') }).join('/')
  }
  function codesOf(p) {
    var rest = p.split(/[\s,;]+/).filter(Boolean)
    while (rest.length && 'ma so tthc thu tuc ma: so: code va'.split(' ').includes(rest[0])) rest.shift()
    rest = rest.map(function (w) { return w.split('.000.00.00')[0] }).filter(function (w) { return w !== 'va' })
    function code(text) {
      var digits = text.replace(/\D/g, '')
      return { digits: digits, begun: digits !== text && text[1] === '.' }
    }
    if (!rest.every(function (w) { return /^[0-9._-]*$/.test(w) })) return []
    var each = rest.map(code), one = code(rest.join(''))
    if (each.length > 1 && each.every(function (c) { return c.digits.length > 6 })) return each
    return one.digits.length > 2 ? [one] : []
  }
  function likeCode(list, code) {
    return Math.max.apply(0, list.map(function (asked) {
      var d = asked.digits
      return code === d ? 1000 : asked.begun && code.startsWith(d) ? 950 : code.endsWith(d) ? 900 : code.startsWith(d) ? 850 : d.length > 3 && code.includes(d) ? 800 : 0
    }))
  }
  function numberOf(p) {
    var m = /^([^0-9]*)([0-9]+)/.exec(p), kind = '', said = null
    if (!m) return null
    var before = m[1].replace(/[^a-z0-9]/g, '').replace(/(so|no)$/, ''), serial = m[2], at = m[0].length
    for (var i = 0; i < KINDS.length && said === null; i += 2) if (before.endsWith(KINDS[i])) { said = KINDS[i]; kind = KINDS[i + 1].replace('-', '') }
    var dotted = /^\.[0-9]{1,2}(?![0-9])/.exec(p.slice(at))
    if (dotted && serial.length <= 3) { serial += dotted[0]; at += dotted[0].length }
    var rest = p.slice(at).trimStart(), slashed = /^[/-]/.test(rest), year = ''
    rest = rest.replace(/^[/ -]+/, '').replace(/^(nam|of) /, '').trimStart()
    if (/^(19|20)[0-9]{2}(?![0-9])/.test(rest)) { year = rest.slice(0, 4); rest = rest.slice(4) }
    var sign = rest.replace(/[^a-z0-9]/g, '')
    var isSign = /^(nd|nq|qd|tt|ct|pl|qh|ubtvqh|vbhn|l|sl)/.test(sign) && sign.length <= 16, whole = !sign || isSign
    if (!whole) sign = ''
    serial = serial.replace(/^0+/, '')
    if (!(said !== null || (slashed && (year || (sign && whole)))) || !serial || serial.length > 6) return null
    return { kind: kind, serial: serial, year: year, sign: sign, alone: whole && (!before || before === said) }
  }
  function likeLaw(asked, number) {
    var parts = plain(number).split('/').map(function (p) { return p.trim() })
    if (parts[0].replace(/^0+/, '') !== asked.serial) return 0
    var rest = parts.slice(1), year = rest.find(function (p) { return /^[0-9]{4}$/.test(p) })
    var sign = (rest[rest.length - 1] || '').replace(/[^a-z0-9]/g, '')
    var fits = (!asked.year || year === asked.year) && sign.startsWith(asked.kind) && !(asked.kind === 'tt' && sign.startsWith('ttlt')) && sign.startsWith(asked.sign)
    return !fits ? 0 : asked.sign === sign ? 1000 : year ? 900 - Math.min(200, Math.max(0, 2100 - year)) : 650
  }
  function lawNamed(text) {
    var list = words(text), tail = list[list.length - 1], year = ''
    if (tail && /^[0-9]{4}$/.test(tail.fold)) {
      year = list.pop().fold
      if (list.length && list[list.length - 1].fold === 'nam') list.pop()
    }
    var said = list.map(function (w) { return w.fold }).join(' ')
    return /^(luat .|bo luat .|phap lenh .|hien phap)/.test(said) ? { words: list, year: year } : null
  }

  // The engine: what is loaded goes in, places and scores come out.
  function Engine(base) {
    var known = new Map(), weights = base.weights, said = new Map(), soft = [], exacts = new Map(), shards = [], places = [], digits = {}, most = 1
    Array.from(DIGITS, function (c, i) { digits[c] = i })
    base.words.split(' ').forEach(function (w, i) { known.set(w, i) })
    weights.forEach(function (w) { most = Math.max(most, w) })
    var empty = base.empty.split('|').map(words), nothing = new Set(), meanings = [], sayings = [], cues = new Map(), of = new Map()
    empty.forEach(function (say) { if (say.length === 1) nothing.add(say[0].exact) })
    base.synonyms.forEach(function (pair) {
      var means = words(pair[1]), name = means.map(function (w) { return w.exact }).join(' ')
      pair[0].split('|').map(words).forEach(function (say) {
        if (!say[0]) return
        if (!said.has(say[0].fold)) said.set(say[0].fold, [])
        said.get(say[0].fold).push([say, means])
        if (!of.has(name)) { of.set(name, meanings.length); meanings.push(means) }
        var met = new Set()
        say.forEach(function (w) {
          if (nothing.has(w.exact) || met.has(w.exact)) return
          met.add(w.exact)
          if (!cues.has(w.fold)) cues.set(w.fold, new Map())
          if (!cues.get(w.fold).has(w.exact)) cues.get(w.fold).set(w.exact, { at: [], weight: 0 })
          cues.get(w.fold).get(w.exact).at.push(sayings.length)
        })
        sayings.push([of.get(name), 0])
      })
    })
    cues.forEach(function (alike) {
      alike.forEach(function (cue) {
        cue.weight = bits(part(meanings.length, new Set(cue.at.map(function (p) { return sayings[p][0] })).size))
        cue.at.forEach(function (p) { sayings[p][1] += cue.weight })
      })
    })
    function bits(n) { return 32 - Math.clz32(n) }
    // What a story is about: the sayings with most of its words, in any order.
    function stories(list, isEmpty, marked) {
      var met = new Set(), all = 0, hits = new Map(), found = new Map(), best = new Map(), told = []
      list.forEach(function (t, i) {
        var w = t.word, weight = -1, at = new Set(), own = new Set()
        if (isEmpty[i] || met.has(w.exact)) return
        met.add(w.exact)
        ;(cues.get(w.fold) || []).forEach(function (cue, exact) {
          if (marked && !w.bare && exact !== w.exact) return
          weight = Math.max(weight, cue.weight)
          cue.at.forEach(function (p) { at.add(p); own.add(sayings[p][0]) })
        })
        if (weight < 0) weight = part(bits(meanings.length), 2)
        all += weight
        at.forEach(function (p) { hits.set(p, (hits.get(p) || 0) + weight) })
        own.forEach(function (m) {
          if (!found.has(m)) found.set(m, { got: 0, at: new Set() })
          found.get(m).got += weight
          found.get(m).at.add(i)
        })
      })
      if (met.size < (marked ? FEWEST : FEWEST * 2)) return []
      hits.forEach(function (got, p) {
        var m = sayings[p][0], whole = sayings[p][1]
        got = Math.min(got, whole)
        if (OF_SAYING * whole <= got * 100) best.set(m, Math.max(best.get(m) || 0, part(got * got * 10, whole)))
      })
      best.forEach(function (score, m) {
        var f = found.get(m)
        if (f.at.size > 1 && (f.at.size < FEWEST ? OF_LITTLE : OF_TOLD) * all <= f.got * 100) told.push({ score: score + f.got * 5, means: m, at: f.at, trust: 40 + Math.min(45, part(f.got * 45, all)) })
      })
      told.sort(function (a, b) { return b.score - a.score || a.means - b.means })
      return told.filter(function (t) { return told[0].score * ALIKE_TOLD <= t.score * 100 }).slice(0, MEANINGS)
    }
    base.soft.forEach(function (row) { row[0].split('|').forEach(function (s) { soft.push([words(s), row[1], row[2]]) }) })
    var turns = words(TURNS).map(function (w) { return w.exact })
    var names = { f: base.fields.map(folds), a: base.agencies.map(folds) }
    function folds(text) { return words(text).map(function (w) { return known.get(w.fold) }) }
    function weight(f) { return known.has(f) ? weights[known.get(f)] : part(/[aeiouy]/.test(f) ? most * 3 : most, 4) }
    function isSaid(t, w, marked) { return t.word.exact === w.exact || ((!marked || t.word.bare) && t.word.fold === w.fold) }
    function says(list, at, say, marked) {
      return say.length <= list.length - at && say.every(function (w, i) { return isSaid(list[at + i], w, marked) })
    }
    // Where something ends that is said; what says nothing may stand in between.
    function endOf(list, from, say, marked, isEmpty) {
      for (var at = from, i = 0; i < say.length; i++, at++) {
        while (at >= list.length || !isSaid(list[at], say[i], marked)) {
          if (at >= list.length || at === from || !isEmpty[at]) return 0
          at++
        }
      }
      return at
    }
    function kin(w) {
      var tones = /\u0309$/.test(w.exact) ? '\u0303' : /\u0303$/.test(w.exact) ? '\u0309' : w.bare || /[\u0300\u0301\u0323]$/.test(w.exact) ? '' : '\u0300\u0301\u0303\u0309\u0323'
      var letters = w.exact.replace(/[\u0303\u0309]$/, '')
      return Array.from(tones, function (t) { return exacts.get(letters + t) }).filter(function (e) { return e !== undefined })
    }
    function add(read, asked) {
      var before = read.find(function (b) { return b.word.exact === asked.word.exact || ((b.word.bare || asked.word.bare) && b.word.fold === asked.word.fold) })
      if (!before) read.push(Object.assign({}, asked))
      else if (before.word.bare && !before.like) {
        before.word = asked.word
        before.exact = asked.exact
        before.kin = asked.kin
        before.loose = Math.min(before.loose, asked.loose)
      }
    }
    function understand(text) {
      var list = readWords(words(text).slice(0, WORDS), known), query = { readings: [], levels: 0, audience: 0 }
      var marked = list.some(function (t) { return !t.word.bare }), isSoft = [], isEmpty = [], found = []
      soft.forEach(function (row) {
        for (var at = 0; at < list.length; at++) if (says(list, at, row[0], marked)) {
          query.levels |= row[1]
          query.audience |= row[2]
          row[0].forEach(function (_, i) { isSoft[at + i] = true })
        }
      })
      empty.forEach(function (say) {
        for (var at = 0; at + say.length <= list.length; at++) if (say.every(function (w, i) { return w.exact === list[at + i].word.exact })) say.forEach(function (_, i) { isEmpty[at + i] = true })
      })
      function go(at, within, read) {
        if (found.length >= READINGS) return
        if (at >= list.length) return found.push(read)
        var t = list[at], fits = [], longest = 0, furthest = within, next
        ;(said.get(t.word.fold) || []).forEach(function (s) {
          var end = endOf(list, at, s[0], marked, isEmpty)
          // What is said within something longer is no part of it.
          if (end <= within) return
          fits.push([s[0], s[1], end])
          furthest = Math.max(furthest, end)
          longest = Math.max(longest, s[0].length)
        })
        fits.forEach(function (s) {
          if (s[0].length !== longest) return
          var softly = true
          for (var i = at; i < s[2]; i++) softly = softly && isSoft[i]
          next = read.map(function (a) { return Object.assign({}, a) })
          s[1].forEach(function (w) { add(next, meant(w, softly ? 4 : 1)) })
          go(s[2], s[2], next)
        })
        next = read.map(function (a) { return Object.assign({}, a) })
        add(next, typedAt(at))
        go(at + 1, furthest, next)
      }
      function meant(w, share) {
        var heavy = Math.ceil(weight(w.fold) / share)
        return { word: w, meant: true, kin: [], folds: known.has(w.fold) ? [known.get(w.fold)] : [], exact: exacts.get(w.exact), weight: heavy, missed: heavy, loose: OTHER }
      }
      function typedAt(at) {
        var t = list[at], heavy = t.like.length ? Math.max.apply(0, t.like.map(weight)) : weight(t.word.fold)
        if (isEmpty[at]) heavy = EMPTY
        return {
          word: t.word, kin: kin(t.word), like: t.like.length > 0, exact: exacts.get(t.word.exact), weight: heavy,
          folds: t.like.concat(t.word.fold).map(function (f) { return known.get(f) }).filter(function (f) { return f !== undefined }),
          missed: isSoft[at] ? Math.ceil(heavy / 4) : heavy,
          loose: t.like.length ? LIKE : !marked ? UNMARKED : t.word.bare ? BARE : OTHER
        }
      }
      var about = stories(list, isEmpty, marked)
      go(0, 0, [])
      found = about.map(function (told) {
        var read = []
        meanings[told.means].forEach(function (w) { add(read, meant(w, 1)) })
        list.forEach(function (_, at) { if (!told.at.has(at)) add(read, typedAt(at)) })
        return read
      }).concat(found)
      query.readings = found.map(function (asked, place) {
        var typed = Math.max(FEW, asked.filter(function (a) { return a.weight > EMPTY && !a.meant }).length), full = 0
        var meant = asked.some(function (a) { return a.meant })
        asked.forEach(function (a) {
          var share = meant && !a.meant ? 2 : 1
          full += a.meant ? a.missed : part(part(a.missed * Math.min(MUCH, typed), typed), share)
          if (!a.meant) a.missed = Math.max(1, part(part(a.missed * FEW, typed), share))
        })
        var places = new Uint8Array(weights.length), twins = new Map()
        asked.forEach(function (a, i) {
          a.folds.forEach(function (f) {
            if (!places[f]) places[f] = i + 1
            else if (a.exact !== undefined && !twins.has(a.exact)) twins.set(a.exact, i)
          })
        })
        return { asked: asked, places: places, twins: twins, full: full, trust: place < about.length ? about[place].trust : 100 }
      })
      var heavy = 0
      found.forEach(function (asked) { asked.forEach(function (a) { if (a.weight > EMPTY) heavy++ }) })
      heavy = Math.max(1, part(heavy, Math.max(1, found.length)))
      query.least = Math.min(400, Math.max(200, part(1700, heavy)))
      return query
    }
    function telling(reading) {
      return reading.asked.filter(function (a) { return a.weight > EMPTY }).sort(function (a, b) { return !!b.meant - !!a.meant || b.weight - a.weight }).slice(0, TELLING)
    }
    function fieldOf(p) { return base.runs.findLast(function (run) { return run[1] <= p })[0] }
    function name(text) {
      var list = words(text), total = 0
      if (list.length > 2 && list[0].exact === 'thu\u0309' && list[1].exact === 'tuc\u0323') list = list.slice(2)
      var turn = list.slice(0, NEAR).filter(function (w) { return turns.includes(w.exact) && known.has(w.fold) }).map(function (w) { return known.get(w.fold) })
      list = list.filter(function (w) { return known.has(w.fold) }).map(function (w) {
        if (!exacts.has(w.exact)) exacts.set(w.exact, exacts.size)
        var f = known.get(w.fold)
        total += weights[f]
        return [f, exacts.get(w.exact), weights[f]]
      })
      return { words: list, total: total, turns: turn }
    }
    function scoreName(n, reading, others) {
      var asked = reading.asked, places = reading.places, best = new Uint8Array(asked.length), beside = new Uint8Array(asked.length), hit = 0, before = -2, worse = 0
      n.words.forEach(function (token) {
        var at = places[token[0]] - 1
        if (at < 0) { before = -2; return }
        if (reading.twins.size && reading.twins.has(token[1])) at = reading.twins.get(token[1])
        var fit = asked[at].exact === token[1] ? EXACT : asked[at].kin.includes(token[1]) ? Math.max(KIN, asked[at].loose) : asked[at].loose
        if (fit > best[at]) best[at] = fit
        hit += Math.min(token[2], asked[at].weight) * fit
        if (before + 1 === at) beside[at] = Math.max(beside[at], Math.min(fit, worse))
        before = at
        worse = fit
      })
      var sum = 0, top = 0, got = 0
      for (var i = 0; i < asked.length; i++) {
        var a = asked[i], fit = best[i], lone = !beside[i] && !beside[i + 1]
        if (!fit) fit = a.folds.some(function (f) { return others.has(f) }) ? ELSEWHERE : 0
        else if (lone && asked.length === 2) fit = part(fit, 2)
        else if (lone && n.words.length > MANY) fit = part(fit * 3, 4)
        var heavy = fit ? a.weight : a.missed
        got += a.weight * fit
        sum += heavy * fit * 4
        top += heavy * EXACT * 4
        if (i) {
          sum += (heavy + asked[i - 1].weight) * beside[i]
          top += (heavy + asked[i - 1].weight) * EXACT
        }
      }
      if (!top || !n.total || got * 100 < reading.full * EXACT * ENOUGH) return 0
      var score = part(part(sum * 1000, top) * (800 + Math.min(200, part(hit * 200, n.total * EXACT))), 1000)
      return n.turns.some(function (t) { return !places[t] }) ? part(score * 94, 100) : score
    }
    function best(entry, query) {
      var top = { score: 0, reading: query.readings[0] }
      query.readings.forEach(function (reading) {
        entry.names.forEach(function (n) {
          var score = part(scoreName(n, reading, entry.others) * reading.trust, 100)
          if (score > top.score) top = { score: score, reading: reading }
        })
      })
      return top
    }
    return {
      understand: understand,
      best: best,
      // The words whose places are asked for, and the shards of the entries that have most of them.
      parts: function (query) {
        var parts = new Set()
        query.readings.forEach(function (reading) {
          telling(reading).forEach(function (a) {
            a.folds.forEach(function (f) { if (!places[f]) parts.add(base.parts.findLastIndex(function (first) { return first <= f })) })
          })
        })
        return Array.from(parts)
      },
      // The parts where codes with some digits stand; of digits that too many have, the one that tells the best.
      ends: function (digits) {
        var from = 0, to = 0
        base.ends.forEach(function (end, i) {
          if (end < digits) from = i
          if (end <= digits || end.startsWith(digits)) to = i
        })
        return to === from + 1 ? [from, to] : [from]
      },
      tell: function (part, list) {
        list.forEach(function (steps, i) {
          var at = 0, step = 0, by = 1, found = []
          for (var c of steps) {
            var digit = digits[c]
            step += digit % 32 * by
            by *= 32
            if (digit < 32) { at += step; found.push(at); step = 0; by = 1 }
          }
          places[base.parts[part] + i] = found
        })
      },
      shards: function (query, field) {
        var n = base.total, best = new Uint16Array(n), got = new Uint32Array(n), known = new Uint32Array(n), seen = new Uint32Array(n), turn = 0, found = [], chosen = new Set()
        query.readings.forEach(function (reading) {
          var met = [], missed = 0
          telling(reading).forEach(function (a) {
            missed += a.missed
            turn++
            a.folds.forEach(function (f) {
              ;(places[f] || []).forEach(function (p) {
                if (seen[p] === turn) return
                seen[p] = turn
                if (!got[p]) met.push(p)
                got[p] += a.weight
                known[p] += a.missed
              })
            })
          })
          met.forEach(function (p) {
            var answered = part(got[p] * 1000, Math.max(1, got[p] + missed - known[p]))
            var score = part(answered * (800 + Math.min(200, part(got[p] * 200, digits[base.sizes[p]] * SIZE + SIZE / 2))), 1000)
            if (!best[p]) found.push(p)
            best[p] = Math.max(best[p], score)
            got[p] = known[p] = 0
          })
        })
        found = found.filter(function (p) { return best[p] >= LEAST && (!(field >= 0) || fieldOf(p) === field) })
        var top = found.reduce(function (top, p) { return Math.max(top, best[p]) }, 0)
        found = found.filter(function (p) { return best[p] * 100 >= top * CLOSE })
        found.sort(function (a, b) { return best[b] - best[a] || a - b }).forEach(function (p) {
          if (chosen.size < SHARDS) chosen.add(part(p, base.size))
        })
        return Array.from(chosen)
      },
      add: function (place, rows) {
        if (shards[place]) return
        function at(column, i) { return rows[column] ? rows[column][i] : '' }
        shards[place] = rows.code.map(function (code, i) {
          var entry = { place: place * base.size + i }
          'code title plain terms body field agencies levels audience online page facts foreign from until'.split(' ').forEach(function (c) { entry[c] = at(c, i) })
          entry.names = [entry.plain, entry.title].concat(entry.terms.split('|')).map(name).filter(function (n) { return n.words.length })
          entry.others = new Set(folds(entry.body).concat(names.f[entry.field] || []))
          entry.agencies.forEach(function (a) { names.a[a].forEach(function (f) { entry.others.add(f) }) })
          entry.names.forEach(function (n) { n.words.forEach(function (t) { entry.others.add(t[0]) }) })
          return entry
        })
      },
      entry: function (place) { return shards[part(place, base.size)][place % base.size] },
      shardOf: function (place) { return part(place, base.size) },
      score: function (query, places) {
        var scores = []
        places.forEach(function (p) {
          shards[p].forEach(function (entry) {
            var score = best(entry, query).score
            if (score < query.least) return
            score += 30 * (entry.levels & query.levels ? 1 : 0) + 30 * (entry.audience & query.audience ? 1 : 0)
            scores.push([entry.place, score])
          })
        })
        return scores
      },
      known: known
    }
  }
  function route(asked) {
    var routed = []
    laws.forEach(function (law, i) {
      var s = asked.number && likeLaw(asked.number, law.number), named = asked.named
      if (named) {
        var list = words(law.title)
        var fits = named.words.length <= list.length && named.words.every(function (w, j) { return w.exact === list[j].exact || (w.bare && w.fold === list[j].fold) })
        if (fits && (!named.year || law.number.split('/').includes(named.year))) s = 999 - Math.min(99, list.length - named.words.length)
      }
      if (s) routed.push([i, s])
    })
    return routed.sort(byScore)
  }
  function byScore(a, b) { return b[1] - a[1] || a[0] - b[0] }

  // Loading, and what was found on a day.
  var page = document.getElementById('tim'), waits = {}, parts = {}, laws = [], engine, policy
  window.niemyetSearch = function (name, stamp, data) { if (waits[name]) waits[name](stamp, data) }
  function load(name) {
    if (!parts[name]) {
      parts[name] = new Promise(function (done, fail) {
        var script = document.createElement('script'), stamp = page.dataset.stamp
        policy = policy || (window.trustedTypes ? trustedTypes.createPolicy('niemyet-search', { createScriptURL: function (address) {
          if (!/^(\.\.\/)*([a-z]{2}\/)?tim-kiem\/[a-z0-9-]+\.js\?[0-9a-f]*$/.test(address)) throw new TypeError(address)
          return address
        } }) : { createScriptURL: function (address) { return address } })
        function lost() { delete parts[name]; fail(name) }
        waits[name] = function (is, data) {
          if (!is || is === stamp) return done(data)
          // The site was published anew: parts of two days do not fit together.
          lost()
          try {
            if (sessionStorage.getItem('niemyet-search') !== is) { sessionStorage.setItem('niemyet-search', is); keep(); location.reload() }
          } catch (_) {}
        }
        script.onerror = lost
        script.src = policy.createScriptURL(page.dataset.base.replace('goc.js', name + '.js?' + stamp))
        document.head.append(script)
      })
    }
    return parts[name]
  }
  function all(list, then) { return Promise.all(list.map(function (one) { return Promise.resolve(then(one)) })) }
  function shard(place) { return load(String(place)).then(function (rows) { engine.add(place, rows) }) }
  function placed(rows) { rows.forEach(function (row) { laws[row[0]] = row[1] }) }
  function today() {
    var root = document.documentElement
    return new Date(Math.max(Date.now(), Date.parse(root.getAttribute('data-as-of') + 'T00:00:00+07:00')) + 252e5).toISOString().slice(0, 10)
  }
  function isSo(it, day) { return it.from <= day && (!it.until || day < it.until) }
  function find(text, filter, day) {
    var p = plain(text), asked = { codes: codesOf(p), number: numberOf(p) }, found = { laws: [], entries: [], gone: [], query: null, about: '' }
    var isNumber = asked.codes.length > 0 || !!(asked.number && asked.number.alone), scores = []
    if (!asked.number) asked.named = lawNamed(text)
    found.about = asked.number ? 'law' : asked.codes.length ? 'code' : ''
    return load('goc').then(function (base) {
      engine = engine || Engine(base)
      var wait = []
      asked.codes.forEach(function (c) {
        engine.ends(c.digits).forEach(function (i) {
          wait.push(load('so-' + i).then(function (part) {
            var rows = part.often[c.digits] || part.rows
            rows.codes.split(' ').forEach(function (code, i) {
              var s = likeCode(asked.codes, code)
              if (s) scores.push([rows.places[i], s])
            })
          }))
        })
      })
      if (asked.number) wait.push(load('vb-' + parseInt(asked.number.serial, 10) % base.laws).then(placed))
      if (asked.named) wait.push(load('luat').then(placed))
      if (asked.codes.length || asked.number) wait.push(load('het').then(function (gone) {
        found.gone = gone.filter(function (g) {
          return (g.from || '') <= day && ((asked.codes.length && likeCode(asked.codes, key(g.name))) || (asked.number && likeLaw(asked.number, g.name)))
        })
      }))
      return Promise.all(wait)
    }).then(function () {
      found.query = engine.understand(text)
      return isNumber ? [] : all(engine.parts(found.query), function (part) {
        return load('tu-' + part).then(function (list) { engine.tell(part, list) })
      })
    }).then(function () {
      var today = route(asked).filter(function (l) { return isSo(laws[l[0]], day) })
      found.laws = today.map(function (l) { return laws[l[0]] })
      if (!scores.length) today.forEach(function (l) { laws[l[0]].entries.forEach(function (e, i) { scores.push([e, Math.max(0, l[1] - i)]) }) })
      var near = new Set()
      scores = once(scores).slice(0, ROUTED).filter(function (s) {
        var p = engine.shardOf(s[0])
        return near.has(p) || (near.size < ROUTED_SHARDS && near.add(p))
      })
      var places = scores.map(function (s) { return engine.shardOf(s[0]) }), chosen = []
      if (!isNumber) chosen = engine.shards(found.query, filter.field)
      return all(Array.from(new Set(places.concat(chosen))), shard).then(function () {
        // What was loaded may bring words that were not known before.
        found.query = engine.understand(text)
        if (!isNumber) scores = scores.concat(engine.score(found.query, chosen))
        found.all = once(scores).filter(function (s) { return isSo(engine.entry(s[0]), day) })
        found.entries = worthy(found.all, filter)
        return found
      })
    })
  }
  function once(scores) {
    var seen = new Set()
    return scores.sort(byScore).filter(function (s) { return !seen.has(s[0]) && seen.add(s[0]) })
  }
  function worthy(scores, filter) {
    scores = scores.filter(function (s) { return takes(filter, engine.entry(s[0])) })
    return scores.filter(function (s) { return scores[0][1] * WORTH <= s[1] * 100 })
  }
  function takes(f, e) {
    return (f.field < 0 || e.field === f.field) && (!f.levels || e.levels & f.levels) && (!f.audience || e.audience & f.audience) && (!f.online || (f.online >> e.online) & 1)
  }
  window.niemyetSearch.find = find
  if (!page || !page.querySelector('form')) return

  // The page.
  var form = page.querySelector('form.search'), field = form.elements.q, filters = document.getElementById('loc'), list = document.getElementById('kq'), status = document.getElementById('dem'), whole = document.getElementById('tat-ca'), box = document.getElementById('ket-qua'), say = page.dataset, more = document.getElementById('them'), narrow = document.getElementById('thu-hep'), timer, asked = 0
  function hide(id, is) { document.getElementById(id).hidden = is }
  function make(tag, text, cls) {
    var it = document.createElement(tag)
    if (text) it.append(text)
    if (cls) it.className = cls
    return it
  }
  function marked(text, readings) {
    var it = document.createDocumentFragment(), at = 0, open = null, m, re = /[\p{Alphabetic}\p{M}\p{N}]+/gu
    while ((m = re.exec(text))) {
      var w = words(m[0])[0], f = w && engine.known.get(w.fold)
      var on = readings.some(function (r) {
        var a = r && r.asked[r.places[f] - 1]
        return a && a.weight > EMPTY && (a.word.exact === w.exact || a.loose > OTHER)
      })
      var gap = text.slice(at, m.index)
      if (on && open && /^[ ,]*$/.test(gap)) open.append(gap + m[0])
      else {
        it.append(gap)
        if (on) it.append(open = make('mark', m[0]))
        else { it.append(m[0]); open = null }
      }
      at = m.index + m[0].length
    }
    it.append(text.slice(at))
    return it
  }
  function link(address, text) {
    var a = make('a', text)
    a.href = say.pages + address
    return a
  }
  // A bit each says what is in the other language: the official name, the name, the facts.
  function item(name, official, meta, foreign) {
    var li = make('li'), h = make('h3'), ul = make('ul', '', 'meta')
    function own(it, bit) { if (say.lang && (foreign >> bit) & 1) it.lang = say.lang }
    h.append(name)
    own(name, 1)
    li.append(h)
    if (official) { var p = make('p', '', 'law'); p.append(official); own(p, 0); li.append(p) }
    meta.forEach(function (text, i) { if (text) { var m = make('li'); m.append(i ? text : make('span', text, 'num')); if (i) own(m, i + 1); ul.append(m) } })
    li.append(ul)
    return li
  }
  function checked(name) {
    var bits = 0
    filters.querySelectorAll('input[name=' + name + ']:checked').forEach(function (i) { bits |= 1 << i.value })
    return bits
  }
  function wanted() {
    var e = filters.elements
    return { field: +e.linhvuc.value, levels: checked('cap'), audience: e.doituong.value < 0 ? 0 : 1 << e.doituong.value, online: checked('mucdo') }
  }
  function isChosen() {
    var w = wanted()
    return w.field >= 0 || w.levels + w.audience + w.online > 0
  }
  function told(option, text) {
    option.dataset.name = option.dataset.name || option.text
    option.text = option.dataset.name + ' ' + text
  }
  // Which fields have procedures today.
  function fields(base) {
    var day = today()
    Array.from(filters.elements.linhvuc.options).slice(1).forEach(function (o) {
      o.hidden = !base.filled[o.value].filter(function (f) { return f[0] <= day }).pop()[1]
    })
  }
  // How many results each choice holds with what is chosen besides.
  function count(found) {
    function n(choice) { return found ? '(' + worthy(found.all, Object.assign(wanted(), choice)).length + ')' : '' }
    filters.querySelectorAll('input').forEach(function (i) {
      var bit = 1 << i.value
      i.parentNode.querySelector('.num').textContent = n(i.name === 'cap' ? { levels: bit } : { online: bit })
    })
    Array.from(filters.elements.doituong.options).slice(1).forEach(function (o) {
      told(o, n({ audience: 1 << o.value }))
    })
  }
  function show(found, text, most) {
    var rows = found.entries, n = rows.length + found.laws.length + found.gone.length
    list.textContent = ''
    found.gone.forEach(function (g) { list.append(item(link(g.page, g.name), (/\//.test(g.name) ? say.over : say.ended) + (g.since ? ' ' + say.since + ' ' + g.since.split('-').reverse().join('/') : ''), [])) })
    found.laws.slice(0, most).forEach(function (law) { list.append(item(link(law.page, law.called || law.title), '', [law.number, say.law], law.called ? 0 : 2)) })
    rows.slice(0, most).forEach(function (row) {
      var e = engine.entry(row[0]), reading = [engine.best(e, found.query).reading, found.query.readings[found.query.readings.length - 1]], a = link(e.page)
      a.append(marked(e.plain || e.title, reading))
      list.append(item(a, e.plain && e.plain !== e.title ? marked(e.title, reading) : '', [e.code].concat(e.facts), e.plain ? e.foreign : (e.foreign & 1) * 3 | e.foreign))
    })
    status.textContent = (!n ? (found.about === 'law' ? say.unknown : found.about ? say.code : say.none) : rows.length === 1 ? say.one : rows.length ? say.many : say.other).replace('{n}', rows.length).replace('{q}', text)
    var chosen = isChosen(), isLaw = found.about === 'law'
    hide('khong-co', n > 0)
    hide('van-ban', !isLaw)
    hide('meo', isLaw && !chosen)
    hide('bo-loc', !chosen)
    // Who chooses is not left without what is chosen from.
    hide('thu-hep', !found.all.length && !chosen && !narrow.contains(document.activeElement))
    hide('den-loc', narrow.hidden)
    more.hidden = rows.length <= most
    more.onclick = function () {
      var at = list.children.length
      show(found, text, 1e3)
      list.children[at].querySelector('a').focus()
    }
  }
  function run() {
    var text = field.value.trim(), mine = ++asked
    whole.hidden = text !== ''
    box.hidden = text === ''
    if (!text) { status.textContent = ''; return }
    find(text, wanted(), today()).then(function (found) {
      load('goc').then(fields)
      if (mine !== asked) return
      show(found, text, 20)
      count(found)
    }, function () {
      if (mine !== asked) return
      status.textContent = say.fail
      count()
    })
  }
  function soon() { clearTimeout(timer); timer = setTimeout(run, 120) }
  // The address has what was typed at every moment: who leaves comes back to it.
  function keep() {
    var text = field.value.trim()
    if ((new URLSearchParams(location.search).get('q') || '') === text) return
    // A browser that takes so many addresses and no more is told the next time.
    try { history.replaceState(null, '', location.pathname + (text ? '?q=' + encodeURIComponent(text) : '')) } catch (_) {}
  }
  // Without an entry in the history, which a link would make.
  function lead(link, to) {
    document.querySelector(link).addEventListener('click', function (event) {
      event.preventDefault()
      document.getElementById(to).scrollIntoView()
      document.getElementById(to).focus({ preventScroll: true })
    })
  }
  lead('#den-loc a', 'thu-hep-h')
  lead('#ve-kq', 'kq-h')
  form.addEventListener('submit', function (event) { event.preventDefault(); clearTimeout(timer); keep(); run() })
  field.addEventListener('input', function () { keep(); soon() })
  field.addEventListener('change', keep)
  addEventListener('pagehide', keep)
  field.addEventListener('focus', function () { load('goc').then(fields).catch(function () {}) }, { once: true })
  // Up and down, from the field through the results and back.
  page.addEventListener('keydown', function (event) {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.isComposing) return
    var places = [field].concat(Array.from(list.querySelectorAll('h3 a')), more.hidden ? [] : more), at = places.indexOf(event.target)
    var to = at < 0 || box.hidden ? null : event.key === 'ArrowDown' ? places[at + 1] : event.key === 'ArrowUp' ? places[at - 1] : event.key === 'Escape' && at ? field : null
    if (to) { event.preventDefault(); to.focus() }
  })
  filters.addEventListener('change', run)
  filters.addEventListener('submit', function (event) { event.preventDefault() })
  filters.addEventListener('reset', function () { setTimeout(run) })
  addEventListener('keydown', function (event) {
    if (event.key === '/' && !/^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName)) { event.preventDefault(); field.focus() }
  })
  field.value = new URLSearchParams(location.search).get('q') || ''
  run()
})()
