// Makes pages nicer where scripts run. Every page works without.
import { initAll } from './govuk-frontend.min.js'

document.body.classList.add('js-enabled', 'govuk-frontend-supported')
initAll()
const coming = []

if (document.querySelector('[data-module^="moj-"]')) {
  coming.push(import('./moj-frontend.min.js').then((moj) => moj.initAll()))
}

const passkeys = document.querySelectorAll('[data-passkey]')
if (passkeys.length) {
  coming.push(import('./passkey.js').then((module) => passkeys.forEach(module.offer)))
}

const kept = document.querySelectorAll('form[data-keeps]')
if (kept.length) {
  coming.push(import('./keep.js').then((module) => kept.forEach(module.keep)))
}

const bySign = document.querySelector('[data-lines-by-sign]')
if (bySign) {
  coming.push(import('./signs.js').then((module) => module.follow(bySign)))
}

const stay = document.querySelector('[data-stay]')
if (stay) {
  coming.push(import('./stay.js').then((module) => module.watch(stay)))
}

for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false
  button.addEventListener('click', () => window.print())
}

Promise.allSettled(coming).then(() => document.body.classList.add('hearth-ready'))
