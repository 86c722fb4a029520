const { writeSync } = require('node:fs');
const { TestEnvironment } = require('jest-environment-node');

function fullName(test) {
	return test.parent?.name === undefined || test.parent.name === 'ROOT_DESCRIBE_BLOCK'
		? test.name
		: `${fullName(test.parent)} › ${test.name}`;
}

/** Jest's own `--bail` looks only at the end of a file; this ends the whole process with the first failed test. */
module.exports = class extends TestEnvironment {
	handleTestEvent({ name, test }) {
		if (name !== 'test_done' || test.errors.length === 0) return;
		writeSync(2, `\nFirst failure: ${fullName(test)}\n`);
		process.exit(1);
	}
};
