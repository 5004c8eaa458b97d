export { type Page, startPage } from './server.ts'
