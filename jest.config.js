export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': ['ts-jest', { useESM: true, diagnostics: false, tsconfig: 'test/tsconfig.json' }] },
  // Only what hangs is to be ended by it: machines that build have other things to do.
  testTimeout: 120_000,
  // Jest leaves one core unused otherwise, which doubles the time on machines with two.
  maxWorkers: '100%',
}
