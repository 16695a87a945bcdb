// Warns two minutes before somebody is signed out for doing nothing. Other pages of his may have been used meanwhile,
// so the server is asked first how much time is left; asking does not count as being there.
const WARNING = 120

export function watch (dialog) {
  const ask = dialog.querySelector('[data-stay-ask]')
  const over = dialog.querySelector('[data-stay-over]')
  let timer

  const wait = (seconds, then) => {
    clearTimeout(timer)
    timer = setTimeout(then, Math.max(seconds, 0) * 1000)
  }

  async function secondsLeft () {
    try {
      const answer = await fetch(dialog.dataset.timeLeft, { redirect: 'error', headers: { Accept: 'application/json' } })
      return (await answer.json()).seconds
    } catch {
      return 0
    }
  }

  async function look () {
    const left = await secondsLeft()
    if (left > WARNING) {
      if (ask.hidden === false && over.hidden) dialog.close()
      wait(left - WARNING, look)
      return
    }
    if (left > 0) {
      if (!dialog.open) dialog.showModal()
      wait(left + 1, look)
      return
    }
    ask.hidden = true
    over.hidden = false
    if (!dialog.open) dialog.showModal()
  }

  ask.addEventListener('submit', async (event) => {
    event.preventDefault()
    await fetch(ask.action, { method: 'POST', body: new FormData(ask), redirect: 'error' }).catch(() => {})
    dialog.close()
    look()
  })
  dialog.querySelector('[data-stay-close]').addEventListener('click', () => dialog.close())
  wait(Number(dialog.dataset.idleSeconds) - WARNING, look)
}
