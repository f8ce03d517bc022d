// Keys for those who type all day, on top of links and forms that work without them. Whoever speaks to the computer, or hits
// keys by chance, turns single letters off on the page of keys (WCAG 2.1.4).
(() => {
  'use strict'
  const PATIENCE = 1500
  const areOn = () => !document.cookie.split('; ').includes('hoso-phim=tat')
  const inField = target => target.closest('input:not(.tick), textarea, select, [contenteditable]')
  const list = () => document.querySelector('table[data-rows]')
  const rowOf = element => element && element.closest('table[data-rows] tbody tr')

  const move = steps => {
    const table = list()
    if (!table) return false
    const rows = [...table.querySelectorAll('tbody tr')]
    const here = rows.indexOf(rowOf(document.activeElement))
    const next = rows[here < 0 ? 0 : Math.min(Math.max(here + steps, 0), rows.length - 1)]
    const link = next && next.querySelector('th a')
    if (link) link.focus()
    return Boolean(link)
  }

  const tick = () => {
    const row = rowOf(document.activeElement)
    const box = row && row.querySelector('.tick')
    if (box) box.click()
    return Boolean(box)
  }

  const go = letter => {
    const link = document.querySelector(`.nav a[data-key="${CSS.escape(letter)}"]`)
    if (link) link.click()
    return Boolean(link)
  }

  const search = () => {
    const quick = document.getElementById('tim-nhanh')
    if (quick) quick.focus()
    return Boolean(quick)
  }

  const acts = { '/': search, j: () => move(1), k: () => move(-1), x: tick }
  let goes = 0
  document.addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || inField(event.target)) return
    // Enter on a tick would send the form of the acts; it opens the person, as on the name beside it.
    if (event.key === 'Enter' && event.target.matches('.tick')) {
      const link = rowOf(event.target) && rowOf(event.target).querySelector('th a')
      event.preventDefault()
      if (link) link.click()
      return
    }
    if (!areOn()) return
    const key = event.key.toLowerCase()
    const waits = Date.now() - goes < PATIENCE
    goes = !waits && key === 'g' ? Date.now() : 0
    const act = waits ? go(key) : acts[key] && acts[key]()
    if (act) event.preventDefault()
  })

  // The tick for the whole page exists only where a script can keep it true.
  const all = () => document.querySelector('[data-tick-all]')
  const boxes = () => [...document.querySelectorAll('.batch-scope tbody .tick')]
  const settle = () => {
    const ticked = boxes().filter(box => box.checked).length
    const whole = all()
    if (whole) {
      whole.hidden = false
      whole.checked = ticked > 0 && ticked === boxes().length
      whole.indeterminate = ticked > 0 && !whole.checked
    }
    return ticked
  }
  const tell = () => {
    const line = document.getElementById('thong-bao')
    const ticked = settle()
    if (line) line.textContent = ticked > 0 ? `${ticked} người đã chọn` : 'Không còn ai được chọn'
  }
  document.addEventListener('change', event => {
    if (!event.target.matches('.batch-scope .tick')) return
    if (event.target === all()) boxes().forEach(box => { box.checked = event.target.checked })
    tell()
  })
  document.addEventListener('reset', event => { if (event.target.id === 'theo-lo') setTimeout(tell) })
  document.addEventListener('htmx:afterSettle', settle)
  settle()
})()
