import { generateKeyPairSync, sign } from 'node:crypto'
import { createServer } from 'node:http'

/** An issuer of tokens in this process: metadata, one RS256 key, and tokens. */
export async function startIssuer() {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const keys = [{ ...publicKey.export({ format: 'jwk' }), kid: 'bench', alg: 'RS256', use: 'sig' }]
  const server = createServer((req, res) => {
    const metadata = { issuer: url, jwks_uri: `${url}/jwks`, authorization_endpoint: url, token_endpoint: url }
    res.setHeader('content-type', 'application/json')
    res.end(JSON.stringify(req.url === '/jwks' ? { keys } : metadata))
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${server.address().port}`
  const head = part({ alg: 'RS256', typ: 'at+jwt', kid: 'bench' })

  /** A token with the claims that most identity providers issue, valid for a day. `number` tells the callers apart. */
  const token = (audience, scope, number = 1) => {
    const now = Math.floor(Date.now() / 1000)
    const claims = {
      scope,
      client_id: 'bench',
      roles: ['customer'],
      sid: 'b2f5ff47436671b6e533d8dc3614845d',
      iss: url,
      aud: audience,
      sub: `user-${number}`,
      jti: `0b1f0f0e-6c67-4a1b-9f3f-${String(number).padStart(12, '0')}`,
      iat: now,
      exp: now + 86_400,
    }
    const signed = `${head}.${part(claims)}`
    return `${signed}.${sign('sha256', Buffer.from(signed), privateKey).toString('base64url')}`
  }
  return {
    url,
    jwksUrl: `${url}/jwks`,
    publicKeyPem: publicKey.export({ type: 'spki', format: 'pem' }),
    token,
    close: () => new Promise((resolve) => server.close(resolve)),
  }
}

function part(value) {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}
