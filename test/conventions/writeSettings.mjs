// Writes what gateway.schema.json and docs/manifest.md say of the manifest's settings, from generator/settings/ as it was built last.
import { readFileSync, writeFileSync } from 'node:fs'
import { pageWithSettings, schemaWithSettings } from '../../dist/generator/settings/documents.js'

const rewrite = (name, change) => {
  const file = new URL(`../../${name}`, import.meta.url)
  writeFileSync(file, change(readFileSync(file, 'utf8')))
}

rewrite('gateway.schema.json', (text) => `${JSON.stringify(schemaWithSettings(JSON.parse(text)), null, 2)}\n`)
rewrite('docs/manifest.md', pageWithSettings)
