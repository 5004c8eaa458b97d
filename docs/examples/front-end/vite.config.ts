/** The gateway `web` as `gatewright dev` starts it. */
const target = 'http://127.0.0.1:8082'

export default {
  server: {
    proxy: {
      '/gateway': { target, changeOrigin: true, rewrite: (path: string) => path.replace(/^\/gateway/, '') },
    },
  },
}
