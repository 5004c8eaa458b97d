import type { Mistake } from './mistake.ts'

/** Mistakes in command lines, and in folders. */
export const commandMistakes: readonly Mistake[] = [
  { what: 'No manifest in the folder', without: ['gateway.yaml'] },
  { what: 'A manifest with another name', without: ['gateway.yaml'], files: { 'gatewright.yaml': 'gatewright: 1\n' } },
  { what: 'A manifest that does not exist', args: 'lint -m gatewy.yaml' },
  { what: 'A folder as the manifest', args: 'lint -m specs' },
  { what: 'A misspelt command', args: 'genrate' },
  { what: 'A misspelt option', args: 'generate --manifets gateway.yaml' },
  { what: 'An option without its value', args: 'generate --out' },
  { what: 'An argument too much', args: 'generate web' },
  { what: 'A client that does not exist', args: 'generate --client webb' },
  { what: 'A file as the output folder', args: 'generate --out gateway.yaml' },
  { what: 'A folder below a file as the output folder', args: 'generate --out gateway.yaml/generated' },
  { what: 'The folder of the documents as the output folder', args: 'generate --out specs' },
  { what: 'A device as the output folder', args: 'generate --out /dev/null' },
  { what: 'An empty output folder', args: 'generate --out=' },
  {
    what: 'A file of the user at the place of a generated one',
    files: { 'generated/web/src/gateway/routes.ts': '// mine\n' },
    args: 'generate',
  },
  { what: 'A folder at the place of a file', files: { 'generated/web/package.json/': '' }, args: 'generate' },
  { what: 'A lock in conflict', files: { 'generated/web/gatewright.lock.json': '<<<<<<< HEAD\n' }, args: 'generate' },
  { what: 'check before generate', args: 'check' },
  { what: 'explain of a misspelt route', args: 'explain patients.getPatien' },
  { what: 'explain of a path that no route has', args: 'explain /patient/1' },
  { what: 'explain without a route', args: 'explain' },
  { what: 'A port that does not exist', args: 'dev --port 80800' },
  { what: 'A key without a pepper', args: 'key' },
  { what: 'A key that expires in a format that is not a date', args: 'key --expires tomorrow' },
]
