import { IncomingMessage, ServerResponse } from 'node:http'
import express, { type Express, type Request, type Response } from 'express'

/** Express around the pipeline: the app that users embed and extend. No other file of the gateway imports Express. */
export interface Skin {
  readonly app: Express
  /** Classes for the server. Their instances have the prototypes of the app's requests and responses from the start. */
  readonly IncomingMessage: typeof IncomingMessage
  readonly ServerResponse: typeof ServerResponse
  /** Hands a request to the app. */
  listener(req: IncomingMessage, res: ServerResponse): void
}

/**
 * Makes the app. Express gives each request its own prototypes, and changing an object's prototype makes every later access
 * slow (three times the cost of a whole proxied request on Node.js 20); a server whose classes have these prototypes from the
 * start leaves Express nothing to change.
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

  class GatewayRequest extends IncomingMessage {}
  class GatewayResponse<T extends IncomingMessage = IncomingMessage> extends ServerResponse<T> {}
  app.request = dress<Request>(GatewayRequest.prototype, app.request, app)
  app.response = dress<Response>(GatewayResponse.prototype, app.response, app)

  return {
    app,
    IncomingMessage: GatewayRequest,
    ServerResponse: GatewayResponse,
    listener(req, res) {
      // Express calls this where it cannot read the path of a request; `admit` refuses it with a problem.
      app(req as Request, res as Response, () => {
        handle(req, res)
      })
    },
  }
}

/** Puts Express' own prototype below a class's, and makes the class's prototype the app's. */
function dress<T extends object>(prototype: object, own: T, app: Express): T {
  Object.setPrototypeOf(prototype, Object.getPrototypeOf(own))
  Object.defineProperty(prototype, 'app', { configurable: true, enumerable: true, writable: true, value: app })
  return prototype as T
}
