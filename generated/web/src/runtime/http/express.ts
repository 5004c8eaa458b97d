import { IncomingMessage, ServerResponse } from 'node:http'
import express, { type Express, type Request, type Response } from 'express'

/** Express around the pipeline: the app that users embed and extend. No other file of the gateway imports Express. */
export interface Skin {
  readonly app: Express
  /** Classes for the server. Their instances have the prototypes of the app's requests and responses from the start. */
  readonly IncomingMessage: typeof IncomingMessage
  readonly ServerResponse: typeof ServerResponse
  /** Handles a request as the app does; through Express only if middleware was added to it. */
  listener(req: IncomingMessage, res: ServerResponse): void
}

/**
 * Makes the app. Express replaces the prototypes of each request and response, and changing an object's prototype makes every
 * later access slow (three times the time of a whole proxied request on Node.js 20). The classes for the server have these
 * prototypes from the start, so that Express changes nothing.
 */
export function createApp(handle: (req: IncomingMessage, res: ServerResponse) => void): Skin {
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  app.enable('case sensitive routing')
  app.enable('strict routing')
  app.set('query parser', false)
  app.set('trust proxy', false)
  app.use((req, res) => {
    handle(req, res)
  })

  const [own] = app.router.stack

  class GatewayRequest extends IncomingMessage {}
  class GatewayResponse<T extends IncomingMessage = IncomingMessage> extends ServerResponse<T> {}
  app.request = dress<Request>(GatewayRequest.prototype, app.request, app)
  app.response = dress<Response>(GatewayResponse.prototype, app.response, app)

  return {
    app,
    IncomingMessage: GatewayRequest,
    ServerResponse: GatewayResponse,
    listener(req, res) {
      const { stack } = app.router
      // Express would only call `handle`, in 2 % of the time of a request.
      if (stack.length === 1 && stack[0] === own) {
        handle(req, res)
        return
      }
      // Express calls this if it cannot parse the path of a request; `admit` refuses it with a problem.
      app(req as Request, res as Response, () => {
        handle(req, res)
      })
    },
  }
}

/** Makes Express' own prototype the parent of a class's prototype, which becomes the app's. */
function dress<T extends object>(prototype: object, own: T, app: Express): T {
  Object.setPrototypeOf(prototype, Object.getPrototypeOf(own))
  Object.defineProperty(prototype, 'app', { configurable: true, enumerable: true, writable: true, value: app })
  return prototype as T
}
