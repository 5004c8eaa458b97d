import type { AccessModel, ClientManifest } from '../../model/types.ts'
import type { ClientDraft } from '../draft/types.ts'

/** A rule where it is written: in `access` of an entry, or in `rules`. */
export interface WrittenRule {
  /** `orders.getOrder`, or `rules.staff`. */
  readonly name: string
  readonly access: AccessModel
}

/** The rules that a client's entries write or name. A rule of `rules` is contained once, however many entries name it. */
export function writtenRules({ manifest, model }: Pick<ClientDraft, 'manifest' | 'model'>): readonly WrittenRule[] {
  return [...inEntries(manifest), ...named(manifest, model.manifest.rules)]
}

function inEntries({ expose }: ClientManifest): readonly WrittenRule[] {
  return expose.flatMap(({ selector, options, rule }) =>
    options.access === null || rule !== null ? [] : [{ name: selector, access: options.access.value }],
  )
}

function named({ expose }: ClientManifest, rules: ClientDraft['model']['manifest']['rules']): readonly WrittenRule[] {
  const used = new Set(expose.flatMap(({ rule }) => rule?.value ?? []))
  return rules.flatMap(({ name, access }) =>
    access === null || !used.has(name) ? [] : [{ name: `rules.${name}`, access }],
  )
}
