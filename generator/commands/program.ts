import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { describeKey } from './describeKey.ts'
import type { Start } from './description.ts'
import { type Inputs, manifestNames, usualOutput } from './inputs.ts'
import { ownVersion } from './ownVersion.ts'
import { reportBug } from './report.ts'
import { describeSpec } from './spec/describe.ts'
import type { ExitCode, Terminal } from './terminal.ts'

/**
 * Runs one command line (`argv` without executable and script) and returns the exit code. Never throws: commander words
 * usage errors, and any other exception is reported as a bug. Each command loads its modules only when it runs, so that
 * help is fast.
 */
export async function runCommandLine(argv: readonly string[], terminal: Terminal): Promise<ExitCode> {
  let code: ExitCode = 0
  const program = describeProgram(terminal, async (run) => {
    code = await run()
  })
  try {
    await program.parseAsync(argv, { from: 'user' })
    return code
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    terminal.progress(null)
    reportBug(terminal, error, argv.includes('--debug'))
    return 1
  } finally {
    terminal.progress(null)
  }
}

/** What to write instead of a command line that commander refuses. */
function hintFor(text: string): string {
  return /too many arguments for '(?:generate|check|dev|lint)'/.test(text)
    ? 'A client is named with --client, the manifest with --manifest.\n'
    : ''
}

function describeProgram(terminal: Terminal, start: Start): Command {
  const program = new Command('gatewright')
    .description('Reads OpenAPI documents and one manifest, and emits a typed, auth-enforcing gateway per client type.')
    .version(ownVersion(), '-V, --version', 'print the version')
    .option('--debug', 'print the stack of an internal error')
    .helpOption('-h, --help', 'print help')
    .helpCommand('help [command]', 'print help for a command')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.out(text.trimEnd()),
      writeErr: (text) => terminal.err(text.trimEnd()),
      outputError: (text, write) => write(text + hintFor(text)),
      getOutHasColors: () => terminal.paintOut.isColorSupported,
      getErrHasColors: () => terminal.paint.isColorSupported,
    })
    .configureHelp({
      styleTitle: (text) => terminal.paintOut.bold(text),
      styleCommandText: (text) => terminal.paintOut.cyan(text),
      styleOptionTerm: (text) => terminal.paintOut.cyan(text),
      styleSubcommandTerm: (text) => terminal.paintOut.cyan(text),
    })
    .showHelpAfterError('Run with --help for commands and options.')

  // A sub-command inherits the settings above only if its parent creates it.
  const command = (name: string, description: string, examples: readonly string[], parent = program): Command =>
    parent
      .command(name)
      .description(description)
      .addHelpText(
        'after',
        () => `\n${terminal.paintOut.bold('Examples:')}\n${examples.map((line) => `  $ ${line}`).join('\n')}`,
      )

  command('init', 'Write a first manifest from specs, with open decisions marked.', [
    'gatewright init orders.yaml catalog.yaml',
    'gatewright init --from ../services',
    'gatewright init specs/*.json --out specs/gateway.yaml --name shop --yes',
    'gatewright init --yes --issuer https://id.example/realms/shop',
    'gatewright init api.yaml --client web:jwt --client partner:api-key:external',
  ])
    .argument('[specs...]', 'OpenAPI documents, one for each service')
    .addOption(
      new Option('--from <folder>', 'search a folder, such as a whole repository, for documents; repeatable').argParser(
        collect,
      ),
    )
    .option('-o, --out <file>', 'the manifest to write', 'gateway.yaml')
    .option('--name <name>', 'name of the system; prefix of audiences and package names')
    .addOption(
      new Option(
        '--client <client>',
        'NAME:jwt or NAME:api-key, with :external for partners; repeatable (default: app:jwt and partner:api-key:external)',
      ).argParser(collect),
    )
    .option(
      '--issuer <address>',
      'issuer of access tokens, which is asked for its metadata (default: OIDC_ISSUER says it)',
    )
    .option('--no-discovery', 'do not ask the issuer')
    .option('-y, --yes', 'ask nothing, and take the defaults: all documents below this folder, and the default clients')
    .option('--force', 'overwrite an existing manifest')
    .option('--json', 'print one JSON document')
    .option(...verboseOption)
    .action((specs: string[], options: InitTexts) =>
      start(async () => {
        const { init } = await import('./init/index.ts')
        const { from = [], name = null, client: clients = [], issuer = null, ...more } = options
        const { yes = false, force = false, json = false, verbose = false, out, discovery } = more
        return init({ specs, from, out, name, clients, issuer, discovery, yes, force, json, verbose }, terminal)
      }),
    )

  withInputs(
    command('generate', 'Emit the gateways. Nothing is written if there is an error.', [
      'gatewright generate',
      'gatewright generate --manifest specs/gateway.yaml --out generated',
      'gatewright generate --client web',
    ]),
  )
    .option('--force', 'overwrite files that were changed by hand')
    .option('--json', 'print one JSON document')
    .action((options: InputOptions & { force?: true }) =>
      start(async () => {
        const { generateCommand } = await import('./generate.ts')
        return generateCommand({ ...inputs(options), force: options.force === true }, terminal)
      }),
    )

  withInputs(
    command(
      'check',
      'Write nothing; exit 1 if anything committed is out of date, edited, missing, or no longer generated.',
      [
        'gatewright check',
        'gatewright check --full',
        'gatewright check --base origin/main',
        'gatewright check --base origin/main --allow widening --allow contract',
      ],
    ),
  )
    .option('--base <revision>', 'also exit 1 if access is wider than at this git revision, or the contract differs')
    .addOption(
      new Option('--allow <change>', 'with --base: widening or contract, named without failing; repeatable').argParser(
        collectAllowed,
      ),
    )
    .option('--full', 'run all stages, and show complete differences')
    .option('--json', 'print one JSON document')
    .action((options: InputOptions & { full?: true; base?: string; allow?: readonly Allowed[] }) =>
      start(async () => {
        const { checkCommand } = await import('./check.ts')
        const { full, base = null, allow = [] } = options
        return checkCommand({ ...inputs(options), full: full === true, base, allow }, terminal)
      }),
    )

  withManifest(
    command('lint', 'Report problems of the manifest and the specs.', [
      'gatewright lint',
      'gatewright lint --manifest specs/gateway.yaml --json',
    ]),
  )
    .option('--json', 'print one JSON document')
    .action((options: InputOptions) =>
      start(async () => {
        const { lintCommand } = await import('./lint.ts')
        return lintCommand(inputs(options), terminal)
      }),
    )

  withManifest(
    command('explain', 'The pipeline of one route in order, and where each setting comes from.', [
      "gatewright explain 'GET /orders/{orderId}' --client web",
      'gatewright explain GET /orders/123',
      'gatewright explain orders.getOrder --json',
    ]),
  )
    .argument('<route...>', 'METHOD and path, as a template or as a client calls it; or the id of a route')
    .addOption(clientOption('only for this client; repeatable (default: every client that has the route)'))
    .option('--json', 'print one JSON document')
    .action((route: string[], options: InputOptions) =>
      start(async () => {
        const { explainCommand } = await import('./explain.ts')
        return explainCommand({ ...inputs(options), route: route.join(' ') }, terminal)
      }),
    )

  withInputs(
    command(
      'dev',
      'Run every gateway against simulated services and a development identity provider, with a page to try them, and watch.',
      [
        'gatewright dev',
        'gatewright dev --port 9000',
        'gatewright dev --port 0 --no-watch',
        'gatewright dev --client web --client mobile',
      ],
    ),
  )
    .addOption(
      new Option('--port <port>', 'the port of the page; the others follow. 0: any that are free')
        .default(8080)
        .argParser(port),
    )
    .option('--no-watch', 'do not regenerate and restart when files change')
    .option('--json', 'print one JSON document when everything runs')
    .action((options: InputOptions & { port: number; watch: boolean }) =>
      start(async () => {
        const { devCommand } = await import('./dev.ts')
        return devCommand({ ...inputs(options), port: options.port, watch: options.watch }, terminal)
      }),
    )

  const spec = program
    .command('spec')
    .description('Bring documents of other repositories into this one, and refresh them.')
  describeSpec((...words) => command(...words, spec), collect, start, terminal)

  describeKey(command, collect, start, terminal)
  return program
}

