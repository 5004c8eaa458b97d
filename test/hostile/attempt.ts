import { join } from 'node:path'
import type { GeneratedFile } from '../../generator/emit/index.ts'
import type { Plan } from '../../generator/plan/types.ts'
import { run } from '../../generator/run.ts'
import { renderDiagnostic } from '../../generator/support/index.ts'
import { type ManifestFolder, manifestFolder } from '../support/manifestFolder.ts'

/**
 * The result of the generator for an input: files, or diagnostics with the reasons. Exceptions are not caught, because
 * they are crashes.
 */
export interface Attempt {
  readonly plan: Plan | null
  /** `null`: refused. */
  readonly files: readonly GeneratedFile[] | null
  readonly codes: readonly string[]
  /** All rendered diagnostics. */
  readonly shown: readonly string[]
}

/** Runs every stage except `write` for a manifest. */
export async function attempt(folder: ManifestFolder, skipUnsupported = false): Promise<Attempt> {
  const manifest = join(folder.path, 'gateway.yaml')
  const { diagnostics, plan, files } = await run({ manifest, clients: [], skipUnsupported, until: 'emit' })
  return {
    plan: plan?.value ?? null,
    files: diagnostics.hasErrors ? null : (files?.value ?? null),
    codes: diagnostics.all.map(({ code }) => code),
    shown: diagnostics.all.map((one) => renderDiagnostic(one, diagnostics.locator)),
  }
}

/** `attempt` for temporary files. Adds a `gateway.yaml` that exposes everything of `spec.yaml`. */
export async function attemptFiles(files: Readonly<Record<string, string>>, skipUnsupported = false): Promise<Attempt> {
  const folder = manifestFolder({ 'gateway.yaml': manifestFor('spec.yaml'), ...files })
  try {
    return await attempt(folder, skipUnsupported)
  } finally {
    folder.remove()
  }
}

/**
 * A manifest of one service, `shop`, with every operation public in the client `web`. `settings` are added to the
 * service.
 */
export function manifestFor(spec: string, settings: object = {}): string {
  return JSON.stringify({
    gatewright: 1,
    name: 'system',
    services: { shop: { spec, url: '${SHOP_URL}', ...settings } },
    clients: { web: { expose: { 'shop.*': { access: { public: 'Everything here is a test' } } } } },
  })
}

/** An OpenAPI document with these parts. */
export function documentOf(paths: object, more: object = {}): string {
  return JSON.stringify({ openapi: '3.1.0', info: { title: 'Shop', version: '1' }, paths, ...more })
}

/** An operation that answers with JSON of this schema. */
export function operationOf(schema: unknown, more: object = {}): object {
  return { get: { ...more, responses: { 200: { description: 'Fine', content: { 'application/json': { schema } } } } } }
}
