import fc from 'fast-check';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { PairName } from '../../pairs';
import { startAnswering } from '../support/answers';
import { nodeType } from '../support/harness';
import { shownFields } from '../support/shown';
import { LUNA, PAIRS, byId, send, simulator, useSimulator } from '../support/world';

useSimulator();

/**
 * Send is a custom operation: it does without n8n's own routing. An agent that calls the node by
 * itself still goes through that routing, so both have to do the same with the same fields.
 */

/** The same work with n8n's own routing. */
async function throughRouting<T>(pair: PairName, work: () => Promise<T>): Promise<T> {
	const type = await nodeType(pair);
	const { customOperations } = type;
	type.customOperations = undefined;
	try {
		return await work();
	} finally {
		type.customOperations = customOperations;
	}
}

const expression = (value: unknown) => `={{ ${JSON.stringify(value)} }}`;

/** A message without its times: those of the same message a second time are others. */
const withoutTimes = (message: IDataObject): unknown =>
	JSON.parse(JSON.stringify(message, (key, value: unknown) => (/At$/.test(key) ? 0 : value)));

/** What users put into a field: mostly what is right. */
const mostly = (right: unknown[], wrong: unknown[]) =>
	fc.oneof(
		{ weight: 12, arbitrary: fc.constantFrom(...right) },
		{ weight: 1, arbitrary: fc.constantFrom(...wrong) },
	);
const ids = (...some: string[]) =>
	mostly(
		['', ...some, some.join(', '), expression(some), expression(some[0])],
		['not an ID!', expression({})],
	);
const prices = mostly([0, 5, '5.50', expression(7)], [1000, expression('free')]);
const switches = mostly([true, false, expression(true)], [expression('perhaps')]);
const concurrency = mostly([1, expression(2)], [0]);
const vaultFile = mostly(
	[
		byId('1234567890'),
		byId(expression(1234567890)),
		{ __rl: true, mode: 'list', value: '' },
		expression('1234567890'),
	],
	[byId('beach.jpg')],
);

type Fields = Record<PairName, Record<string, fc.Arbitrary<unknown>>>;

const additionalFields: Fields = {
	ofapiOnlyFans: {
		mediaFiles: ids('1234567890', 'ofapi_media_abc123'),
		vaultFile,
		previews: ids('1234567890'),
		price: prices,
		lockedText: switches,
		giphyId: ids('WAGC3LeqJvXglm5H7a'),
		rfTag: ids('123', '456'),
		rfPartner: ids('123', '456'),
		rfGuest: ids('123', '456'),
		blockBannedWords: mostly(['strict_ban', expression('risky')], ['none']),
		replyToMessageId: mostly(['', '1234567890123', expression(1234567890123)], ['first']),
	},
	ofapiFansly: {
		mediaFiles: ids('fansly_media_abc123', 'fansly_media_def456'),
		replyToMessageId: mostly(['', '400000000000000003'], ['first']),
	},
	apiFansly: {
		mediaIds: ids('700000000000000001', '700000000000000002'),
		vaultFile,
		accessType: mostly(['ppv', expression('ppv')], ['gift']),
		price: prices,
	},
};

const options: Fields = {
	ofapiOnlyFans: { checkPaid: switches, concurrency },
	ofapiFansly: { concurrency },
	apiFansly: { checkPaid: switches, mediaFormat: mostly(['auto', 'mediaIds'], ['list']) },
};

