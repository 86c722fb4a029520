/** Where the mutated files are, and where their tests. */
export const SOURCES = 'nodes';
export const TESTS = 'test';

/**
 * The files that decide about money and messages, each with the tests of its subject, the quickest
 * and closest first: a mutant is killed by the first test that fails. Names that do not exist are
 * left out, so that a test can be named here before it is written.
 */
export const SUBJECTS = {
	'shared/send/send': [
		'engine/deliver',
		'engine/paid',
		'engine/aiTool',
		'engine/pairing',
		'engine/once',
	],
	'shared/send/findSent': ['engine/deliver', 'engine/aiTool', 'engine/once'],
	'shared/send/paid': ['engine/paid'],
	'shared/send/broadcast': ['engine/onlyFansMassMessage'],
	'shared/send/delivery': ['engine/deliver', 'engine/aiTool', 'engine/once'],
	'shared/operation/run': ['engine/deliver', 'engine/aiTool', 'engine/pairing', 'engine/once'],
	'shared/operation/rateLimit': ['engine/pace', 'engine/once'],
	'shared/lists/paginate': ['engine/requests', 'engine/walk'],
	'shared/lists/messagePages': ['engine/requests', 'engine/walk'],
	'shared/triggers/poll': ['engine/poll', 'engine/pollFaults'],
	'shared/triggers/pollChats': ['engine/pollFaults', 'engine/poll'],
	'shared/triggers/pollMessages': ['engine/poll', 'engine/pollFaults'],
	'shared/triggers/pollStart': ['engine/poll', 'engine/pollFaults'],
	'shared/triggers/pollState': ['engine/poll', 'engine/pollFaults'],
	'shared/triggers/deduplicate': ['engine/recent', 'engine/registration', 'engine/webhook'],
	'shared/endpoint/call': ['engine/anyEndpoint'],
};

/** More candidates, mutated only when they are named. */
export const FURTHER_SUBJECTS = {
	'providers/onlyfansapi/registration': ['engine/registration', 'engine/registeredAnew'],
	'shared/lists/list': ['engine/requests', 'engine/walk'],
	'shared/lists/textStream': ['engine/export'],
	'shared/media/download': ['engine/patience', 'engine/media'],
	'shared/media/upload': ['engine/media'],
	'shared/parameters/parsers': ['engine/badInput'],
	'shared/transport/bounded': ['engine/patience'],
	'shared/transport/errors': ['engine/secrets', 'engine/errors'],
	'shared/transport/explain': ['engine/errors', 'engine/refused'],
	'shared/transport/providerText': ['engine/secrets', 'engine/errors'],
	'shared/transport/response': ['engine/errors', 'engine/once'],
	'shared/transport/secrets': ['engine/secrets'],
	'shared/transport/unanswered': ['unit/unanswered', 'engine/encryption', 'engine/errors'],
};
