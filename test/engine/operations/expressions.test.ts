import { evaluated } from '../support/evaluated';
import { operate } from '../support/operations';
import { LUNA, PAIRS, byId, list, send, simulator, useSimulator } from '../support/world';

useSimulator();

/**
 * An expression costs more than all else that n8n does for an item. How often each is evaluated is
 * counted on the engine: n8n's routing does it twice for each definition of the field's name and
 * twice more where the field goes into the request by itself; this code, once. Send is a custom
 * operation, which n8n runs without its routing.
 */

const ACCOUNT = '={{ $json.account }}';
const CHAT = '={{ $json.chat }}';
const TEXT = '={{ $json.text }}';
const TIME = '={{ $json.time }}';

describe.each(PAIRS)('%s', (pair) => {
	const { account, chat } = LUNA[pair];
	const fields = { account: byId(ACCOUNT), chat: byId(CHAT) };
	const items = [{ account, chat, text: 'Hi', time: '2024-01-01' }];

	test('Send: once for each field, and nothing else', async () => {
		const counts = await evaluated(async () => {
			const { error } = await send(pair, { ...fields, text: TEXT }, { items });
			expect(error).toBeUndefined();
		});
		expect(simulator().requests).toHaveLength(1);
		expect(counts).toEqual({ [ACCOUNT]: 1, [CHAT]: 1, [TEXT]: 1 });
	});

	test('Send: once for a field among the additional ones too', async () => {
		const counts = await evaluated(async () => {
			await send(pair, { text: 'Hi', additionalFields: { binaryFiles: TEXT } }, { items });
		});
		expect(counts).toEqual({ [TEXT]: 1 });
	});

	test('List: six times for two fields, and nothing else', async () => {
		const counts = await evaluated(async () => {
			const { error } = await list(pair, { ...fields, returnAll: true }, { items });
			expect(error).toBeUndefined();
		});
		expect(counts).toEqual({ [ACCOUNT]: 3, [CHAT]: 3 });
	});

	test('a field in Options: three times', async () => {
		const counts = await evaluated(async () => {
			const { error } = await list(pair, { ...fields, options: { sentAfter: TIME } }, { items });
			expect(error).toBeUndefined();
		});
		expect(counts).toEqual({ [ACCOUNT]: 3, [CHAT]: 3, [TIME]: 3 });
	});

	test('each item once, and each try of Retry On Fail anew', async () => {
		simulator().addFault({ kind: 'json', status: 500, body: {}, times: 2 });
		const counts = await evaluated(async () => {
			const { error } = await list(pair, fields, {
				items: [...items, ...items],
				settings: { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 },
			});
			expect(error).toBeUndefined();
		});
		expect(counts).toEqual({ [ACCOUNT]: 12, [CHAT]: 12 });
	});

	test('what was checked is what is used, whatever the expression would give next', async () => {
		const { error } = await operate(pair, 'message.delete', {
			messageId: '={{ String(Math.floor(1e11 + Math.random() * 1e11)) }}',
		});
		const [request] = simulator().requests;
		const [, told] = /The message '(\d{12})' was not found/.exec(error?.message ?? '') ?? [];
		expect(`${request?.path} ${JSON.stringify(request?.body)}`).toContain(told);
	});
});
