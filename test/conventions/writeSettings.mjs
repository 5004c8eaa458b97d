// Writes the settings' parts of gateway.schema.json and docs/manifest.md from the last build of generator/settings/.
import { readFileSync, writeFileSync } from 'node:fs'
import { pageWithSettings, schemaWithSettings } from '../../dist/generator/settings/documents.js'

const rewrite = (name, change) => {
  const file = new URL(`../../${name}`, import.meta.url)
  writeFileSync(file, change(readFileSync(file, 'utf8')))
}

rewrite('gateway.schema.json', (text) => `${JSON.stringify(schemaWithSettings(JSON.parse(text)), null, 2)}\n`)
rewrite('docs/manifest.md', pageWithSettings)