describe.each(PAIRS)('%s', (pair) => {
	const { chat } = LUNA[pair];

	test("whatever the fields hold, the requests and the errors are those of n8n's routing", async () => {
		const outcome = async (parameters: INodeParameters) => {
			simulator().reset();
			const { error, items } = await send(pair, parameters);
			return {
				requests: simulator().requests.map(({ method, path, body }) => ({ method, path, body })),
				message: error?.message,
				description: error?.description,
				items: items.map(({ json, pairedItem }) => ({
					json: withoutTimes({ ...json, id: 0, queueId: 0 }),
					pairedItem,
				})),
			};
		};
		let sent = 0;
		await fc.assert(
			fc.asyncProperty(
				fc.record({
					text: mostly(['Hi', expression('Hi'), expression(5)], ['', expression({})]),
					simplify: switches,
					additionalFields: fc.record(additionalFields[pair], { requiredKeys: [] }),
					options: fc.record(options[pair], { requiredKeys: [] }),
				}),
				async (fields) => {
					const parameters = fields as INodeParameters;
					const ours = await outcome(parameters);
					expect(ours).toEqual(await throughRouting(pair, async () => await outcome(parameters)));
					sent += ours.items.length;
				},
			),
			{ numRuns: 250 },
		);
		expect(sent).toBeGreaterThan(10);
	}, 120_000);

	const items = ['one', 'bad', 'three'].map((text) => ({ text, chat }));
	const text = "={{ $json.text === 'bad' ? $('No such node').item.json.text : $json.text }}";

	test("an expression that n8n can't evaluate: nothing is sent, and the error names the item", async () => {
		const { error } = await send(pair, { text }, { items });
		expect(error?.context.itemIndex).toBe(1);
		expect(error?.message).toContain("Referenced node doesn't exist [item 1]");
		expect(error?.description).toContain('Sent: none. Not sent: items 0–2.');
		expect(simulator().requests).toEqual([]);
	});

	test('the same with On Error set to continue: the others are sent', async () => {
		const result = await send(pair, { text }, { items, onError: 'continueErrorOutput' });
		expect(result.items.map(({ json }) => json.text)).toEqual(['one', 'three']);
		expect(result.items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 2 }]);
		expect(result.errorItems).toHaveLength(1);
		expect(result.errorItems[0]?.json.error).toContain("Referenced node doesn't exist");
		expect(result.errorItems[0]?.pairedItem).toEqual({ item: 1 });
	});

	test('the same in Account: n8n says what is wrong with the expression', async () => {
		const { error } = await send(pair, {
			text: 'Hi',
			account: byId("={{ $('No such node').item }}"),
		});
		expect(error?.message).toContain("Referenced node doesn't exist");
		expect(simulator().requests).toEqual([]);
	});

	test.each(['not an address', 'localhost:3128', '://', 'socks5://127.0.0.1:3128'])(
		'a wrong proxy: %s',
		async (proxy) => {
			const { error } = await send(pair, { text: 'Hi', requestOptions: { proxy } });
			expect(error?.message).toContain('The proxy is not a web address [item 0]');
			expect(error?.description).toContain('http://127.0.0.1:3128');
			expect(simulator().requests).toEqual([]);
		},
	);

	test.each([
		['user:pass', 'user:pass'],
		['us%40er:50%25%3A', 'us@er:50%:'],
	])('a proxy with a name and a password: %s', async (given, told) => {
		const proxy = await startAnswering(() => ({ status: 403, body: { message: 'No.' } }));
		const address = proxy.url.replace('http://', `http://${given}@`);
		const { error } = await send(pair, { text: 'Hi', requestOptions: { proxy: address } });
		await proxy.close();
		expect(error?.message).toContain('does not allow');
		expect(proxy.seen.map(({ method }) => method)).toEqual(['POST']);
		const [, user = ''] = `${proxy.seen[0]?.headers['proxy-authorization']}`.split('Basic ');
		expect(Buffer.from(user, 'base64').toString()).toBe(told);
		expect(simulator().requests).toEqual([]);
	});

	test('what fields put into the request by themselves stands in collections alone', async () => {
		const { description } = await nodeType(pair);
		const fields = shownFields(description, { resource: 'message', operation: 'send' });
		const own = fields.filter(({ name }) => name !== 'operation');
		expect(own.filter(({ routing }) => routing !== undefined)).toEqual([]);
		const properties = own
			.flatMap(({ options = [] }) => options)
			.flatMap((option) => ('routing' in option ? (option.routing?.send ?? []) : []));
		expect(properties.length).toBeGreaterThan(2);
		for (const property of properties) expect(property).toMatchObject({ type: 'body' });
	});

	test('no input items: nothing', async () => {
		const result = await send(pair, { text: 'Hi' }, { items: [] });
		expect(result.error).toBeUndefined();
		expect(simulator().requests).toEqual([]);
	});
});
