import { call, sample } from './api.js'
import { copy, h, pretty, statusChip, tabs } from './dom.js'
import { callerOf, userOf } from './session.js'

/** The form of a call, and its answer. The proposed request has the ids of the user who calls. */
export function tryView(users, gateway, route) {
  const place = h('div', { class: 'try' }, h('p', { class: 'dim' }, 'Making a request that fits the contract ...'))
  sample(gateway.id, route.id, userOf(callerOf(gateway.id), users)?.name ?? 'alice').then(
    (proposed) => place.replaceChildren(...form(gateway, route, proposed)),
    (error) => place.replaceChildren(h('p', { class: 'warning' }, error.message)),
  )
  return place
}

function form(gateway, route, proposed) {
  const answer = h('div', { class: 'answer', role: 'region', 'aria-label': 'Answer', 'aria-live': 'polite' })
  const target = h('input', {
    id: 'target',
    class: 'mono',
    value: proposed.target,
    spellcheck: 'false',
    autocomplete: 'off',
  })
  const headers = h('textarea', {
    id: 'headers',
    class: 'mono',
    rows: String(Object.keys(proposed.headers).length + 1),
    spellcheck: 'false',
    value: Object.entries(proposed.headers)
      .map((pair) => pair.join(': '))
      .join('\n'),
  })
  const body =
    proposed.body === null
      ? null
      : h('textarea', {
          id: 'body',
          class: 'mono',
          rows: String(Math.min(14, proposed.body.split('\n').length + 1)),
          spellcheck: 'false',
          value: proposed.body,
        })
  const send = h('button', { type: 'submit', class: 'primary', id: 'send' }, 'Send')
  const submit = async (event) => {
    event.preventDefault()
    send.disabled = true
    const request = {
      gateway: gateway.id,
      method: route.method,
      target: target.value,
      headers: fields(headers.value),
      body: body?.value ?? null,
    }
    try {
      answer.replaceChildren(answerView(await call({ ...request, ...identity(gateway) })))
    } catch (error) {
      answer.replaceChildren(h('p', { class: 'warning' }, error.message))
    } finally {
      send.disabled = false
      answer.scrollIntoView({ block: 'nearest' })
    }
  }
  return [
    h(
      'form',
      { on: { submit } },
      h('label', { for: 'target' }, 'Path and query'),
      h('div', { class: 'line' }, target, send),
      h('label', { for: 'headers' }, 'Headers'),
      headers,
      body === null ? null : [h('label', { for: 'body' }, 'Body'), body],
      proposed.fits
        ? null
        : h(
            'p',
            { class: 'warning' },
            'No value was found that fits every part of the contract; complete the request yourself.',
          ),
    ),
    answer,
  ]
}

function identity(gateway) {
  const caller = callerOf(gateway.id)
  if (caller.kind === 'user') return { user: caller.name }
  return caller.kind === 'nobody' || caller.value === '' ? {} : { credential: caller.value }
}

function fields(text) {
  const pairs = text.split('\n').map((line) => /^([^:]+):\s*(.*)$/.exec(line.trim()))
  return Object.fromEntries(pairs.filter((pair) => pair !== null).map(([, name, value]) => [name, value]))
}

function answerView(answer) {
  const shown = answer.text === null ? null : pretty(answer.text)
  const size = `${answer.bytes} ${answer.bytes === 1 ? 'byte' : 'bytes'}`
  return h(
    'div',
    {},
    h(
      'p',
      { class: 'line head' },
      statusChip(answer.status),
      h('b', {}, answer.reason),
      h('span', { class: 'dim' }, `${answer.duration.toFixed(1)} ms, ${size}${answer.cut ? ', cut' : ''}`),
    ),
    tabs('Answer', [
      { name: 'Body', panel: () => bodyView(shown, answer.bytes) },
      { name: `Headers (${answer.headers.length})`, panel: () => headersView(answer.headers) },
      ...(answer.exchanges.length === 0
        ? []
        : [
            {
              name: 'What the service answered',
              panel: () =>
                h(
                  'div',
                  {},
                  answer.exchanges.map((one) => exchangeView(one, shown ?? '')),
                ),
            },
          ]),
    ]),
  )
}

function bodyView(text, bytes) {
  if (text === null) return h('p', { class: 'dim' }, `${bytes} bytes that are not text`)
  if (text === '') return h('p', { class: 'dim' }, 'no body')
  return h('div', { class: 'code' }, copy(text, 'the body'), h('pre', { tabindex: '0' }, h('code', {}, text)))
}

function headersView(headers) {
  return h(
    'div',
    { class: 'sheet' },
    h(
      'table',
      { class: 'headers' },
      h(
        'tbody',
        {},
        headers.map(([name, value]) =>
          h('tr', {}, h('th', { scope: 'row', class: 'mono' }, name.toLowerCase()), h('td', { class: 'mono' }, value)),
        ),
      ),
    ),
  )
}

/** What the service answered. Lines that the caller did not get are marked. */
function exchangeView({ service, method, url, status, text }, received) {
  const bare = (line) => line.trim().replace(/,$/, '')
  const got = new Set(received.split('\n').map(bare))
  const lines = text === null ? [] : pretty(text).split('\n')
  const removed = lines.filter((line) => !got.has(bare(line))).length
  const view = h(
    'div',
    {},
    h(
      'p',
      { class: 'line head' },
      statusChip(status),
      h('code', {}, `${method} ${url}`),
      h('span', { class: 'dim' }, service ?? 'no operation'),
    ),
    removed === 0 ? null : h('p', { class: 'dim' }, 'The gateway did not pass on what is marked.'),
    lines.length === 0
      ? h('p', { class: 'dim' }, 'a body that is not text')
      : h(
          'div',
          { class: 'code' },
          h(
            'pre',
            { tabindex: '0' },
            h(
              'code',
              {},
              lines.map((line, index) => [
                got.has(bare(line)) ? line : h('mark', {}, line),
                index < lines.length - 1 ? '\n' : null,
              ]),
            ),
          ),
        ),
  )
  requestAnimationFrame(() => view.querySelector('mark')?.scrollIntoView({ block: 'nearest' }))
  return view
}
