import type { Client } from '../../templates/runtime/vocabulary.ts'

// Stands for the module `gateway/client.js` of a gateway that `dev` starts (resolution-hooks.ts).

const original = (await import(new URL(import.meta.url).searchParams.get('of') ?? '')) as { readonly client: Client }

/** The client, with CORS also where the manifest has none: for pages of this machine (localCors.ts). */
export const client: Client = {
  ...original.client,
  cors: original.client.cors ?? { origins: [], credentials: false, expose: [], maxAge: 600 },
}
