// Saves what is typed into a form, a moment after the last key, and says when. Nothing is kept in the browser.
const A_MOMENT = 2000

export function keep (form) {
  const said = form.querySelectorAll('[data-kept-words]')
  let timer = null
  let isLeaving = false
  const say = (words) => said.forEach((place) => { place.textContent = words })

  async function save () {
    const typed = new FormData(form)
    typed.set('act', 'keep')
    try {
      const answer = await fetch(form.action, {
        method: 'POST',
        body: new URLSearchParams(typed),
        headers: { Accept: 'application/json' },
        redirect: 'manual'
      })
      if (isLeaving) return
      say(answer.type === 'opaqueredirect' ? form.dataset.signedOut : answer.ok ? (await answer.json()).words : form.dataset.keeps)
    } catch {
      if (!isLeaving) say(form.dataset.keeps)
    }
  }

  function saveSoon () {
    clearTimeout(timer)
    timer = setTimeout(save, A_MOMENT)
  }

  form.addEventListener('input', saveSoon)
  form.addEventListener('submit', () => {
    isLeaving = true
    clearTimeout(timer)
  })
  // Whoever comes back with the browser's own button finds the page as it was, and goes on typing.
  window.addEventListener('pageshow', () => { isLeaving = false })
  // This script may come long after the form: somebody on a slow line has typed by then.
  if (wordsIn(form) !== wordsIn(asItCame(form))) saveSoon()
}

function wordsIn (form) {
  return new URLSearchParams(new FormData(form)).toString()
}

function asItCame (form) {
  const copy = form.cloneNode(true)
  copy.reset()
  return copy
}
