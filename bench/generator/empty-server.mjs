import express from 'express'

// What a cold start is compared with.

const app = express()
app.get('/', (_req, res) => {
  res.json({})
})
app.listen(Number(process.env.PORT), '127.0.0.1')
