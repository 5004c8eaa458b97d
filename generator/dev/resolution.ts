import { register } from 'node:module'

// Loaded into gateways that `dev` starts (`--import`), so that packages resolve before they are installed in the
// gateway's folder.
register('./resolution-hooks.js', import.meta.url)
