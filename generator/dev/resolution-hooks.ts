interface Context {
  readonly parentURL?: string
}
type Next = (specifier: string, context: Context) => Promise<{ url: string }>

/** Resolves as Node.js does. A package that is not found from the gateway is resolved from this file. */
export async function resolve(specifier: string, context: Context, next: Next): Promise<{ url: string }> {
  try {
    return await next(specifier, context)
  } catch (error) {
    if (/^[./]|^[a-z]+:/.test(specifier)) throw error
    return await next(specifier, { ...context, parentURL: import.meta.url })
  }
}
