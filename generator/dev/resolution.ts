import { register } from 'node:module'

// Loaded into a gateway that `dev` starts (`--import`), so that it finds its packages before anybody has installed them beside it.
register('./resolution-hooks.js', import.meta.url)
