import { Option } from 'commander'
import type { Collect, Describe, Start } from './description.ts'
import type { Terminal } from './terminal.ts'

/** The command `gatewright key`. */
export function describeKey(describe: Describe, collect: Collect, start: Start, terminal: Terminal): void {
  describe(
    'key',
    'Make an API key: the key itself, shown once, and the record that is stored of it. Or another secret.',
    [
      'API_KEY_PEPPER=... gatewright key --prefix shop --id partner-1 --scope catalog:read --expires 2027-12-31',
      'gatewright key --subject warehouse --role auditor --address 203.0.113.0/24 --pepper-from KEYS_PEPPER --json',
      'gatewright key --pepper',
      'gatewright key --signing',
    ],
  )
    .option('--prefix <prefix>', 'how keys of this system start', 'key')
    .option('--id <id>', "the key's id: letters, digits and hyphens (default: random)")
    .option('--subject <subject>', 'whose key it is, the `sub` of its principal (default: the id)')
    .addOption(new Option('--scope <scope>', 'a scope it holds; repeatable').argParser(collect))
    .addOption(new Option('--role <role>', 'a role it holds; repeatable').argParser(collect))
    .option('--expires <time>', 'a date, or a date and time with a zone (ISO 8601)')
    .addOption(
      new Option('--address <range>', 'an address or CIDR range it may be used from; repeatable').argParser(collect),
    )
    .option('--pepper-from <variable>', 'the environment variable that holds the pepper', 'API_KEY_PEPPER')
    .addOption(
      new Option('--signing', 'make the private key of a credential `identity` instead').conflicts([
        'pepper',
        ...ofKeys,
      ]),
    )
    .addOption(new Option('--pepper', 'make the pepper of an authenticator of API keys instead').conflicts(ofKeys))
    .option('--json', 'print one JSON document')
    .action((options: { prefix: string; pepperFrom: string; signing?: true; pepper?: true; json?: true } & KeyTexts) =>
      start(async () => {
        if (options.signing === true || options.pepper === true) {
          const { secretCommand } = await import('./secret.ts')
          const kind = options.signing === true ? 'signing' : 'pepper'
          return secretCommand({ kind, json: options.json === true }, terminal)
        }
        const { keyCommand } = await import('./key.ts')
        return keyCommand(
          {
            prefix: options.prefix,
            id: options.id ?? null,
            subject: options.subject ?? null,
            scopes: options.scope ?? [],
            roles: options.role ?? [],
            expires: options.expires ?? null,
            addresses: options.address ?? [],
            pepperFrom: options.pepperFrom,
            json: options.json === true,
          },
          terminal,
        )
      }),
    )
}

/** Options that describe an API key. */
const ofKeys = ['prefix', 'id', 'subject', 'scope', 'role', 'expires', 'address', 'pepperFrom']

interface KeyTexts {
  readonly id?: string
  readonly subject?: string
  readonly scope?: readonly string[]
  readonly role?: readonly string[]
  readonly expires?: string
  readonly address?: readonly string[]
}
