import type { AccessModel, At, ClaimUse, OpenUse, ParameterUse } from '../../../model/types.ts'
import { type SaidWhole, wholeAt } from '../../../settings/index.ts'
import type { Origin } from '../../../support/index.ts'
import type { Layer } from './selection.ts'
import { isMoreSpecific } from './selector.ts'

/** The chosen value of an option, and the entry that sets it. */
export interface Chosen<T> extends At<T> {
  readonly layer: Layer
}

/** Two entries of which neither is more specific, and which set the same option differently. */
export interface Disagreement {
  readonly option: string
  readonly first: Layer
  readonly second: Layer
}

/** The access of a route according to the manifest, with all entries combined. */
export type AccessChoice =
  | {
      readonly kind: 'rule'
      readonly scopes: Chosen<readonly string[]> | null
      readonly roles: Chosen<readonly string[]> | null
      readonly authenticated: Chosen<boolean> | null
      readonly when: Chosen<string> | null
      readonly origin: Origin
    }
  | {
      readonly kind: 'public'
      readonly because: At<string>
      /** Callers may authenticate. */
      readonly optional: boolean
      readonly origin: Origin
    }
  | {
      readonly kind: 'override'
      readonly rule: AccessModel
      readonly because: At<string> | null
      readonly origin: Origin
    }

/** The settings that are not merged member by member. `null`: no entry sets it. */
type WholeOptions = {
  readonly [N in keyof SaidWhole<'selector'>]: Chosen<NonNullable<SaidWhole<'selector'>[N]>['value']> | null
}

/** The options of one route. */
export interface RouteOptions extends WholeOptions {
  readonly access: AccessChoice | null
  readonly bind: readonly ClaimUse[]
  readonly own: readonly ClaimUse[]
  readonly parameters: readonly ParameterUse[]
  readonly open: readonly OpenUse[]
}

/**
 * Merges the options of all entries: of each option, the most specific entry that sets it wins. Each member of an access rule, of
 * `bind`, `own`, `parameters` and `open` is a separate option: an entry that adds `when` keeps the scopes of a less specific one, and an entry that
 * binds another input keeps the other binds. `public` and `override` replace the whole access of less specific entries.
 */
