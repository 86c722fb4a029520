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
		'engine/send/send',
		'engine/send/lostAnswer',
		'engine/send/paid',
		'engine/send/refused',
		'engine/send/aiTool',
		'engine/send/pairing',
		'engine/send/once',
	],
	'shared/send/findSent': [
		'engine/send/lostAnswer',
		'engine/send/send',
		'engine/send/aiTool',
		'engine/send/once',
	],
	'shared/send/paid': ['engine/send/paid'],
	'shared/send/broadcast': ['engine/send/onlyFansMassMessage', 'engine/send/refused'],
	'shared/send/delivery': [
		'engine/send/send',
		'engine/send/refused',
		'engine/send/lostAnswer',
		'engine/send/aiTool',
		'engine/send/once',
	],
	'shared/operation/run': [
		'engine/send/send',
		'engine/send/refused',
		'engine/send/aiTool',
		'engine/send/pairing',
		'engine/send/once',
	],
	'shared/operation/rateLimit': ['engine/contract/errors', 'engine/send/once'],
	'shared/lists/paginate': [
		'engine/lists/requests',
		'engine/lists/walk',
		'engine/lists/export',
		'engine/triggers/pollFaults',
		'engine/send/onlyFansMassMessage',
	],
	'shared/lists/messagePages': [
		'engine/lists/requests',
		'engine/lists/walk',
		'engine/lists/export',
	],
	'shared/lists/conversation': ['engine/lists/conversation'],
	'shared/model/conversation': ['engine/lists/conversation'],
	'shared/triggers/poll': ['engine/triggers/poll', 'engine/triggers/pollFaults'],
	'shared/triggers/pollChats': ['engine/triggers/pollFaults', 'engine/triggers/poll'],
	'shared/triggers/pollMessages': ['engine/triggers/poll', 'engine/triggers/pollFaults'],
	'shared/triggers/pollStart': ['engine/triggers/poll', 'engine/triggers/pollFaults'],
	'shared/triggers/pollState': ['engine/triggers/poll', 'engine/triggers/pollFaults'],
	'shared/triggers/deduplicate': [
		'engine/triggers/deduplicate',
		'engine/triggers/registration',
		'engine/triggers/webhook',
	],
	'shared/endpoint/call': ['engine/endpoint/anyEndpoint'],
	'shared/endpoint/pages': ['engine/endpoint/anyEndpoint'],
};

/** More candidates, mutated only when they are named. */
export const FURTHER_SUBJECTS = {
	'providers/onlyfansapi/registration': [
		'engine/triggers/registration',
		'engine/triggers/registeredAnew',
	],
	'shared/lists/list': ['engine/lists/requests', 'engine/lists/walk'],
	'shared/lists/textStream': ['unit/textStream', 'engine/lists/export'],
	'shared/media/download': ['engine/media/patience', 'engine/media/media'],
	'shared/media/upload': ['engine/media/media'],
	'shared/parameters/parsers': ['engine/operations/badInput'],
	'shared/transport/bounded': ['engine/media/patience'],
	'shared/transport/errors': ['engine/contract/secrets', 'engine/contract/errors'],
	'shared/transport/explain': ['engine/contract/errors', 'engine/send/refused'],
	'shared/transport/providerText': ['engine/contract/secrets', 'engine/contract/errors'],
	'shared/transport/response': ['engine/contract/errors', 'engine/send/once'],
	'shared/transport/secrets': ['engine/contract/secrets'],
	'shared/transport/unanswered': [
		'unit/unanswered',
		'engine/contract/encryption',
		'engine/contract/errors',
	],
};
