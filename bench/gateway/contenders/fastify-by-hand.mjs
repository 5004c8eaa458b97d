import { createPublicKey } from 'node:crypto'
import Ajv from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import fastJson from 'fast-json-stringify'
import { createVerifier } from 'fast-jwt'
import fastify, { LogController } from 'fastify'
import { destination } from 'pino'
import { Pool } from 'undici'
import { schemas } from '../../support/orders/schemas.mjs'

// A gateway by hand that does what the emitted one does, of fast parts: the token is verified once and remembered, parameters and answers
// are checked by compiled schemas, undeclared members are removed, each request is a line of the log.

const { UPSTREAM, PORT, OIDC_ISSUER, JWKS_URL, AUDIENCE, SCOPE } = process.env
const components = { $id: 'spec', components: { schemas } }
const schemaOf = (name) => ({ $ref: `spec#/components/schemas/${name}` })

const { keys } = await (await fetch(JWKS_URL)).json()
const verify = createVerifier({
  key: createPublicKey({ key: keys[0], format: 'jwk' }).export({ type: 'spki', format: 'pem' }),
  algorithms: ['RS256'],
  allowedIss: OIDC_ISSUER,
  allowedAud: AUDIENCE,
  requiredClaims: ['exp'],
  cache: 50_000,
})
const isOrder = addFormats(new Ajv({ strict: false }))
  .addSchema(components)
  .compile(schemaOf('Order'))
const writeOrder = fastJson(schemaOf('Order'), { schema: { spec: components } })
const pool = new Pool(UPSTREAM, { connections: 64, pipelining: 1 })

const app = fastify({
  logController: new LogController({ disableRequestLogging: true }),
  logger: { level: 'info', stream: destination({ dest: 1, sync: false, minLength: 4_096 }) },
})

app.addHook('onRequest', async (request, reply) => {
  const [scheme, token] = (request.headers.authorization ?? '').split(' ')
  try {
    if (scheme !== 'Bearer') throw new Error('no token')
    request.caller = verify(token)
  } catch {
    return reply.code(401).send({ title: 'Unauthorized', status: 401 })
  }
  if (!request.caller.scope.split(' ').includes(SCOPE)) return reply.code(403).send({ title: 'Forbidden', status: 403 })
})
app.addHook('onResponse', async (request, reply) => {
  const { method, routeOptions, caller, id } = request
  const { sub } = caller ?? {}
  request.log.info(
    { method, path: routeOptions.url, status: reply.statusCode, ms: reply.elapsedTime, sub, request: id },
    'request',
  )
})

const schema = {
  params: {
    type: 'object',
    required: ['orderId'],
    properties: { orderId: { type: 'string', pattern: '^ord_[a-z0-9]{8}$' } },
  },
  querystring: {
    type: 'object',
    properties: {
      view: { enum: ['full', 'summary'] },
      limit: { type: 'integer', minimum: 1, maximum: 100 },
    },
  },
}
for (let index = 0; index < 10; index++) {
  const collection = `/collection-${String(index).padStart(4, '0')}/orders/`
  app.get(`${collection}:orderId`, { schema }, async ({ params, query }, reply) => {
    const path = `${collection}${params.orderId}?${new URLSearchParams(query)}`
    const { statusCode, body } = await pool.request({ method: 'GET', path, headers: { accept: 'application/json' } })
    const order = await body.json()
    if (statusCode !== 200 || !isOrder(order)) return reply.code(502).send({ title: 'Bad gateway', status: 502 })
    reply.headers({
      'content-type': 'application/json',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      vary: 'authorization',
      'x-request-id': reply.request.id,
    })
    return writeOrder(order)
  })
}
await app.listen({ port: Number(PORT), host: '127.0.0.1' })
