import express from 'express'

// The server that cold starts are compared with.

const app = express()
app.get('/', (_req, res) => {
  res.json({})
})
app.listen(Number(process.env.PORT), '127.0.0.1')
