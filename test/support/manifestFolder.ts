import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type Model, model } from '../../generator/model/index.ts'
import { type Inputs, type ReadOptions, read } from '../../generator/read/index.ts'
import { Diagnostics, type Place } from '../../generator/support/index.ts'

/** A temporary folder with files; deleted by `remove`. */
export interface ManifestFolder {
  readonly path: string
  remove(): void
}

export function manifestFolder(files: Readonly<Record<string, string>>): ManifestFolder {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'gatewright-')))
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true })
    writeFileSync(join(path, name), text)
  }
  return { path, remove: () => rmSync(path, { recursive: true }) }
}

/** A manifest of one service, `orders`, whose document is `spec.yaml`. `environment`: further lines of the service. */
export function manifestOf(environment = ''): string {
  const lines = environment === '' ? '' : `${environment.replace(/^/gm, '    ')}\n`
  return `gatewright: 1\nname: shop\nservices:\n  orders:\n    spec: spec.yaml\n${lines}clients: { web: { expose: {} } }\n`
}

export interface Outcome {
  readonly inputs: Inputs | null
  readonly model: Model | null
  /** `GW1204 spec.yaml:3:1`, including faults of operations. */
  readonly problems: readonly string[]
  readonly diagnostics: Diagnostics
}

/** Runs the read and model stages for the manifest of a folder. */
export async function outcomeOf(folder: string, options: ReadOptions = {}): Promise<Outcome> {
  const diagnostics = new Diagnostics()
  const found = await read(join(folder, 'gateway.yaml'), options, diagnostics)
  const inputs = diagnostics.hasErrors ? null : found
  const result = inputs === null ? null : model(inputs, diagnostics).value
  for (const { faults } of result?.services.flatMap(({ operations }) => operations) ?? []) {
    for (const fault of faults) diagnostics.report(fault)
  }
  const problems = diagnostics.all.map(({ code, origin }) => {
    const place = origin === null ? null : diagnostics.locator.locate(origin)
    return place === null ? code : `${code} ${textOf(place)}`
  })
  return { inputs: inputs?.value ?? null, model: result, problems, diagnostics }
}

/** The outcome for temporary files. */
export async function outcomeOfFiles(
  files: Readonly<Record<string, string>>,
  options: ReadOptions = {},
): Promise<Outcome> {
  const folder = manifestFolder({ 'gateway.yaml': manifestOf(), ...files })
  try {
    return await outcomeOf(folder.path, options)
  } finally {
    folder.remove()
  }
}

function textOf({ file, line, column }: Place): string {
  return `${file}:${line}:${column}`
}
