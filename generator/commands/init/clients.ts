import type { Report } from '../../support/index.ts'
import type { ClientWish } from './draft.ts'

export const defaultClients = ['app:jwt', 'partner:api-key:external'] as const

/** Client types to choose from, each by the name that it proposes. */
export const clientKinds = [
  { ...wish('app', 'jwt', false), is: 'all of your own pages and apps' },
  { ...wish('web', 'jwt', false), is: 'pages in a browser' },
  { ...wish('mobile', 'jwt', false), is: 'apps on phones' },
  { ...wish('partner', 'api-key', true), is: 'programs of other companies' },
  { ...wish('jobs', 'api-key', false), is: 'your own programs, such as jobs' },
] as const

function wish(id: string, kind: ClientWish['kind'], external: boolean): ClientWish {
  return { id, kind, external }
}

/** A client as `--client` takes it. */
export function clientText({ id, kind, external }: ClientWish): string {
  return `${id}:${kind}${external ? ':external' : ''}`
}

const form = /^([a-z][a-z0-9-]{0,63}):(jwt|api-key)(:external)?$/

/** Reads `NAME:jwt` and `NAME:api-key`, each with an optional `:external`. Reports others as faults. */
export function readClients(texts: readonly string[]): {
  readonly clients: readonly ClientWish[]
  readonly faults: readonly Report[]
} {
  const clients: ClientWish[] = []
  const faults: Report[] = []
  for (const text of texts) {
    const [, id, kind, external] = form.exec(text.trim()) ?? []
    if (id === undefined) {
      faults.push({
        code: 'GW5004',
        message: `--client ${text} is not a client.`,
        origin: null,
        remedy: 'Write NAME:jwt or NAME:api-key, with :external for partners, for example partner:api-key:external.',
      })
    } else if (clients.some((client) => client.id === id)) {
      faults.push({ code: 'GW5004', message: `--client ${text} names a client that exists already.`, origin: null })
    } else {
      clients.push({ id, kind: kind === 'jwt' ? 'jwt' : 'api-key', external: external !== undefined })
    }
  }
  return { clients, faults }
}
