/** The exact versions that an emitted gateway depends on: those with which the runtime is tested in this package. */
export const dependencies = {
  express: '5.3.0',
  jose: '6.2.17',
  pino: '10.4.0',
  re2js: '2.10.0',
  undici: '7.30.2',
} as const

export const devDependencies = {
  '@types/express': '5.0.6',
  '@types/node': '20.19.39',
  typescript: '5.9.3',
} as const

/** The versions of openapi-fetch that `client.d.ts` is tested with. Those between them are supported. */
export const openapiFetch = { oldest: '0.10.0', newest: '0.17.0' } as const
