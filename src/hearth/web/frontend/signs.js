// Shows above the form the lines that a chosen sign brings, and takes them away with it.
export function follow (list) {
  const lines = list.querySelectorAll('[data-signs]')

  function show () {
    const chosen = [...document.querySelectorAll('[name="signs"]:checked')].map((box) => box.value)
    for (const line of lines) {
      const isShown = line.dataset.signs.split(' ').some((sign) => chosen.includes(sign))
      if (line.hidden === isShown) line.hidden = !isShown
    }
  }

  document.addEventListener('change', show)
  // A browser that goes back ticks the boxes again by itself.
  window.addEventListener('pageshow', show)
  show()
}
