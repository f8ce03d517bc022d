// Comfort on top of pages that work without it: quick search key, unsaved text, announcements after an exchange.
(() => {
  'use strict'
  const say = text => {
    const line = document.getElementById('thong-bao')
    if (line) line.textContent = text
  }
  const inField = target => target.closest('input, textarea, select, [contenteditable]')

  document.addEventListener('keydown', event => {
    if (event.ctrlKey && event.key === 'Enter') {
      const form = event.target.closest('form')
      if (form) { event.preventDefault(); form.requestSubmit() }
      return
    }
    if (event.key === 'Escape') document.querySelectorAll('details.menu[open]').forEach(menu => { menu.open = false })
    if (inField(event.target) || event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === '/') {
      const quick = document.getElementById('tim-nhanh')
      if (quick) { event.preventDefault(); quick.focus() }
    }
  })

  // A menu closes when focus or a click goes elsewhere.
  document.addEventListener('click', event => {
    document.querySelectorAll('details.menu[open]').forEach(menu => { if (!menu.contains(event.target)) menu.open = false })
  })

  // Leaving with unsaved text warns; a form says it wants this with data-guard.
  let unsaved = false
  document.addEventListener('input', event => { if (event.target.closest('form[data-guard]')) unsaved = true })
  document.addEventListener('submit', () => { unsaved = false })
  window.addEventListener('beforeunload', event => { if (unsaved) event.preventDefault() })

  document.addEventListener('htmx:afterSwap', event => {
    unsaved = false
    // A page brought back from the history has no target.
    if (!event.detail.target) return
    const heading = event.detail.target.querySelector('[data-focus], h2, h3')
    if (heading && event.detail.target.contains(document.activeElement) === false) {
      heading.setAttribute('tabindex', '-1')
      heading.focus({ preventScroll: true })
    }
    const told = event.detail.target.querySelector('[data-say]')
    if (told) say(told.dataset.say)
  })
  const failed = () => say('Chưa thực hiện được. Nội dung trên màn hình vẫn được giữ; hãy thử lại.')
  document.addEventListener('htmx:responseError', failed)
  document.addEventListener('htmx:sendError', failed)
})()
