import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

// The app of the emitted gateway in the working directory, in a server of the user's; with MOUNTED in the user's own Express app.

const folder = pathToFileURL(join(process.cwd(), 'dist/'))
const load = (path) => import(new URL(path, folder))
const [{ createGateway }, { client }, { routes }, { services }] = await Promise.all(
  ['runtime/index.js', 'gateway/client.js', 'gateway/routes.js', 'gateway/services.js'].map(load),
)
const data = new URL('../src/gateway/', folder)
const gateway = createGateway({ client, routes, services, data }, { env: process.env })
const express = createRequire(folder)('express')
const app = process.env.MOUNTED === undefined ? gateway.app : express().use(gateway.app)
createServer(app).listen(Number(process.env.PORT), '127.0.0.1')
