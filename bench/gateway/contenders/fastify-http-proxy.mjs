import proxy from '@fastify/http-proxy'
import fastify from 'fastify'

const server = fastify()
server.register(proxy, { upstream: process.env.UPSTREAM })
await server.listen({ port: Number(process.env.PORT), host: '127.0.0.1' })
