/** Where the mutated files are, and where their tests. */
export const SOURCES = 'nodes/shared';
export const TESTS = 'test';

/**
 * The files that decide about money and messages, each with the tests of its subject, the quickest
 * and closest first: a mutant is killed by the first test that fails. Names that do not exist are
 * left out, so that a test can be named here before it is written.
 */
export const SUBJECTS = {
	deliver: ['engine/deliver', 'engine/paid', 'engine/aiTool', 'engine/pairing', 'engine/once'],
	findSent: ['engine/deliver', 'engine/aiTool', 'engine/once'],
	paid: ['engine/paid'],
	broadcast: ['engine/onlyFansMassMessage'],
	run: ['engine/deliver', 'engine/aiTool', 'engine/pairing', 'engine/once'],
	pace: ['engine/pace', 'engine/once'],
	walk: ['engine/requests', 'engine/walk'],
	poll: ['engine/poll', 'engine/pollFaults'],
	pollChats: ['engine/pollFaults', 'engine/poll'],
	pollMessages: ['engine/poll', 'engine/pollFaults'],
	pollStart: ['engine/poll', 'engine/pollFaults'],
	pollState: ['engine/poll', 'engine/pollFaults'],
	recent: ['engine/recent', 'engine/registration', 'engine/webhook'],
	endpoint: ['engine/anyEndpoint'],
};

/** More candidates, mutated only when they are named. */
export const FURTHER_SUBJECTS = {
	check: ['engine/badInput'],
	errors: ['engine/errors'],
	registration: ['engine/registration', 'engine/registeredAnew'],
	textStream: ['engine/export'],
	upload: ['engine/media'],
};
