import { callerBar } from './caller.js'
import { contractView } from './contract.js'
import { chip, h, method, tabs } from './dom.js'
import { tryView } from './try.js'

/** A gateway: its routes, who calls, and the chosen route. */
export function gatewayView(state, gateway, routeId) {
  const route = gateway.routes.find(({ id }) => id === routeId) ?? gateway.routes[0]
  const detail = h('div', { class: 'detail' })
  const show = () =>
    detail.replaceChildren(
      callerBar(state, gateway, show),
      route === undefined ? h('p', { class: 'empty' }, 'It has no routes.') : routeView(state.users, gateway, route),
    )
  show()
  return h('div', { class: 'gateway' }, routeList(gateway, route), detail)
}

function routeList(gateway, chosen) {
  const items = gateway.routes.map((route) =>
    h(
      'li',
      {},
      h(
        'a',
        {
          href: `#/${gateway.id}/${encodeURIComponent(route.id)}`,
          'aria-current': route === chosen ? 'page' : null,
          title: route.summary,
        },
        method(route.method),
        h('span', { class: 'path' }, brokenPath(route.path)),
        route.access === 'public' ? h('span', { class: 'open', title: 'public' }, 'public') : null,
      ),
    ),
  )
  const filter = h('input', {
    type: 'search',
    placeholder: `Filter ${gateway.routes.length} routes`,
    'aria-label': 'Filter routes',
    on: {
      input: () => {
        const wanted = filter.value.toLowerCase()
        for (const [index, item] of items.entries()) {
          const { method: verb, path, id } = gateway.routes[index]
          item.hidden = !`${verb} ${path} ${id}`.toLowerCase().includes(wanted)
        }
      },
    },
  })
  return h('nav', { class: 'routes', 'aria-label': `Routes of ${gateway.id}` }, filter, h('ul', {}, items))
}

function routeView(users, gateway, route) {
  return h(
    'article',
    { class: 'route' },
    h('h1', {}, method(route.method), ' ', h('span', { class: 'mono' }, route.path)),
    h(
      'p',
      { class: 'about' },
      h('code', {}, route.id),
      route.deprecated ? chip('deprecated', 'real') : null,
      route.summary === null ? null : h('span', {}, route.summary),
    ),
    h('p', { class: 'who' }, h('b', {}, 'Who may call: '), plainWho(route.who)),
    tabs('Route', [
      { name: 'Try', panel: () => tryView(users, gateway, route) },
      { name: 'Contract', panel: () => contractView(gateway, route) },
    ]),
  )
}

/** The rule is Markdown in ACCESS.md: code in backticks, emphasis in asterisks. */
function plainWho(who) {
  return who
    .split(/(`[^`]*`)/)
    .map((part) => (part.startsWith('`') ? h('code', {}, part.slice(1, -1)) : part.replaceAll(/\*+/g, '')))
}

/** A path that breaks after its slashes where it is too long for a line. */
function brokenPath(path) {
  return path.split(/(?<=\/)/).map((part) => [part, h('wbr')])
}
