interface Context {
  readonly parentURL?: string
}
type Next = (specifier: string, context: Context) => Promise<{ url: string }>

/** Resolves as Node does; a package that is not found above the gateway is looked for beside this file. */
export async function resolve(specifier: string, context: Context, next: Next): Promise<{ url: string }> {
  try {
    return await next(specifier, context)
  } catch (error) {
    if (/^[./]|^[a-z]+:/.test(specifier)) throw error
    return await next(specifier, { ...context, parentURL: import.meta.url })
  }
}
