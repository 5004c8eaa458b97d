/** Properties that are reserved for a later release. `*`: any key. */
const later: readonly (readonly string[])[] = [
  ['services', '*', 'balance'],
  ['services', '*', 'retry'],
  ['services', '*', 'breaker'],
  ['services', '*', 'health'],
  ['clients', '*', 'limits'],
  ['clients', '*', 'compose'],
  ['clients', '*', 'versions'],
  ['clients', '*', 'expose', '*', 'response'],
  ['clients', '*', 'expose', '*', 'cache'],
  ['clients', '*', 'expose', '*', 'limits'],
  ['clients', '*', 'expose', '*', 'retry'],
]

/** Whether a property is reserved for a later release. */
export function isLaterProperty(path: readonly string[]): boolean {
  return later.some(
    (known) => known.length === path.length && known.every((part, index) => part === '*' || part === path[index]),
  )
}

/** Whether a value is reserved for a later release. */
export function isLaterValue(path: readonly string[], value: unknown): boolean {
  return path.length === 3 && path[0] === 'authenticators' && path[2] === 'type' && value === 'oidc-session'
}
