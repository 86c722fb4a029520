const { default: Sequencer } = require('@jest/test-sequencer');

/** The test files in the order in which MUTATION_TESTS names them. */
module.exports = class extends Sequencer {
	sort(tests) {
		const order = (process.env.MUTATION_TESTS ?? '').split(',');
		const place = ({ path }) => order.findIndex((name) => path.endsWith(`/${name}.test.ts`));
		return [...tests].sort((a, b) => place(a) - place(b));
	}
};
