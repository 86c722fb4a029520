import { neverSentReason } from '../../dist/nodes/shared/transport/unanswered';

/** A network fault as Node tells it, inside of what n8n makes of it. */
const fault = (code: string, message: string) =>
	new Error('The connection cannot be established', {
		cause: Object.assign(new Error(message), { code }),
	});

test.each([
	['ECONNREFUSED', 'connect ECONNREFUSED 127.0.0.1:9'],
	['EHOSTUNREACH', 'connect EHOSTUNREACH 192.0.2.1:443'],
	['ENETUNREACH', 'connect ENETUNREACH 192.0.2.1:443'],
	['ENOTFOUND', 'getaddrinfo ENOTFOUND api.example'],
	// Where several addresses of a name were tried there are no words.
	['ECONNREFUSED', ''],
])('%s, %j: nothing was sent', (code, message) => {
	expect(neverSentReason(fault(code, message))).toMatchObject({ isTls: false });
});

test.each([
	['EHOSTUNREACH', 'read EHOSTUNREACH'],
	['ENETUNREACH', 'write ENETUNREACH'],
	['ECONNRESET', 'read ECONNRESET'],
	['ETIMEDOUT', 'read ETIMEDOUT'],
])('%s, %j comes on a connection too: it may have been sent', (code, message) => {
	expect(neverSentReason(fault(code, message))).toBeUndefined();
});

test.each([undefined, null, 'no error', {}, new Error('x')])('%p tells nothing', (cause) => {
	expect(neverSentReason(cause)).toBeUndefined();
});
