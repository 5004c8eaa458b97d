import type { Inputs } from '../read/types.ts'
import {
  accessOf,
  child,
  children,
  envTexts,
  placed,
  readSettings,
  resolve,
  type Section,
  section,
  text,
  word,
} from '../settings/index.ts'
import { below, isObject } from '../support/index.ts'
import { authenticator } from './authenticators.ts'
import { clientManifest } from './clients.ts'
import type { At, Manifest, NamedRule, ServiceManifest } from './types.ts'

/** The manifest as data, with units converted. Defaults are filled in for settings that exist at one level only. */
export function manifestModel({ manifest, manifestFile }: Pick<Inputs, 'manifest' | 'manifestFile'>): Manifest {
  const root = section(manifest, { file: manifestFile, pointer: '' })
  const rules = namedRules(child(root, 'rules'))
  return {
    file: manifestFile,
    name: text(root, 'name') ?? '',
    services: children(child(root, 'services')).map(([id, part]) => serviceManifest(id, part)),
    authenticators: children(child(root, 'authenticators')).map(([id, part]) => authenticator(id, part)),
    rules,
    clients: children(child(root, 'clients')).map(([id, part]) => clientManifest(id, part, rules)),
  }
}

function namedRules(part: Section | null): readonly NamedRule[] {
  if (part === null) return []
  return Object.entries(part.value).map(([name, written]) => {
    const origin = below(part.origin, name)
    return { name, access: isObject(written) ? accessOf(written, origin) : null, origin }
  })
}

function serviceManifest(id: string, part: Section): ServiceManifest {
  const settings = readSettings('service', part)
  const resolved = resolve('service', { service: settings })
  return {
    id,
    spec: text(part, 'spec') ?? '',
    url: envTexts(part.value['url'], below(part.origin, 'url')),
    security: securityOf(part),
    settings,
    nestedQuery: resolved.nestedQuery.value,
    unprovenPatterns: resolved.unprovenPatterns.value,
    concurrency: {
      max: resolved['concurrency.max'].value,
      queue: resolved['concurrency.queue'].value,
      wait: resolved['concurrency.wait'].value,
      streams: resolved['concurrency.streams'].value,
    },
    maxAnswer: resolved.maxAnswer.value,
    redirectHosts: resolved.redirectHosts.value,
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
