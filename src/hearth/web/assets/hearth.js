// Makes pages nicer where scripts run. Every page works without.
import { initAll } from './govuk-frontend.min.js'

document.body.classList.add('js-enabled', 'govuk-frontend-supported')
initAll()

if (document.querySelector('[data-module^="moj-"]')) {
  import('./moj-frontend.min.js').then((moj) => moj.initAll())
}

const passkey = document.querySelector('[data-passkey]')
if (passkey) {
  import('./passkey.js').then((module) => module.offer(passkey))
}

for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false
  button.addEventListener('click', () => window.print())
}
