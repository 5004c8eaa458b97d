import { Option } from 'commander'
import type { Collect, Describe, Start } from '../description.ts'
import type { Terminal } from '../terminal.ts'

/** The commands of `gatewright spec`. `describe` adds one, with its examples. */
export function describeSpec(describe: Describe, collect: Collect, start: Start, terminal: Terminal): void {
  describe('add', 'Download a document, with the files that it refers to, and note where it comes from.', [
    'gatewright spec add https://orders.example/openapi.yaml',
    'gatewright spec add https://api.github.com/repos/acme/orders/contents/openapi.yaml --out specs/orders.yaml \\',
    "      --header 'Authorization: Bearer ${GITHUB_TOKEN}' --header 'Accept: application/vnd.github.raw+json'",
  ])
    .argument('<url>', 'an OpenAPI document; `${NAME}` in it refers to the environment')
    .option('-o, --out <file>', 'the file or the folder to write to (default: specs/, and a name from the URL)')
    .addOption(
      new Option(
        '--header <header>',
        "'Name: value', sent to the URL's origin only; `${NAME}` refers to the environment; repeatable",
      ).argParser(collect),
    )
    .addOption(
      new Option(
        '--origin <origin>',
        'another origin that files may be downloaded from, such as https://schemas.example; repeatable',
      ).argParser(collect),
    )
    .option('--force', 'overwrite files that exist or were changed by hand')
    .option('--json', 'print one JSON document')
    .action(
      (
        url: string,
        options: {
          out?: string
          header?: readonly string[]
          origin?: readonly string[]
          force?: true
          json?: true
        },
      ) =>
        start(async () => {
          const { addCommand } = await import('./add.ts')
          return addCommand(
            {
              url,
              out: options.out ?? null,
              headers: options.header ?? [],
              origins: options.origin ?? [],
              force: options.force === true,
              json: options.json === true,
            },
            terminal,
          )
        }),
    )

  describe('update', 'Download documents again, and say which operations and schemas changed.', [
    'gatewright spec update',
    'gatewright spec update specs/orders.yaml',
    'gatewright spec update --check',
  ])
    .argument('[documents...]', 'documents, or folders of documents (default: all below the working directory)')
    .option('--check', 'write nothing; exit 1 if a document changed')
    .option('--force', 'overwrite files that were changed by hand')
    .option('--json', 'print one JSON document')
    .action((names: string[], options: { check?: true; force?: true; json?: true }) =>
      start(async () => {
        const { updateCommand } = await import('./update.ts')
        return updateCommand(
          {
            names,
            check: options.check === true,
            force: options.force === true,
            json: options.json === true,
          },
          terminal,
        )
      }),
    )
}
