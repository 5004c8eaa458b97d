import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { linkPackages } from '../support/emitted.mjs'
import { bench } from '../support/paths.mjs'
import { timed } from '../support/timed.mjs'
import { takeTurns } from './commands.mjs'

/** `tsc` on the emitted gateway and on openapi-typescript's output for the same document, with the same options. */
export async function measureTypecheck(folder, gateway, rounds, say) {
  const peer = join(folder, 'peer')
  mkdirSync(join(peer, 'src'), { recursive: true })
  linkPackages(peer)
  renameSync(join(folder, 'api.ts'), join(peer, 'src', 'api.ts'))
  writeFileSync(join(peer, 'package.json'), '{ "type": "module" }\n')
  writeFileSync(join(peer, 'tsconfig.json'), readFileSync(join(gateway, 'tsconfig.json')))
  const check = (project) => timed([join(bench, 'node_modules/typescript/bin/tsc'), '--noEmit', '--project', project])
  const steps = [
    ['tsc of openapi-typescript', () => check(peer)],
    ['tsc of the gateway', () => check(gateway)],
  ]
  return takeTurns(steps, rounds, say)
}
