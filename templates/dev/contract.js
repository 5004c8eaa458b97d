import { contract } from './api.js'
import { chip, h, statusChip } from './dom.js'
import { schemaView, typeText } from './schema.js'

const contracts = new Map()

/** Forgets the contracts, after the gateways were generated again. */
export function forgetContracts() {
  contracts.clear()
}

/** What the gateway publishes about a route (openapi.json). */
export function contractView(gateway, route) {
  const place = h('div', { class: 'contract' }, h('p', { class: 'dim' }, 'Reading the contract ...'))
  const found = contracts.get(gateway.id) ?? contract(gateway.id)
  contracts.set(gateway.id, found)
  found.then(
    (document) => {
      const item = document.paths?.[route.path] ?? {}
      const operation = item[route.method.toLowerCase()]
      place.replaceChildren(
        operation === undefined
          ? h('p', { class: 'empty' }, 'The contract does not have this route.')
          : operationView(operation, document),
      )
    },
    (error) => place.replaceChildren(h('p', { class: 'warning' }, error.message)),
  )
  return place
}

const resolved = (node, document) =>
  typeof node?.$ref === 'string'
    ? node.$ref
        .split('/')
        .slice(1)
        .reduce(
          (inner, name) => inner?.[decodeURIComponent(name).replaceAll('~1', '/').replaceAll('~0', '~')],
          document,
        )
    : node

function operationView(operation, document) {
  const parameters = (operation.parameters ?? []).map((one) => resolved(one, document))
  const body = resolved(operation.requestBody, document)
  return h(
    'div',
    {},
    operation.description === undefined ? null : h('p', { class: 'description' }, operation.description),
    parameters.length === 0 ? null : [h('h2', {}, 'Parameters'), parameterTable(parameters, document)],
    body === undefined
      ? null
      : [
          h('h2', {}, 'Body', body.required === true ? chip('required', 'role') : null),
          contentView(body.content, document),
        ],
    h('h2', {}, 'Answers'),
    Object.entries(operation.responses ?? {}).map(([status, response]) =>
      responseView(status, resolved(response, document), document),
    ),
  )
}

function parameterTable(parameters, document) {
  return h(
    'div',
    { class: 'sheet' },
    h(
      'table',
      {},
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          ['Name', 'In', 'Type', 'Description'].map((name) => h('th', { scope: 'col' }, name)),
        ),
      ),
      h(
        'tbody',
        {},
        parameters.map((one) =>
          h(
            'tr',
            {},
            h(
              'th',
              { scope: 'row' },
              h('code', {}, one.name),
              one.required === true ? h('span', { class: 'required', title: 'required' }, ' required') : null,
            ),
            h('td', {}, one.in),
            h('td', {}, h('code', {}, typeText(one.schema ?? Object.values(one.content ?? {})[0]?.schema, document))),
            h('td', {}, one.description ?? ''),
          ),
        ),
      ),
    ),
  )
}

function responseView(status, response, document) {
  const number = Number(status)
  return h(
    'details',
    { class: 'response', open: status.startsWith('2') },
    h('summary', {}, Number.isNaN(number) ? chip(status) : statusChip(number), ' ', response?.description ?? ''),
    contentView(response?.content, document),
    headerList(response?.headers),
  )
}

function headerList(headers = {}) {
  const names = Object.keys(headers)
  return names.length === 0
    ? null
    : h(
        'p',
        { class: 'chips' },
        h('span', { class: 'dim' }, 'headers '),
        names.map((name) => chip(name)),
      )
}

function contentView(content = {}, document) {
  return Object.entries(content).map(([type, media]) =>
    h(
      'div',
      { class: 'media' },
      h('p', {}, h('code', {}, type)),
      media.schema === undefined ? null : schemaView(media.schema, document),
    ),
  )
}
