import express from 'express'
import { createRemoteJWKSet, jwtVerify } from 'jose'

// A gateway as many write it: a middleware for the token, a route for each operation, `fetch` to the service, the answer unchanged.

const { UPSTREAM, PORT, OIDC_ISSUER, JWKS_URL, AUDIENCE, SCOPE } = process.env
const keys = createRemoteJWKSet(new URL(JWKS_URL))

const authenticate = async (req, res, next) => {
  try {
    const token = req.headers.authorization?.replace(/^Bearer /, '') ?? ''
    const { payload } = await jwtVerify(token, keys, { issuer: OIDC_ISSUER, audience: AUDIENCE })
    req.user = payload
    next()
  } catch {
    res.status(401).json({ error: 'unauthorized' })
  }
}

const requireScope = (scope) => (req, res, next) => {
  if (req.user.scope.split(' ').includes(scope)) next()
  else res.status(403).json({ error: 'forbidden' })
}

const app = express()
app.use(authenticate)
for (let index = 0; index < 10; index++) {
  const path = `/collection-${String(index).padStart(4, '0')}/orders`
  app.get(`${path}/:orderId`, requireScope(SCOPE), async (req, res) => {
    const { orderId } = req.params
    if (!/^ord_[a-z0-9]{8}$/.test(orderId)) return res.status(400).json({ error: 'invalid orderId' })
    const query = new URLSearchParams(req.query)
    const answer = await fetch(`${UPSTREAM}${path}/${encodeURIComponent(orderId)}?${query}`)
    return res.status(answer.status).json(await answer.json())
  })
}
app.listen(Number(PORT), '127.0.0.1')