export function layOver(layers: readonly Layer[]): {
  readonly options: RouteOptions
  readonly disagreements: readonly Disagreement[]
} {
  const disagreements: Disagreement[] = []

  const choose = <T>(
    option: string,
    among: readonly Layer[],
    value: (layer: Layer) => At<T> | null,
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
  const whole = wholeAt('selector').map((name) => [
    name,
    choose<unknown>(name, layers, ({ entry }) => entry.options[name]),
  ])
  const options: RouteOptions = {
    ...(Object.fromEntries(whole) as WholeOptions),
    access: chooseAccess(layers, choose),
    bind: chooseClaims('bind', layers, choose),
    own: chooseClaims('own', layers, choose),
    parameters: chooseParameters(layers, choose),
    open: chooseOpen(layers, choose),
  }
  return { options, disagreements }
}

type Choose = <T>(option: string, among: readonly Layer[], value: (layer: Layer) => At<T> | null) => Chosen<T> | null

function chooseAccess(layers: readonly Layer[], choose: Choose): AccessChoice | null {
  const speaking = layers.filter(({ entry }) => kindOf(accessIn(entry)) !== null)
  const chosen = choose('access', speaking, ({ entry }) => {
    const access = accessIn(entry)
    const kind = kindOf(access)
    if (access === null || kind === null) return null
    // Rules are compared member by member below.
    return { value: kind === 'rule' ? { kind } : { kind, access }, origin: access.origin }
  })
  const access = chosen === null ? null : accessIn(chosen.layer.entry)
  if (chosen === null || access === null) return null
  if (access.override !== null)
    return { kind: 'override', rule: access.override, because: access.because, origin: access.origin }
  if (access.public !== null)
    return { kind: 'public', because: access.public, optional: access.optional, origin: access.origin }

  const others = speaking.filter(({ entry }) => kindOf(accessIn(entry)) !== 'rule')
  const rules = speaking
    .filter(({ entry }) => kindOf(accessIn(entry)) === 'rule')
    .filter(({ selector }) => !others.some((other) => isMoreSpecific(other.selector, selector)))
  const member = <T>(name: string, read: (access: AccessModel) => T | null): Chosen<T> | null =>
    choose(`access.${name}`, rules, ({ entry }) => {
      const access = accessIn(entry)
      const value = access === null ? null : read(access)
      return access === null || value === null ? null : { value, origin: access.origin }
    })
  return {
    kind: 'rule',
    scopes: member('scopes', ({ scopes }) => (scopes.length === 0 ? null : [...scopes].sort())),
    roles: member('roles', ({ roles }) => (roles.length === 0 ? null : [...roles].sort())),
    authenticated: member('authenticated', ({ authenticated }) => authenticated || null),
    when: choose('access.when', rules, ({ entry }) => accessIn(entry)?.when ?? null),
    origin: access.origin,
  }
}

/** The kind of an entry's access; `null` if it is absent or empty. */
function kindOf(access: AccessModel | null): AccessChoice['kind'] | null {
  if (access === null) return null
  if (access.override !== null) return 'override'
  if (access.public !== null) return 'public'
  const asks = access.authenticated || access.scopes.length > 0 || access.roles.length > 0 || access.when !== null
  return asks ? 'rule' : null
}

function accessIn({ options }: Layer['entry']): AccessModel | null {
  return options.access === null ? null : options.access.value
}

function chooseClaims(name: 'bind' | 'own', layers: readonly Layer[], choose: Choose): readonly ClaimUse[] {
  const usesIn = ({ entry }: Layer): readonly ClaimUse[] => {
    const said = entry.options[name]
    return said === null ? [] : said.value
  }
  const inputs = [...new Set(layers.flatMap((layer) => usesIn(layer).map(({ input }) => input)))].sort()
  return inputs.flatMap((input) => {
    const chosen = choose(`${name}.${input}`, layers, (layer) => {
      const use = usesIn(layer).find((one) => one.input === input)
      return use === undefined ? null : { value: use.from, origin: use.origin }
    })
    return chosen === null ? [] : [{ input, from: chosen.value, origin: chosen.origin }]
  })
}

function chooseParameters(layers: readonly Layer[], choose: Choose): readonly ParameterUse[] {
  const usesIn = ({ entry }: Layer): readonly ParameterUse[] => entry.options.parameters?.value ?? []
  const names = [...new Set(layers.flatMap((layer) => usesIn(layer).map(({ name }) => name)))].sort()
  return names.flatMap((name) => {
    const chosen = choose(`parameters.${name}`, layers, (layer) => {
      const use = usesIn(layer).find((one) => one.name === name)
      return use === undefined ? null : { value: use.encodedSlash, origin: use.origin }
    })
    return chosen === null ? [] : [{ name, encodedSlash: chosen.value, origin: chosen.origin }]
  })
}

function chooseOpen(layers: readonly Layer[], choose: Choose): readonly OpenUse[] {
  const usesIn = ({ entry }: Layer): readonly OpenUse[] => entry.options.open?.value ?? []
  const pointers = [...new Set(layers.flatMap((layer) => usesIn(layer).map(({ pointer }) => pointer)))].sort()
  return pointers.flatMap((pointer) => {
    const chosen = choose(`open.${pointer}`, layers, (layer) => {
      const use = usesIn(layer).find((one) => one.pointer === pointer)
      return use === undefined ? null : { value: use.because, origin: use.origin }
    })
    return chosen === null ? [] : [{ pointer, because: chosen.value, origin: chosen.origin }]
  })
}

/** A text that is the same for equal values, independent of their origins. */
function contents(value: unknown): string {
  return JSON.stringify(value, (key, member: unknown) => (key === 'origin' ? undefined : member))
}