/** The options of `init`, as parsed by commander. */
interface InitTexts {
  readonly from?: readonly string[]
  readonly out: string
  readonly name?: string
  readonly client?: readonly string[]
  readonly issuer?: string
  readonly discovery: boolean
  readonly yes?: true
  readonly force?: true
  readonly json?: true
  readonly verbose?: true
}

/** The options that most commands have, as parsed by commander. */
interface InputOptions {
  readonly manifest?: string
  readonly out?: string
  readonly client?: readonly string[]
  readonly skipUnsupported?: true
  readonly json?: true
  readonly verbose?: true
}

function inputs(options: InputOptions): Inputs {
  return {
    manifest: options.manifest ?? null,
    out: options.out ?? null,
    clients: options.client ?? [],
    skipUnsupported: options.skipUnsupported === true,
    json: options.json === true,
    verbose: options.verbose === true,
  }
}

/** What `check --allow` takes. */
const allowed = ['widening', 'contract'] as const
type Allowed = (typeof allowed)[number]

const verboseOption = ['--verbose', 'print each problem, also where many have one cause'] as const

function withManifest(command: Command): Command {
  return command
    .option('-m, --manifest <file>', `the manifest (default: ${manifestNames.join(', else ')})`)
    .option('--skip-unsupported', 'leave out operations that are not supported, and list them')
    .option(...verboseOption)
}

function withInputs(command: Command): Command {
  return withManifest(command)
    .option('-o, --out <folder>', 'where the gateways are', usualOutput)
    .addOption(clientOption('only this client; repeatable'))
}

function clientOption(description: string): Option {
  return new Option('-c, --client <id>', description).argParser(collect)
}

function collect(value: string, previous: readonly string[] | undefined): readonly string[] {
  return [...(previous ?? []), value]
}

function collectAllowed(value: string, previous: readonly Allowed[] | undefined): readonly Allowed[] {
  const found = allowed.find((one) => one === value)
  if (found === undefined) throw new InvalidArgumentError(`It is one of ${allowed.join(', ')}.`)
  return [...(previous ?? []), found]
}

function port(value: string): number {
  const number = /^\d{1,5}$/.test(value) ? Number(value) : Number.NaN
  if (number <= 65_535) return number
  throw new InvalidArgumentError('A port is a number from 0 to 65535.')
}
