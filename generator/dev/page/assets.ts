import { readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { ownPackage } from '../../emit/index.ts'

export interface Asset {
  readonly type: string
  readonly bytes: Buffer
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
}

/** The files of the page (`templates/dev/`), by path: `/app.js`. Nothing else of the disk is served. */
export function readAssets(): ReadonlyMap<string, Asset> {
  const folder = join(ownPackage().root, 'templates/dev')
  return new Map(
    readdirSync(folder).flatMap((name) => {
      const type = types[extname(name)]
      return type === undefined ? [] : [[`/${name}`, { type, bytes: readFileSync(join(folder, name)) }] as const]
    }),
  )
}
