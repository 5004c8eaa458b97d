import { chip, copy, h } from './dom.js'

/** The start: gateways, users and services. */
export function overviewView(state) {
  return h(
    'div',
    { class: 'overview' },
    h(
      'section',
      { 'aria-labelledby': 'gateways' },
      h('h1', { id: 'gateways' }, 'Gateways'),
      h(
        'div',
        { class: 'cards' },
        state.gateways.map((gateway) => gatewayCard(gateway)),
      ),
    ),
    state.users.length === 0 ? null : usersSection(state),
    servicesSection(state),
  )
}

function gatewayCard(gateway) {
  const open = gateway.routes.filter(({ access }) => access === 'public').length
  return h(
    'article',
    { class: 'card' },
    h('h2', {}, h('a', { class: 'card-link', href: `#/${gateway.id}` }, gateway.id)),
    address(gateway.url, gateway.id),
    h('p', { class: 'dim' }, `${gateway.routes.length} routes, ${open} of them public`),
    signInText(gateway),
    gateway.notes.map((note) => h('p', { class: 'warning' }, note)),
    h('a', { class: 'button', href: `#/${gateway.id}` }, 'Try its routes'),
  )
}

function address(url, label) {
  return h('p', { class: 'address' }, h('code', {}, url), copy(url, `the address of ${label}`))
}

function signInText({ signIn }) {
  if (signIn.kind === 'none') return h('p', {}, 'Everybody may call it.')
  if (signIn.kind === 'key') {
    return h(
      'p',
      {},
      'API key in ',
      h('code', {}, signIn.header),
      signIn.provided ? '; each user has one.' : '; the keys are those of the shell.',
    )
  }
  if (signIn.clientId === null)
    return h('p', {}, 'Tokens of ', h('code', {}, signIn.issuer), '. Sign in there, and paste a token.')
  return h(
    'dl',
    { class: 'facts' },
    fact('client id', signIn.clientId),
    fact('issuer', signIn.issuer),
    signIn.audience === null ? null : fact('audience', signIn.audience),
    h('dt', {}, 'redirects'),
    h('dd', {}, 'any address on localhost'),
  )
}

function fact(name, value) {
  return [h('dt', {}, name), h('dd', {}, h('code', {}, value))]
}

function usersSection({ users }) {
  return h(
    'section',
    { 'aria-labelledby': 'users' },
    h('h1', { id: 'users' }, 'Users'),
    h('p', { class: 'dim' }, 'They sign in without a password. Their claims fit what the routes bind.'),
    h('div', { class: 'cards' }, users.map(userCard)),
  )
}

function userCard({ name, subject, purpose, roles, scopes, claims }) {
  return h(
    'article',
    { class: 'card user' },
    h('h2', {}, name),
    h('p', { class: 'dim' }, purpose),
    h(
      'dl',
      { class: 'facts' },
      fact('sub', subject),
      Object.entries(claims).map(([claim, value]) =>
        fact(claim, typeof value === 'string' ? value : JSON.stringify(value)),
      ),
    ),
    roles.length === 0
      ? null
      : h(
          'p',
          { class: 'chips' },
          roles.map((role) => chip(role, 'role')),
        ),
    scopes.length === 0
      ? null
      : h(
          'details',
          {},
          h('summary', {}, `${scopes.length} scopes`),
          h(
            'p',
            { class: 'chips' },
            scopes.map((scope) => chip(scope)),
          ),
        ),
  )
}

function servicesSection({ services, issuer }) {
  return h(
    'section',
    { 'aria-labelledby': 'services' },
    h('h1', { id: 'services' }, 'Services'),
    h(
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
            ['Service', 'Address', 'Operations', ''].map((name) => h('th', { scope: 'col' }, name)),
          ),
        ),
        h(
          'tbody',
          {},
          services.map(({ id, title, url, simulated, operations }) =>
            h(
              'tr',
              {},
              h('th', { scope: 'row' }, id, title === id ? null : h('span', { class: 'dim' }, `  ${title}`)),
              h('td', {}, h('code', {}, url)),
              h('td', { class: 'num' }, operations),
              h('td', {}, simulated ? chip('simulated') : chip('real', 'real')),
            ),
          ),
          issuer === null
            ? null
            : h(
                'tr',
                {},
                h('th', { scope: 'row' }, 'identity provider'),
                h('td', {}, h('code', {}, issuer)),
                h('td', {}),
                h('td', {}, chip('development')),
              ),
        ),
      ),
    ),
  )
}
