import { json } from '../code/index.ts'
import type { ClientPlan } from '../plan/types.ts'
import { sortedBy } from '../support/index.ts'
import { lockfile } from './lockfile.ts'
import { runtimeSources } from './runtime.ts'
import { template, type View } from './template.ts'
import type { GeneratedFile } from './types.ts'
import type { Kind } from './verify.ts'
import { accessView } from './views/access.ts'
import { clientView } from './views/client.ts'
import { environmentView } from './views/environment.ts'
import { dockerfileView, packageView } from './views/project.ts'
import { readmeView } from './views/readme.ts'
import { routesView } from './views/routes.ts'
import { servicesView } from './views/services.ts'
import { typesView } from './views/types.ts'

/** A file, and the kind as which it is verified. `null`: not code, or a copy of a file of the runtime. */
export interface Emitted {
  readonly file: GeneratedFile
  readonly kind: Kind | null
}

/** Every file of one client's gateway, sorted by path. `declared`: the types of its contract. */
export function clientFiles(plan: ClientPlan, declared: string): Emitted[] {
  const none: View = {}
  const emitted = [
    print('README.md', 'project/README.md', readmeView(plan)),
    print('ACCESS.md', 'project/ACCESS.md', accessView(plan)),
    data('access.json', accessTable(plan)),
    data('openapi.json', plan.contract),
    print('client.d.ts', 'project/client.d.ts', typesView(plan, declared), 'types'),
    print('package.json', 'project/package.json', packageView(plan)),
    data('package-lock.json', lockfile(plan)),
    print('tsconfig.json', 'project/tsconfig.json', none),
    print('Dockerfile', 'project/Dockerfile', dockerfileView(plan)),
    print('.dockerignore', 'project/dockerignore', none),
    print('.env.example', 'project/env.example', environmentView(plan)),
    print('.gitignore', 'project/gitignore', none),
    print('.gitattributes', 'project/gitattributes', none),
    print('src/main.ts', 'project/main.ts', none, 'program'),
    print('src/gateway/client.ts', 'gateway/client.ts', clientView(plan), 'data'),
    print('src/gateway/routes.ts', 'gateway/routes.ts', routesView(plan), 'data'),
    print('src/gateway/services.ts', 'gateway/services.ts', servicesView(plan), 'data'),
    ...plan.services.map(({ id, schemas }) => data(`src/gateway/${id}/schemas.json`, schemas)),
    ...[...runtimeSources()].map(([name, text]) => made(`src/runtime/${name}`, text, null)),
  ]
  const placed = emitted.map(({ file, kind }) => ({ file: { ...file, path: `${plan.id}/${file.path}` }, kind }))
  return sortedBy(placed, ({ file }) => file.path)
}

function accessTable({ gateway, id, trust, access, skipped }: ClientPlan): object {
  return { gateway, client: id, trust, routes: access, skipped }
}

function print(path: string, name: string, view: View, kind: Kind | null = null): Emitted {
  return made(path, template(name)(view), kind)
}

function data(path: string, value: object): Emitted {
  return made(path, `${json(value)}\n`, null)
}

function made(path: string, contents: string, kind: Kind | null): Emitted {
  return { file: { path, contents, ownership: 'generated' }, kind }
}
