// Passkeys: asks the browser for one and posts its answer. Forms say by data-passkey what is wanted: "create" and
// "get" find their options in #passkey-options, "sign-in" fetches them. Without this file the other ways are offered.
'use strict'

;(function () {
  const isAddress = /^[\d.]+$|^\[/.test(window.location.hostname) // browsers keep passkeys for names alone
  const usable = window.isSecureContext && window.PublicKeyCredential && window.webauthnJSON && !isAddress

  async function options (form) {
    if (form.dataset.passkey !== 'sign-in') {
      return JSON.parse(document.getElementById('passkey-options').textContent)
    }
    const answer = await fetch(form.action, { headers: { Accept: 'application/json' } })
    if (!answer.ok) throw new Error(answer.statusText)
    return answer.json()
  }

  function forAlone (wanted, alone) {
    const selection = wanted.publicKey.authenticatorSelection
    selection.residentKey = alone ? 'required' : 'discouraged'
    selection.requireResidentKey = alone
    if (alone) selection.userVerification = 'required'
    return wanted
  }

  async function ask (form) {
    const given = await options(form)
    if (form.dataset.passkey !== 'create') return window.webauthnJSON.get(given.request_options)
    const alone = Boolean(form.elements.passwordless && form.elements.passwordless.checked)
    return window.webauthnJSON.create(forAlone(given.creation_options, alone))
  }

  function prepare (form) {
    const trouble = form.querySelector('[data-passkey-trouble]')
    const button = form.querySelector('[data-passkey-with] button')
    form.querySelector('[data-passkey-without]').hidden = true
    form.querySelector('[data-passkey-with]').hidden = false
    form.addEventListener('submit', (event) => event.preventDefault())
    button.addEventListener('click', async () => {
      trouble.textContent = ''
      button.disabled = true
      try {
        form.elements.credential.value = JSON.stringify(await ask(form))
        form.submit()
      } catch (error) {
        button.disabled = false
        trouble.textContent = error.name === 'NotAllowedError' ? form.dataset.passkeyCancelled : form.dataset.passkeyFailed
      }
    })
  }

  if (usable) document.querySelectorAll('form[data-passkey]').forEach(prepare)
})()
