import type { IDataObject } from 'n8n-workflow';
import type { PairName, StoredMessage } from '../../simulator';
import {
	LUNA,
	PAIRS,
	byId,
	chatOf,
	jsonOf,
	list,
	send,
	simulator,
	useSimulator,
} from '../support/world';

useSimulator();

const ELEVEN_FIELDS = [
	'id',
	'accountId',
	'chatId',
	'direction',
	'senderId',
	'text',
	'createdAt',
	'price',
	'tipAmount',
	'media',
	'replyToId',
];

/** What the common message has to say of a stored one, as far as every provider tells it. */
function expected(pair: PairName, message: StoredMessage): IDataObject {
	return {
		id: message.id,
		accountId: LUNA[pair].account,
		chatId: message.chatId,
		direction: message.direction,
		text: message.text,
		createdAt: message.createdAt,
		price: message.price,
		tipAmount: message.tip,
		replyToId: message.replyToId,
	};
}

const stored = (pair: PairName, chat: string) =>
	simulator().messages(pair, LUNA[pair].account, chat);

test('one fan of two creators: the account tells the rows apart', async () => {
	const other = {
		id: 'acct_Other',
		name: 'Nova',
		username: 'nova',
		nativeId: '100000000000000777',
	};
	simulator().addAccount('ofapiOnlyFans', other);
	const { account, chat } = LUNA.ofapiOnlyFans;
	simulator().addChat('ofapiOnlyFans', {
		account: other.id,
		fan: { id: chat, name: 'Tom Baker', username: 'tombaker' },
		messages: 2,
	});
	const rowsOf = async (id: string) => [
		...jsonOf(await list('ofapiOnlyFans', { returnAll: true, account: byId(id) })),
		...jsonOf(
			await list('ofapiOnlyFans', { resource: 'chat', returnAll: true, account: byId(id) }),
		).filter(({ fanId }) => fanId === chat),
	];
	for (const id of [account, other.id]) {
		const rows = await rowsOf(id);
		expect(rows.length).toBeGreaterThan(2);
		expect(rows.map(({ accountId }) => accountId)).toEqual(rows.map(() => id));
	}
});

describe.each(PAIRS)('%s: the common message', (pair) => {
	test('tells of every message what the provider stored', async () => {
		const chat = chatOf(pair, 240);
		const messages = jsonOf(
			await list(pair, { returnAll: true, options: { order: 'oldest' } }, { chat }),
		);
		const truth = stored(pair, chat);
		expect(messages).toHaveLength(truth.length);
		messages.forEach((message, index) => {
			const one = truth[index];
			if (one === undefined) throw new Error('more messages than stored');
			expect(Object.keys(message)).toEqual(ELEVEN_FIELDS);
			expect(message).toMatchObject(expected(pair, one));
			const media = message.media as IDataObject[];
			expect(media.map(({ id, type, locked }) => ({ id, type, locked }))).toEqual(one.media);
		});
		// The history holds each kind, so none of the above was compared with nothing.
		for (const field of ['price', 'tipAmount', 'replyToId'] as const) {
			expect(messages.some((message) => message[field])).toBe(true);
		}
		expect(messages.some(({ media }) => Array.isArray(media) && media.length > 1)).toBe(true);
	});

	test('a message just sent reads as it was written', async () => {
		const text = 'Line one\nLine two & <three> "four" 😍 &amp; done';
		const [message] = jsonOf(await send(pair, { text }));
		const sent = stored(pair, LUNA[pair].chat).at(-1);
		expect(sent?.text).toBe(text);
		expect(message).toMatchObject({
			id: sent?.id,
			accountId: LUNA[pair].account,
			chatId: LUNA[pair].chat,
			direction: 'outgoing',
			text,
			price: 0,
			tipAmount: 0,
			media: [],
			replyToId: null,
		});
		expect(Object.keys(message ?? {})).toEqual(ELEVEN_FIELDS);
	});

	test('without Simplify nothing is lost', async () => {
		const chat = chatOf(pair, 60);
		const raw = jsonOf(await list(pair, { returnAll: true, simplify: false }, { chat }));
		expect(raw).toHaveLength(60);
		if (pair === 'ofapiOnlyFans') return;
		stored(pair, chat)
			.reverse()
			.forEach((message, index) => {
				const item = raw[index];
				expect(item?.content).toBe(message.text);
				const files = (item?.accountMedia ?? []) as IDataObject[];
				expect(files.map(({ id }) => id)).toEqual(message.media.map(({ id }) => id));
				expect(item?.accountMediaBundles !== undefined).toBe(message.media.length > 1);
				expect(item?.tips !== undefined).toBe(message.tip > 0);
			});
	});
});

test('the direction is unknown, not guessed, when the creator cannot be looked up', async () => {
	simulator().addFault({
		kind: 'json',
		status: 500,
		body: { message: 'down' },
		path: /\/fansly\/accounts$/,
	});
	const result = await list('ofapiFansly');
	expect(result.error).toBeUndefined();
	expect(jsonOf(result).map(({ direction }) => direction)).toEqual([null, null, null]);
});
