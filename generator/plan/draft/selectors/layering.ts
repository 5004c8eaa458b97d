import type { AccessModel, At, CredentialModel, ExposeOptions } from '../../../model/types.ts'
import type { Origin } from '../../../support/index.ts'
import type { Layer } from './selection.ts'
import { isMoreSpecific } from './selector.ts'

/** A value of the manifest that won, and the entry that says it. */
export interface Chosen<T> {
  readonly value: T
  readonly layer: Layer
  readonly origin: Origin
}

/** Two entries of which neither is more specific, and which set the same option differently. */
export interface Disagreement {
  readonly option: string
  readonly first: Layer
  readonly second: Layer
}

/** What the manifest says about the access of a route, all entries taken together. */
export type AccessChoice =
  | {
      readonly kind: 'rule'
      readonly scopes: Chosen<readonly string[]> | null
      readonly roles: Chosen<readonly string[]> | null
      readonly authenticated: Chosen<boolean> | null
      readonly when: Chosen<string> | null
      readonly origin: Origin
    }
  | { readonly kind: 'public'; readonly because: At<string>; readonly origin: Origin }
  | {
      readonly kind: 'override'
      readonly rule: AccessModel
      readonly because: At<string> | null
      readonly origin: Origin
    }

/** A claim that fills an input, or that a path parameter must be among. */
export interface ClaimUse {
  /** The input or parameter as written. */
  readonly input: string
  readonly from: string
  readonly origin: Origin
}

/** The options of one route. `null`: no entry says anything. */
export interface RouteOptions {
  readonly path: Chosen<string> | null
  readonly method: Chosen<string> | null
  readonly access: AccessChoice | null
  readonly bind: readonly ClaimUse[]
  readonly own: readonly ClaimUse[]
  readonly credential: Chosen<readonly CredentialModel[]> | null
  readonly timeout: Chosen<number> | null
  readonly answers: Chosen<'off' | 'report' | 'enforce'> | null
  readonly undeclared: Chosen<'drop' | 'pass'> | null
  readonly undeclaredQuery: Chosen<'drop' | 'refuse'> | null
  readonly maxBody: Chosen<number> | null
}

/**
 * Lays the more specific entries' options over the less specific ones', option by option. The members of an access rule, of
 * `bind` and of `own` are options of their own: an entry that adds `when` keeps the scopes that a less specific one asks, and
 * one that binds another input unbinds none. `public` and `override` replace the access of less specific entries whole.
 */
export function layOver(layers: readonly Layer[]): {
  readonly options: RouteOptions
  readonly disagreements: readonly Disagreement[]
} {
  const disagreements: Disagreement[] = []

  const choose = <T>(
    option: string,
    among: readonly Layer[],
    value: (layer: Layer) => { readonly value: T; readonly origin: Origin } | null,
  ): Chosen<T> | null => {
    const said = among.flatMap((layer) => {
      const found = value(layer)
      return found === null ? [] : [{ ...found, layer }]
    })
    const winners = said.filter(
      ({ layer }) => !said.some((other) => isMoreSpecific(other.layer.selector, layer.selector)),
    )
    const [first, ...rest] = winners
    if (first === undefined) return null
    const other = rest.find((one) => contents(one.value) !== contents(first.value))
    if (other !== undefined) disagreements.push({ option, first: first.layer, second: other.layer })
    return first
  }
  const option = <K extends 'path' | 'method' | 'timeout' | 'answers' | 'undeclared' | 'undeclaredQuery' | 'maxBody'>(
    name: K,
  ): Chosen<NonNullable<ExposeOptions[K]>['value']> | null =>
    choose<NonNullable<ExposeOptions[K]>['value']>(name, layers, ({ entry }) => entry.options[name])

  const options: RouteOptions = {
    path: option('path'),
    method: option('method'),
    access: chooseAccess(layers, choose),
    bind: chooseClaims('bind', layers, choose, ({ entry }) =>
      (entry.options.bind ?? []).map(({ input, from, origin }) => ({ input, from, origin })),
    ),
    own: chooseClaims('own', layers, choose, ({ entry }) =>
      (entry.options.own ?? []).map(({ parameter, from, origin }) => ({ input: parameter, from, origin })),
    ),
    credential: choose('credential', layers, ({ entry }) => {
      const list = entry.options.credential
      return list === null ? null : { value: list, origin: list[0]?.origin ?? entry.origin }
    }),
    timeout: option('timeout'),
    answers: option('answers'),
    undeclared: option('undeclared'),
    undeclaredQuery: option('undeclaredQuery'),
    maxBody: option('maxBody'),
  }
  return { options, disagreements }
}

