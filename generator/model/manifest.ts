import type { Inputs } from '../read/types.ts'
import { authenticator } from './authenticators.ts'
import { clientManifest } from './clients.ts'
import { credentialsOf } from './credentials.ts'
import { durationOf, sizeOf } from './quantities.ts'
import type { At, Manifest, ServiceManifest } from './types.ts'
import { child, children, number, placed, type Section, section, settings, text, word } from './values.ts'

/** The manifest as data, with units converted and defaults filled in where a default is no decision. */
export function manifestModel({ manifest, manifestFile }: Pick<Inputs, 'manifest' | 'manifestFile'>): Manifest {
  const root = section(manifest, { file: manifestFile, pointer: '' })
  return {
    file: manifestFile,
    name: text(root, 'name') ?? '',
    services: children(child(root, 'services')).map(([id, part]) => serviceManifest(id, part)),
    authenticators: children(child(root, 'authenticators')).map(([id, part]) => authenticator(id, part)),
    clients: children(child(root, 'clients')).map(([id, part]) => clientManifest(id, part)),
  }
}

function serviceManifest(id: string, part: Section): ServiceManifest {
  const concurrency = child(part, 'concurrency')
  return {
    id,
    spec: text(part, 'spec') ?? '',
    url: settings(part, 'url'),
    timeout: durationOf(text(part, 'timeout')),
    security: securityOf(part),
    credential: credentialsOf(part) ?? [],
    answers: placed(part, 'answers', word(part, 'answers')),
    undeclared: placed(part, 'undeclared', word(part, 'undeclared')),
    nestedQuery: word(part, 'nestedQuery') ?? 'refuse',
    concurrency: {
      max: concurrency === null ? null : number(concurrency, 'max'),
      queue: concurrency === null ? null : number(concurrency, 'queue'),
    },
    maxAnswer: sizeOf(text(part, 'maxAnswer')),
    origin: part.origin,
  }
}

function securityOf(part: Section): ServiceManifest['security'] {
  const schemes = child(part, 'security')
  const entries =
    schemes === null ? [] : Object.keys(schemes.value).map((name) => [name, mapped(schemes, name)] as const)
  return Object.fromEntries(
    entries.filter((entry): entry is readonly [string, At<'principal' | 'service'>] => entry[1] !== null),
  )
}

function mapped(schemes: Section, name: string): At<'principal' | 'service'> | null {
  return placed(schemes, name, word<'principal' | 'service'>(schemes, name))
}
