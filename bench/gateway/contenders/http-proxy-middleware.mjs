import { Agent } from 'node:http'
import express from 'express'

const { createProxyMiddleware } = await import(process.env.PACKAGE)
const agent = process.env.KEEP_ALIVE === 'true' ? { agent: new Agent({ keepAlive: true, maxSockets: 64 }) } : {}

const app = express()
app.use(createProxyMiddleware({ target: process.env.UPSTREAM, changeOrigin: true, ...agent }))
app.listen(Number(process.env.PORT), '127.0.0.1')