type Choose = <T>(
  option: string,
  among: readonly Layer[],
  value: (layer: Layer) => { readonly value: T; readonly origin: Origin } | null,
) => Chosen<T> | null

function chooseAccess(layers: readonly Layer[], choose: Choose): AccessChoice | null {
  const speaking = layers.filter(({ entry }) => kindOf(entry.options.access) !== null)
  const chosen = choose('access', speaking, ({ entry }) => {
    const { access } = entry.options
    const kind = kindOf(access)
    if (access === null || kind === null) return null
    // Rules are compared member by member below.
    return { value: kind === 'rule' ? { kind } : { kind, access }, origin: access.origin }
  })
  const access = chosen?.layer.entry.options.access ?? null
  if (chosen === null || access === null) return null
  if (access.override !== null)
    return { kind: 'override', rule: access.override, because: access.because, origin: access.origin }
  if (access.public !== null) return { kind: 'public', because: access.public, origin: access.origin }

  const others = speaking.filter(({ entry }) => kindOf(entry.options.access) !== 'rule')
  const rules = speaking
    .filter(({ entry }) => kindOf(entry.options.access) === 'rule')
    .filter(({ selector }) => !others.some((other) => isMoreSpecific(other.selector, selector)))
  const member = <T>(name: string, read: (access: AccessModel) => T | null): Chosen<T> | null =>
    choose(`access.${name}`, rules, ({ entry }) => {
      const { access } = entry.options
      const value = access === null ? null : read(access)
      return access === null || value === null ? null : { value, origin: access.origin }
    })
  return {
    kind: 'rule',
    scopes: member('scopes', ({ scopes }) => (scopes.length === 0 ? null : [...scopes].sort())),
    roles: member('roles', ({ roles }) => (roles.length === 0 ? null : [...roles].sort())),
    authenticated: member('authenticated', ({ authenticated }) => authenticated || null),
    when: choose('access.when', rules, ({ entry }) => entry.options.access?.when ?? null),
    origin: access.origin,
  }
}

/** What an entry's access is, or `null` when it says nothing. */
function kindOf(access: AccessModel | null): AccessChoice['kind'] | null {
  if (access === null) return null
  if (access.override !== null) return 'override'
  if (access.public !== null) return 'public'
  const asks = access.authenticated || access.scopes.length > 0 || access.roles.length > 0 || access.when !== null
  return asks ? 'rule' : null
}

function chooseClaims(
  name: 'bind' | 'own',
  layers: readonly Layer[],
  choose: Choose,
  read: (layer: Layer) => readonly ClaimUse[],
): readonly ClaimUse[] {
  const inputs = [...new Set(layers.flatMap((layer) => read(layer).map(({ input }) => input)))].sort()
  return inputs.flatMap((input) => {
    const chosen = choose(`${name}.${input}`, layers, (layer) => {
      const use = read(layer).find((one) => one.input === input)
      return use === undefined ? null : { value: use.from, origin: use.origin }
    })
    return chosen === null ? [] : [{ input, from: chosen.value, origin: chosen.origin }]
  })
}

/** What two values must share to be the same, wherever they were written. */
function contents(value: unknown): string {
  return JSON.stringify(value, (key, member: unknown) => (key === 'origin' ? undefined : member))
}
