import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { commandLine, repository } from './paths.mjs'
import { cores, run } from './processes.mjs'

/** Emits the gateways of a manifest below its folder, and makes one of them ready to start: its folder. */
export async function emitGateway(folder, client) {
  await run(cores.others, [process.execPath, commandLine, 'generate'], {
    cwd: folder,
    env: { ...process.env, CI: 'true' },
  })
  const gateway = join(folder, 'generated', client)
  linkPackages(gateway)
  await run(cores.others, [process.execPath, join(repository, 'node_modules/typescript/bin/tsc'), '--project', gateway])
  return gateway
}

/** What an emitted gateway depends on, gatewright depends on as well. */
export function linkPackages(gateway) {
  mkdirSync(gateway, { recursive: true })
  symlinkSync(join(repository, 'node_modules'), join(gateway, 'node_modules'))
}

/** How an emitted gateway's own package.json starts it. */
export const startArguments = ['--disallow-code-generation-from-strings', 'dist/main.js']
