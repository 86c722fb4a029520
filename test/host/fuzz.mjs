import { messageBody, signature } from './deliveries.mjs';
import { seededRandom } from './random.mjs';

const CONTENT_TYPES = [
	'application/json',
	'application/json; charset=utf-8',
	'text/plain',
	'text/html',
	'application/octet-stream',
	'',
];
const NOT_A_RECORD = [null, 1, '', 'text', true, [], [{}]];
const NOT_AN_ID = [null, '', 1.5, true, [], {}, ['1'], { id: 1 }];
const NOT_A_NAME = [null, 1, '', ' ', [], {}, true, ['messages.received']];
const ENOUGH_TO_BE_DEEP = 20_000;
const ENOUGH_TO_BE_LONG = 1_000_000;

function randomBytes(random, length) {
	return Buffer.from(Array.from({ length }, () => Math.floor(random() * 256)));
}

/** A genuine event with one of its parts changed so that it is none any more. */
function broken(body, random) {
	const event = JSON.parse(body);
	const content = 'payload' in event ? 'payload' : 'data';
	const pick = (list) => list[Math.floor(random() * list.length)];
	switch (Math.floor(random() * 5)) {
		case 0:
			return JSON.stringify({ ...event, event: pick(NOT_A_NAME) });
		case 1:
			return JSON.stringify({ ...event, [content]: pick(NOT_A_RECORD) });
		case 2:
			return JSON.stringify({ ...event, [content]: { ...event[content], id: pick(NOT_AN_ID) } });
		case 3:
			return JSON.stringify(
				pick([[event], [], null, 7, 'text', { [content]: event[content] }, { event: event.event }]),
			);
		default:
			return body.slice(0, Math.floor(random() * body.length));
	}
}

const KINDS = [
	(genuine, random) => broken(genuine, random),
	(genuine, random) => broken(genuine, random),
	(_genuine, random) => randomBytes(random, Math.floor(random() * 300)),
	() => '',
	(genuine) => `${genuine}${genuine}`,
	(genuine) => `\u0000${genuine}`,
	(_genuine, random) => '{'.repeat(Math.floor(random() * 50)),
	(_genuine, random) => `[${'"__proto__",'.repeat(Math.floor(random() * 50))}0]`,
	() =>
		'{"__proto__":{"event":"messages.received"},"constructor":{"prototype":{"event":"messages.received"}}}',
];

/** Rare ones, since they take long to send. */
const LARGE = [
	() => '['.repeat(ENOUGH_TO_BE_DEEP),
	() => `${'['.repeat(ENOUGH_TO_BE_DEEP)}${']'.repeat(ENOUGH_TO_BE_DEEP)}`,
	() => `${'{"event":'.repeat(ENOUGH_TO_BE_DEEP)}0${'}'.repeat(ENOUGH_TO_BE_DEEP)}`,
	() => `"${'a'.repeat(ENOUGH_TO_BE_LONG)}"`,
	() => JSON.stringify({ event: 'a'.repeat(ENOUGH_TO_BE_LONG), payload: {}, data: {} }),
];

/** So many malformed deliveries, three of four signed rightly, the same ones in every run. */
export function malformedDeliveries(pair, url, secret, count) {
	const random = seededRandom(20261121);
	const largeEvery = Math.floor(count / 30);
	return Array.from({ length: count }, (_unused, index) => {
		const kinds = index % largeEvery === 0 ? LARGE : KINDS;
		const body = Buffer.from(
			kinds[Math.floor(random() * kinds.length)](messageBody(pair, 900_000 + index), random),
		);
		const contentType = CONTENT_TYPES[Math.floor(random() * CONTENT_TYPES.length)];
		const signed = index % 4 === 0 ? {} : { signature: signature(secret, body) };
		return { url, body, headers: { 'content-type': contentType, ...signed } };
	});
}

/** Deliveries that n8n itself refuses, and with what, before any node sees them. */
export function refusedByN8n(pair, url) {
	const body = messageBody(pair, 999_999);
	const refused = (status, headers, other = body) => ({
		status,
		url,
		body: other,
		headers: { 'content-type': 'application/json', ...headers },
	});
	return [
		refused(422, { 'content-type': 'application/json; charset=utf-7' }),
		refused(400, { 'content-type': 'multipart/form-data' }),
		refused(400, { 'content-type': 'multipart/form-data; boundary=none' }),
		refused(500, { 'content-encoding': 'gzip' }),
		refused(500, {}, `{"text":"${'a'.repeat(17 * 2 ** 20)}"}`),
	];
}
