/** Discards what packages print as information and warnings during work: none of it is of use here. */
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
