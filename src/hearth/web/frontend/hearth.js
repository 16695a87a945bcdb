// Makes pages nicer where scripts run. Every page works without.
import { initAll } from './govuk-frontend.min.js'

document.body.classList.add('js-enabled', 'govuk-frontend-supported')
initAll()

if (document.querySelector('[data-module^="moj-"]')) {
  import('./moj-frontend.min.js').then((moj) => moj.initAll())
}

const passkeys = document.querySelectorAll('[data-passkey]')
if (passkeys.length) {
  import('./passkey.js').then((module) => passkeys.forEach(module.offer))
}

const kept = document.querySelectorAll('form[data-keeps]')
if (kept.length) {
  import('./keep.js').then((module) => kept.forEach(module.keep))
}

const stay = document.querySelector('[data-stay]')
if (stay) {
  import('./stay.js').then((module) => module.watch(stay))
}

for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false
  button.addEventListener('click', () => window.print())
}
