import { createServer } from 'node:http'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'

/** An issuer of tokens in this process: metadata, one RS256 key, and tokens. */
export async function startIssuer() {
  const { privateKey, publicKey } = await generateKeyPair('RS256')
  const keys = [{ ...(await exportJWK(publicKey)), kid: 'bench', alg: 'RS256', use: 'sig' }]
  const server = createServer((req, res) => {
    const metadata = { issuer: url, jwks_uri: `${url}/jwks`, authorization_endpoint: url, token_endpoint: url }
    res.setHeader('content-type', 'application/json')
    res.end(JSON.stringify(req.url === '/jwks' ? { keys } : metadata))
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${server.address().port}`
  return {
    url,
    jwksUrl: `${url}/jwks`,
    /** A token with the claims that most identity providers issue, valid for a day. */
    token: (audience, scope) =>
      new SignJWT({ scope, client_id: 'bench', roles: ['customer'], sid: 'b2f5ff47436671b6e533d8dc3614845d' })
        .setProtectedHeader({ alg: 'RS256', typ: 'at+jwt', kid: 'bench' })
        .setIssuer(url)
        .setAudience(audience)
        .setSubject('user-1')
        .setJti('0b1f0f0e-6c67-4a1b-9f3f-b3c6f5a3c1de')
        .setIssuedAt()
        .setExpirationTime('24h')
        .sign(privateKey),
    close: () => new Promise((resolve) => server.close(resolve)),
  }
}
