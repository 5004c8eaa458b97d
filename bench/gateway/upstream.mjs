import { createServer } from 'node:http'
import { list as listPath } from '../support/orders/specification.mjs'
import { forms, list } from './answers.mjs'

// A minimal service. It answers with one order, in the form that the id in the path names, and to GET of the list with 1 MB.

const server = createServer((req, res) => {
  if (req.method === 'POST') {
    req.resume().once('end', () => answer(res, 201, forms.ord_7f3k9q2m))
    return
  }
  const [id] = /ord_[a-z0-9]{8}/.exec(req.url) ?? []
  answer(res, 200, req.url === listPath ? list : (forms[id] ?? forms.ord_7f3k9q2m))
})
server.keepAliveTimeout = 60_000
server.listen(Number(process.env.PORT), '127.0.0.1')

function answer(res, status, body) {
  res.writeHead(status, { 'content-type': 'application/json', 'content-length': body.length })
  res.end(body)
}
