/** Milliseconds that a timer of Node.js can wait at most; with a longer time it expires at once. */
export const longestTimer = 2_147_483_647
