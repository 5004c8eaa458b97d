import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { nodeFlags } from '../../dist/generator/dev/gateway.js'
import { commandLine, repository } from './paths.mjs'
import { cores, run } from './processes.mjs'

/** Emits the gateways of a manifest below its folder, and builds one of them; returns the folder of that one. */
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

/** gatewright has all dependencies of an emitted gateway. */
export function linkPackages(gateway) {
  mkdirSync(gateway, { recursive: true })
  symlinkSync(join(repository, 'node_modules'), join(gateway, 'node_modules'))
}

/** As the start script of an emitted gateway's package.json. */
export const startArguments = [...nodeFlags, 'dist/main.js']
