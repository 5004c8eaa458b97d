import { overview } from './api.js'
import { forgetContracts } from './contract.js'
import { h } from './dom.js'
import { gatewayView } from './gateway.js'
import { showLog } from './log.js'
import { overviewView } from './overview.js'
import { finishSignIn } from './session.js'

const main = document.getElementById('main')
const nav = document.getElementById('nav')
const system = document.getElementById('system')

let state = null
let error = null

/** Addresses: `#/`, `#/<gateway>`, `#/<gateway>/<route>`. */
function render() {
  if (state === null) return
  const [id, route] = location.hash.replace(/^#\/?/, '').split('/').map(decodeURIComponent)
  const gateway = state.gateways.find((one) => one.id === id)
  const link = (href, text, current) => h('a', { href, 'aria-current': current ? 'page' : null }, text)
  nav.replaceChildren(
    link('#/', 'Overview', gateway === undefined),
    ...state.gateways.map((one) => link(`#/${one.id}`, one.id, one === gateway)),
  )
  const scrolled = document.querySelector('.routes ul')?.scrollTop ?? 0
  main.replaceChildren(gateway === undefined ? overviewView(state) : gatewayView({ ...state, error }, gateway, route))
  document.querySelector('.routes ul')?.scrollTo(0, scrolled)
  document.title = `${gateway?.id ?? state.name}: Gatewright`
}

async function load() {
  try {
    state = await overview()
  } catch {
    // The gateways are starting; the log tells when they run.
    return
  }
  system.textContent = state.name
  forgetContracts()
  render()
}

error = await finishSignIn().catch((failure) => failure.message)
window.addEventListener('hashchange', () => {
  error = null
  render()
})
showLog(document.getElementById('log'), document.getElementById('live'), load)
