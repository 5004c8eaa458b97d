import { join } from 'node:path'
import { emitGateway } from '../support/emitted.mjs'
import { startIssuer } from '../support/identity.mjs'
import { audience, list, scope, writeSpecification } from '../support/orders/specification.mjs'
import { bench } from '../support/paths.mjs'
import { firstAnswer, freePort } from '../support/ports.mjs'
import { cores, start } from '../support/processes.mjs'

/** What all contenders share: the service, the issuer with its tokens, and the emitted gateways by their number of routes. */
export async function prepareStage(folder, say) {
  const issuer = await startIssuer()
  const port = await freePort()
  const upstream = `http://127.0.0.1:${port}`
  const service = start(cores.others, [process.execPath, join(bench, 'gateway/upstream.mjs')], {
    env: { PORT: String(port) },
  })
  await firstAnswer(`${upstream}${list}`)
  const emitted = new Map()
  const signed = []
  return {
    folder,
    issuer,
    upstream,
    /** The first so many tokens, each of another caller. */
    tokens(count) {
      if (count > 1_000 && signed.length < count) say(`signing ${count} tokens`)
      while (signed.length < count) signed.push(issuer.token(audience, `openid ${scope}`, signed.length))
      return signed.slice(0, count)
    },
    /** The folder of an emitted gateway with so many routes. */
    async emit(routes) {
      const known = emitted.get(routes)
      if (known !== undefined) return known
      say(`emitting ${routes} routes`)
      writeSpecification(join(folder, String(routes)), routes)
      const gateway = await emitGateway(join(folder, String(routes)), 'app')
      emitted.set(routes, gateway)
      return gateway
    },
    async close() {
      await service.stop()
      await issuer.close()
    },
  }
}
