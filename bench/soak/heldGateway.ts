import { startHeld } from '../../test/support/heldBodies.ts'

// A gateway as a process of its own, whose resident memory is that of a gateway alone. Its argument is the address of its service.

const gateway = await startHeld(process.argv[2] ?? '')
process.stdout.write(`${gateway.port}\n`)
