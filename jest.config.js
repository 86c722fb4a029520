/** Tests run the built package: `npm run build` comes first (`npm test` sees to it). */
module.exports = {
	rootDir: 'test',
	testEnvironment: 'node',
	setupFiles: ['<rootDir>/engine/setup.ts'],
	transform: { '^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }] },
	testPathIgnorePatterns: ['/node_modules/', '/host/'],
	modulePathIgnorePatterns: ['<rootDir>/host/node_modules'],
};
