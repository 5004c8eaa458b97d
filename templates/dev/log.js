import { h, statusChip } from './dom.js'

/** Lines that are shown. */
const mostShown = 300

/**
 * The live log, at the bottom of the page.
 *
 * @param {HTMLElement} place
 * @param {HTMLElement} live where the state of the connection is shown
 * @param {() => void} onChange called when the connection opens, also after `dev` was restarted, and when the gateways were generated
 *   again
 */
export function showLog(place, live, onChange) {
  const rows = h('tbody')
  const table = h(
    'table',
    {},
    h(
      'thead',
      {},
      h(
        'tr',
        {},
        ['Time', 'Gateway', 'Status', 'Request', 'Caller', 'Duration', 'Reason'].map((name) =>
          h('th', { scope: 'col' }, name),
        ),
      ),
    ),
    rows,
  )
  const filter = h('input', {
    type: 'search',
    placeholder: 'Filter the log',
    'aria-label': 'Filter the log',
    on: { input: () => apply() },
  })
  const scroll = h(
    'div',
    { class: 'scroll', tabindex: '0', role: 'log', 'aria-label': 'Requests, the newest first' },
    table,
  )
  const toggle = h(
    'button',
    { type: 'button', class: 'quiet', 'aria-expanded': 'true', on: { click: () => fold() } },
    'Hide',
  )
  const clear = h('button', { type: 'button', class: 'quiet', on: { click: () => rows.replaceChildren() } }, 'Clear')
  place.append(h('div', { class: 'bar' }, h('h2', {}, 'Log'), filter, clear, toggle), scroll)

  const fold = () => {
    const folded = place.classList.toggle('folded')
    toggle.textContent = folded ? 'Show' : 'Hide'
    toggle.setAttribute('aria-expanded', String(!folded))
  }
  const apply = () => {
    const wanted = filter.value.toLowerCase()
    for (const row of rows.children) row.hidden = !row.textContent.toLowerCase().includes(wanted)
  }
  const add = (entry) => {
    rows.prepend(entry.kind === 'request' ? requestRow(entry) : noteRow(entry))
    while (rows.children.length > mostShown) rows.lastElementChild.remove()
    if (filter.value !== '') apply()
  }

  const events = new EventSource('/api/log')
  const say = (text, state) => {
    live.textContent = text
    live.dataset.state = state
  }
  events.addEventListener('open', () => {
    rows.replaceChildren()
    say('live', 'on')
    onChange()
  })
  events.addEventListener('error', () => say('not connected', 'off'))
  events.addEventListener('message', ({ data }) => {
    const news = JSON.parse(data)
    if (news.kind === 'changed') onChange()
    else add(news)
  })
}

const time = (ms) => new Date(ms).toLocaleTimeString(undefined, { hour12: false })

function requestRow(entry) {
  return h(
    'tr',
    { title: `request ${entry.id}` },
    h('td', { class: 'when' }, time(entry.time)),
    h('td', {}, entry.client),
    h('td', {}, statusChip(entry.status)),
    h('td', { class: 'mono' }, `${entry.method} ${entry.path ?? '(no route)'}`),
    h('td', {}, entry.principal ?? h('span', { class: 'dim' }, 'nobody')),
    h('td', { class: 'num' }, `${entry.duration} ms`),
    h('td', { class: 'reason' }, entry.reason ?? entry.problem ?? ''),
  )
}

function noteRow(entry) {
  return h(
    'tr',
    { class: `note ${entry.level}` },
    h('td', { class: 'when' }, time(entry.time)),
    h('td', {}, entry.client),
    h('td', {}, h('span', { class: 'chip' }, entry.level)),
    h(
      'td',
      { colspan: '4' },
      entry.message,
      entry.route === null ? null : [' ', h('code', {}, entry.route)],
      entry.details === '' ? null : h('span', { class: 'dim' }, `  ${entry.details}`),
    ),
  )
}
