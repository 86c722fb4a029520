/** As the tests always run, but ended by the first test that fails, in the order asked for. */
module.exports = {
	...require('../../jest.config.js'),
	rootDir: '..',
	testEnvironment: '<rootDir>/mutation/endAtFirstFailure.cjs',
	testSequencer: '<rootDir>/mutation/namedOrder.cjs',
};
