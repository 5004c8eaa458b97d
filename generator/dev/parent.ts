import { exit, stdin } from 'node:process'

// Loaded into gateways that `dev` starts (`--import`). Their standard input is a pipe of `dev`, which the system closes however
// `dev` ends, so that no gateway is left running.
stdin.once('end', () => exit())
stdin.once('error', () => exit())
stdin.resume()
// The pipe alone does not keep a gateway running that is told to stop.
stdin.unref()
