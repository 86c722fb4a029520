import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { pairs } from '../../pairs';
import { SECRET, deliver, listeningHost, receivedEvent } from '../support/deliveries';
import type { TriggerHost } from '../support/triggerHost';
import { PAIRS } from '../support/world';

/** Bodies that no provider should send: none may start anything, break anything or show a secret. */

const RUNS = 700;

/** A path to some value inside an event, and what to put there instead. */
const damage = fc.record({
	at: fc.nat(),
	value: fc.oneof(
		fc.constantFrom(
			undefined,
			null,
			'',
			0,
			-1,
			Number.MAX_VALUE,
			true,
			'\u0000',
			'💥'.repeat(50),
			[],
			{},
			[[[]]],
		),
		fc.jsonValue(),
	),
});

function placesIn(value: unknown): Array<[IDataObject, string]> {
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([key, inner]) => [
		[value as IDataObject, key] as [IDataObject, string],
		...placesIn(inner),
	]);
}

describe.each(PAIRS)('%s', (pair) => {
	let host: TriggerHost;
	beforeAll(async () => {
		host = await listeningHost(pair);
	});
	afterAll(async () => {
		await host.close();
	});

	const hidden = (text: string) => !text.includes(SECRET) && !text.includes('node_modules');

	test('what is not an event of the provider starts nothing', async () => {
		const body = fc.oneof(
			fc.string({ unit: 'binary' }),
			fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
			fc.json(),
			fc.constantFrom(
				'',
				'null',
				'[]',
				'{}',
				'{"event":',
				'{"event":1}',
				'{"event":{"a":1}}',
				'{"event":"messages.received"}',
				'{"event":"fansly.messages.received","payload":[]}',
				'['.repeat(5000),
				`${'{"a":'.repeat(2000)}1${'}'.repeat(2000)}`,
			),
			fc.string().map((text) =>
				JSON.stringify({
					event: pairs[pair].events.received,
					account_id: text,
					payload: text,
					data: text,
				}),
			),
		);
		await fc.assert(
			fc.asyncProperty(
				body,
				fc.boolean(),
				fc.constantFrom(
					'application/json',
					'text/plain',
					'application/xml',
					'multipart/form-data',
					'',
				),
				async (raw, isSigned, type) => {
					const { status, text } = await deliver(host, raw, {
						secret: isSigned ? SECRET : 'wrong',
						headers: { 'content-type': type },
					});
					// 200 for an event by another name, which is ignored.
					expect(isSigned ? [200, 400] : [401]).toContain(status);
					expect(hidden(text)).toBe(true);
				},
			),
			{ numRuns: RUNS },
		);
		expect(host.executions).toEqual([]);
	});

	test('an event that is damaged anywhere is taken or refused, and breaks nothing', async () => {
		let id = 0;
		await fc.assert(
			fc.asyncProperty(fc.array(damage, { minLength: 1, maxLength: 3 }), async (damages) => {
				const event = receivedEvent(pair, String(++id));
				for (const { at, value } of damages) {
					const places = placesIn(event);
					const place = places[at % places.length];
					if (place !== undefined) Object.assign(place[0], { [place[1]]: structuredClone(value) });
				}
				const { status, text } = await deliver(host, event);
				expect([200, 400, ...(pair === 'apiFansly' ? [401] : [])]).toContain(status);
				expect(hidden(text)).toBe(true);
			}),
			{ numRuns: RUNS },
		);
		// Whatever was taken has the shape that a workflow counts on.
		for (const item of host.items) {
			expect(typeof item.id).toBe('string');
			expect(typeof item.text).toBe('string');
			expect(item.direction).toBe('incoming');
		}
	});
});
