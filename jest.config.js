/** Tests run the built package: `npm run build` comes first (`npm test` sees to it). */
module.exports = {
	rootDir: 'test',
	testEnvironment: 'node',
	// Room for a machine that has other work to do: only what hangs takes as long.
	testTimeout: 600_000,
	// Many tests wait for the simulator: by default a core would be left idle.
	maxWorkers: '100%',
	globalSetup: '<rootDir>/globalSetup.cjs',
	globalTeardown: '<rootDir>/globalTeardown.cjs',
	setupFiles: ['<rootDir>/engine/support/setup.ts'],
	transform: {
		'^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }],
	},
	testPathIgnorePatterns: ['/node_modules/', '<rootDir>/host/'],
	modulePathIgnorePatterns: ['<rootDir>/host/node_modules'],
};
