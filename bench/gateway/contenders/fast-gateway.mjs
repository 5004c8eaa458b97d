const { default: gateway } = await import(process.env.PACKAGE)

const server = gateway({ routes: [{ prefix: '', target: process.env.UPSTREAM }] })
await server.start(Number(process.env.PORT), '127.0.0.1')
