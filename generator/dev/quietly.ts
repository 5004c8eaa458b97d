/** Suppresses `console.info` and `console.warn` during work, for packages that print messages of no use here. */
export function quietly<T>(work: () => T): T {
  const { info, warn } = globalThis.console
  const restore = (): void => {
    Object.assign(globalThis.console, { info, warn })
  }
  Object.assign(globalThis.console, { info: () => undefined, warn: () => undefined })
  let result: T | null = null
  try {
    result = work()
    return result
  } finally {
    if (result instanceof Promise) result.then(restore, restore)
    else restore()
  }
}
