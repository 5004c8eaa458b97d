import { chip, h } from './dom.js'
import { callerOf, claimsOf, setCaller, signIn } from './session.js'

/** Who calls the gateway, and the button that signs a user in. `changed` is called when the caller changes. */
export function callerBar(state, gateway, changed) {
  const { signIn: way } = gateway
  if (way.kind === 'none') return h('div', { class: 'caller' }, h('p', {}, 'Everybody may call this gateway.'))
  const caller = callerOf(gateway.id)
  const token = caller.kind === 'token' || caller.kind === 'pasted' ? caller.value : null
  const claims = token === null ? null : claimsOf(token)
  const options = [
    ['nobody', 'nobody (no credential)'],
    ...(way.provided ? state.users.map(({ name, purpose }) => [`user ${name}`, `${name} (${purpose})`]) : []),
    ...(caller.kind === 'token' ? [['token', `${claims?.sub ?? 'signed in'} (signed in)`]] : []),
    ['pasted', way.kind === 'key' ? 'a key that I paste' : 'a token that I paste'],
  ]
  const value = caller.kind === 'user' ? `user ${caller.name}` : caller.kind
  const select = h(
    'select',
    {
      id: 'caller',
      on: {
        change: () => {
          const chosen = select.value
          if (chosen.startsWith('user ')) setCaller(gateway.id, { kind: 'user', name: chosen.slice(5) })
          else setCaller(gateway.id, chosen === 'pasted' ? { kind: 'pasted', value: '' } : { kind: 'nobody' })
          changed()
          document.getElementById(chosen === 'pasted' ? 'pasted' : 'caller')?.focus()
        },
      },
    },
    options.map(([name, text]) => h('option', { value: name, selected: name === value }, text)),
  )
  const pasted = h('input', {
    id: 'pasted',
    type: 'text',
    autocomplete: 'off',
    spellcheck: 'false',
    value: token ?? '',
    placeholder: way.kind === 'key' ? 'key' : 'eyJ...',
    'aria-label': 'The credential',
    on: { change: () => setCaller(gateway.id, { kind: 'pasted', value: pasted.value.trim() }) },
  })
  return h(
    'div',
    { class: 'caller' },
    h(
      'div',
      { class: 'line' },
      h('label', { for: 'caller' }, 'Call as'),
      select,
      caller.kind === 'pasted' ? pasted : null,
      signInButton(state, gateway, changed),
    ),
    state.error === null ? null : h('p', { class: 'warning', role: 'alert' }, state.error),
    claims === null ? null : claimsView(claims),
  )
}

function signInButton(state, gateway, changed) {
  const { signIn: way } = gateway
  if (way.kind !== 'token' || way.clientId === null) return null
  const click = async () => {
    try {
      await signIn(gateway)
    } catch (failure) {
      state.error = failure.message
      changed()
    }
  }
  return h('button', { type: 'button', class: 'primary', id: 'sign-in', on: { click } }, 'Sign in')
}

function claimsView(claims) {
  return h(
    'details',
    { class: 'claims', open: true },
    h('summary', {}, 'Claims of the token'),
    h(
      'dl',
      { class: 'facts' },
      Object.entries(claims).map(([name, value]) => [h('dt', {}, name), h('dd', {}, claimValue(name, value))]),
    ),
  )
}

function claimValue(name, value) {
  if (['exp', 'iat', 'nbf', 'auth_time'].includes(name))
    return [h('code', {}, value), h('span', { class: 'dim' }, `  ${new Date(value * 1000).toLocaleString()}`)]
  if (name === 'scope') return value.split(' ').map((scope) => chip(scope))
  if (Array.isArray(value))
    return value.length === 0
      ? h('span', { class: 'dim' }, 'none')
      : value.map((one) => chip(typeof one === 'string' ? one : JSON.stringify(one)))
  return h('code', {}, typeof value === 'string' ? value : JSON.stringify(value))
}
