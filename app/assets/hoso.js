// Comfort on top of pages that work without it: saving by key, unsaved text, announcements after an exchange.
(() => {
  'use strict'
  const say = text => {
    const line = document.getElementById('thong-bao')
    if (line) line.textContent = text
  }

  document.addEventListener('keydown', event => {
    if (event.ctrlKey && event.key === 'Enter') {
      const form = event.target.closest('form')
      if (form) { event.preventDefault(); form.requestSubmit() }
      return
    }
    if (event.key !== 'Escape') return
    document.querySelectorAll('details.menu[open]').forEach(menu => {
      if (menu.contains(document.activeElement)) menu.querySelector('summary').focus()
      menu.open = false
    })
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

  // The index beside a long page marks the part that is being read.
  const mark = () => {
    const index = document.querySelector('.index.sticky')
    const links = index ? [...index.querySelectorAll('a[href^="#"]')] : []
    const above = link => {
      const part = document.getElementById(link.hash.slice(1))
      return part !== null && part.getBoundingClientRect().top <= 96
    }
    const here = links.filter(above).pop() || links[0]
    for (const link of links) {
      if (link === here) link.setAttribute('aria-current', 'true')
      else link.removeAttribute('aria-current')
    }
    if (here && getComputedStyle(index).position === 'sticky') {
      const top = here.offsetTop - index.offsetTop
      if (top < index.scrollTop || top > index.scrollTop + index.clientHeight - 48) index.scrollTop = top - index.clientHeight / 2
    }
  }
  let drawn = 0
  document.addEventListener('scroll', () => { drawn = drawn || requestAnimationFrame(() => { drawn = 0; mark() }) }, { passive: true })
  mark()

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
