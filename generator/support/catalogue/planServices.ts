import type { CatalogueEntry } from './entry.ts'

/** Planning services and authenticators: 33xx. */
export const planServicesCatalogue = {
  GW3301: {
    severity: 'error',
    title: 'A service has no address',
    remedy: 'Write `url` for the service.',
  },
  GW3302: {
    severity: 'error',
    title: 'An address cannot be called',
    remedy: 'Write a scheme, a host and perhaps a base path: `https://api.example.com/v1`.',
  },
  GW3303: {
    severity: 'warning',
    title: 'All servers of a spec are used for its calls',
    remedy: 'Write `url` for the service, with the addresses to call.',
  },
  GW3304: {
    severity: 'warning',
    title: 'The server of an operation is not used',
    remedy: 'Define a separate service for the operation, or remove `url`.',
  },
  GW3305: {
    severity: 'error',
    title: 'A mapping names a security scheme that the spec does not have',
    remedy: 'Correct the name of the scheme, or remove the mapping.',
  },
  GW3306: {
    severity: 'error',
    title: 'A security scheme is mapped to `service`, but the service has no credential',
    remedy: 'Write `credential` for the service.',
  },
  GW3307: {
    severity: 'warning',
    title: 'No credential fits a security scheme',
    remedy: 'Configure a credential of the kind that the scheme requires.',
  },
  GW3308: {
    severity: 'error',
    title: 'Two credentials use the same header',
    remedy: 'Keep one of the credentials.',
  },
  GW3309: {
    severity: 'error',
    title: 'A credential in a header that cannot carry it',
    remedy: 'Use the header that the service documents, such as `Authorization` or `X-Api-Key`.',
  },
  GW3310: {
    severity: 'error',
    title: 'A credential needs a token of the caller, but callers of the client have none',
    remedy: 'Write another `credential` for the operation, such as `client` or `identity`.',
  },
  GW3311: {
    severity: 'error',
    title: 'A client certificate is configured for one operation',
    remedy: 'Write `mtls` as the credential of the service.',
  },
  GW3312: {
    severity: 'error',
    title: 'An authenticator does not exist',
    remedy: 'Name an authenticator of the manifest.',
  },
  GW3313: {
    severity: 'warning',
    title: 'An authenticator is not used',
    remedy: 'Name it in `authenticate` of a client, or remove it.',
  },
  GW3314: {
    severity: 'error',
    title: 'A signature algorithm is not accepted',
    remedy: 'Use asymmetric algorithms, such as RS256, PS256, ES256 and EdDSA.',
  },
  GW3315: {
    severity: 'error',
    title: 'API keys in a header that cannot carry them',
    remedy: 'Use a header that has no other meaning, such as `X-Api-Key`.',
  },
  GW3316: {
    severity: 'error',
    title: 'Two authenticators claim the same credential',
    remedy: 'Keep one of the authenticators, or merge them.',
  },
  GW3317: {
    severity: 'error',
    title: 'An id of a service is reserved',
    remedy: 'Use single hyphens.',
  },
  GW3318: {
    severity: 'error',
    title: 'A variable with two defaults',
    remedy: 'Write the same default everywhere, or use two variables.',
  },
  GW3319: {
    severity: 'error',
    title: 'A CORS origin that browsers do not send',
    remedy: 'Write a scheme, a host and perhaps a port, without a path: `https://shop.example`.',
  },
  GW3321: {
    severity: 'warning',
    title: 'No client uses a service',
    remedy: 'Expose some of its operations, or remove the service.',
  },
  GW3322: {
    severity: 'error',
    title: 'A public host that requests cannot name',
    remedy: 'Write a name or address and perhaps a port: `api.shop.example`.',
  },
  GW3323: {
    severity: 'error',
    title: 'A trusted proxy that is not an address',
    remedy: 'Write an address or a CIDR range: `10.0.0.0/8`.',
  },
  GW3324: {
    severity: 'error',
    title: '`stripBasePath` without `basePath`',
    remedy: 'Write the `basePath` that the proxy leaves in the paths.',
  },
  GW3325: {
    severity: 'error',
    title: '`audience: none` without what takes its place',
    remedy: 'Write `audience: none` alone, with the `clientIds` whose tokens are accepted.',
  },
  GW3326: {
    severity: 'warning',
    title: 'A limit of time that cannot hold',
    remedy: 'Write a shorter time, or a longer one for the limit that ends the transfer before.',
  },
  GW3327: {
    severity: 'error',
    title: 'A mark of access tokens that other tokens have too',
    remedy: 'Name a claim that only access tokens of the issuer have.',
  },
  GW3330: {
    severity: 'warning',
    title: 'Trusted proxies that contain callers',
    remedy: 'Name the addresses of the proxies in front of the gateway.',
  },
  GW3331: {
    severity: 'warning',
    title: 'Tokens are accepted long after they expire',
    remedy: 'Write a `clockSkew` of at most `5m`.',
  },
  GW3332: {
    severity: 'warning',
    title: 'A gateway that may run without verified certificates',
    remedy: 'Remove `unverifiedTls`, and name the authority of a private certificate in `NODE_EXTRA_CA_CERTS`.',
  },
  GW3333: {
    severity: 'warning',
    title: 'A documented redirect, and no decision where it may lead',
    remedy: 'Write `redirect: pass` and `redirectHosts`, or `redirect: refuse`.',
  },
  GW3334: {
    severity: 'error',
    title: 'A host of redirects that is not one',
    remedy: 'Write a host, optionally with a port, or `*.` before a name: `*.files.example`.',
  },
  GW3335: {
    severity: 'warning',
    title: 'Requests that the contract allows are longer than a ceiling',
    remedy: 'Raise `maxTarget`, `maxQueryPairs` or `maxHeaders` of the client.',
  },
  GW3336: {
    severity: 'error',
    title: '`redirect: pass` without `redirectHosts`',
    remedy: 'Name the hosts at the service: `redirectHosts`.',
  },
  GW3337: {
    severity: 'warning',
    title: 'An operation is called without the credential of its service, because its document asks for none',
    remedy:
      'Write the credential in an entry of `expose` that covers less than the whole service, or `credential: none` to confirm.',
    namesAll: true,
  },
  GW3338: {
    severity: 'warning',
    title: 'A declared header that only a credential which is not sent would fill',
    remedy: 'Write the credential for the operation.',
  },
  GW3340: {
    severity: 'error',
    title: 'A part of an answer that is not described reaches an external client',
    remedy: 'Describe it in the spec or in an overlay, or write `open` with a reason.',
  },
  GW3341: {
    severity: 'warning',
    title: 'A part of an answer that is not described reaches clients',
    remedy: 'Describe it in the spec or in an overlay, or write `open` with a reason.',
  },
  GW3342: {
    severity: 'error',
    title: '`open` names a place of an answer that is not open',
    remedy: 'Correct the pointer, or remove it.',
  },
  GW3343: {
    severity: 'warning',
    title: 'A documented header of an answer does not reach clients',
    remedy: 'Let the service send the value in the body or in another header, and remove the header with an overlay.',
  },
} as const satisfies Record<`GW${number}`, CatalogueEntry>
