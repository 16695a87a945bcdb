// Passkeys: asks the browser for one and puts what it answers into the form it belongs to.
const isAble = () =>
  window.PublicKeyCredential &&
  'parseRequestOptionsFromJSON' in PublicKeyCredential &&
  'parseCreationOptionsFromJSON' in PublicKeyCredential

async function options (form) {
  const here = form.querySelector('[data-passkey-options]')
  if (here) return JSON.parse(here.textContent)
  const answer = await fetch(form.dataset.optionsFrom, { headers: { Accept: 'application/json' } })
  return (await answer.json()).request_options
}

async function credential (form) {
  const { publicKey } = await options(form)
  if (form.dataset.passkey === 'add') {
    return navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(publicKey) })
  }
  return navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(publicKey) })
}

export function offer (form) {
  if (!isAble()) return
  form.hidden = false
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    const problem = form.querySelector('[data-passkey-problem]')
    problem.hidden = true
    try {
      form.elements.credential.value = JSON.stringify(await credential(form))
    } catch {
      problem.hidden = false
      return
    }
    form.submit()
  })
}
