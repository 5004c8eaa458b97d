interface Context {
  readonly parentURL?: string
}
type Next = (specifier: string, context: Context) => Promise<{ url: string }>

/** Modules of a gateway, by the end of their addresses, that are replaced by modules beside this one. */
const replaced: readonly (readonly [end: string, replacement: string])[] = [
  ['/dist/gateway/client.js', new URL('./localClient.js', import.meta.url).href],
  ['/dist/runtime/http/cors.js', new URL('./localCors.js', import.meta.url).href],
]

/**
 * Resolves as Node.js does. A package that is not found from the gateway is resolved from this file. The modules that decide
 * on CORS are replaced, so that pages of this machine may call the gateway; the files of the gateway stay as they are.
 */
export async function resolve(specifier: string, context: Context, next: Next): Promise<{ url: string }> {
  const found = await resolvePackage(specifier, context, next)
  const [, replacement] = replaced.find(([end]) => found.url.endsWith(end)) ?? []
  // The replacement imports the module that it stands for.
  if (replacement === undefined || context.parentURL?.startsWith(replacement) === true) return found
  return { url: `${replacement}?of=${encodeURIComponent(found.url)}` }
}

async function resolvePackage(specifier: string, context: Context, next: Next): Promise<{ url: string }> {
  try {
    return await next(specifier, context)
  } catch (error) {
    if (/^[./]|^[a-z]+:/.test(specifier)) throw error
    return await next(specifier, { ...context, parentURL: import.meta.url })
  }
}
