import type { INodeParameters } from 'n8n-workflow';
import type { PairName, StoredMessage } from '../../simulator';
import { startAnswering } from '../support/answers';
import { LUNA, PAIRS, credentialOf, send, simulator, useSimulator } from '../support/world';

useSimulator();

/** A message whose answer was lost, in a chat that does not make it easy to find: once, or reported. */

const MINUTE = 60_000;

const FILE: Record<PairName, INodeParameters> = {
	ofapiOnlyFans: { mediaFiles: '12345' },
	ofapiFansly: { mediaFiles: 'fansly_media_01JR1234ABCD5678EFGH' },
	apiFansly: { mediaIds: '700000000000000001' },
};

function shiftClock(message: StoredMessage, milliseconds: number): void {
	message.createdAt = new Date(Date.parse(message.createdAt) + milliseconds).toISOString();
}

describe.each(PAIRS)('%s', (pair) => {
	const { account } = LUNA[pair];
	const chatOf = (name: string) =>
		simulator().addChat(pair, {
			account,
			fan: { id: `82${name.length}001`, name: 'Fan', username: name },
		});
	const stored = (chat: string) => simulator().messages(pair, account, chat);
	const outgoing = (chat: string) =>
		stored(chat).filter(({ direction }) => direction === 'outgoing');

	async function sendInto500(chat: string, text: string, times = Infinity) {
		simulator().addFault({ kind: 'storedThen500', method: 'POST', times });
		return await send(pair, { text }, { chat });
	}

	const ALTERED: Array<[name: string, alter: (message: StoredMessage) => void]> = [
		['words were taken out', (message) => (message.text = message.text.replace('darling', '***'))],
		['Markdown was made into HTML', (message) => (message.text = message.text.replaceAll('*', ''))],
		['the clock is a minute slow', (message) => shiftClock(message, -MINUTE)],
		['the clock is ten minutes slow', (message) => shiftClock(message, -10 * MINUTE)],
	];

	test.each(ALTERED)('stored, but %s: never sent again, and reported', async (_name, alter) => {
		const chat = chatOf('altered');
		simulator().onSent = alter;
		const result = await sendInto500(chat, 'Hey *darling*, how are you?');
		expect(outgoing(chat)).toHaveLength(1);
		expect(result.error?.context.outcome).toBe('unknown');
	});

	test('stored in another form of Unicode: found', async () => {
		const chat = chatOf('unicode');
		simulator().onSent = (message) => (message.text = message.text.normalize('NFC'));
		const result = await sendInto500(chat, 'Cafe\u0301?');
		expect(result.error).toBeUndefined();
		expect(result.items[0]?.json.id).toBe(outgoing(chat)[0]?.id);
	});

	test('stored, and twelve messages of the fan came meanwhile: sent once', async () => {
		const chat = chatOf('twelve');
		simulator().onSent = () => {
			for (let index = 0; index < 12; index++) {
				simulator().fanWrites(pair, account, chat, { text: `Hello? ${index}` });
			}
		};
		const result = await sendInto500(chat, 'Hi');
		expect(outgoing(chat)).toHaveLength(1);
		// ApiFansly gives ten messages a page.
		if (pair === 'apiFansly') expect(result.error?.context.outcome).toBe('unknown');
		else expect(result.items[0]?.json.id).toBe(outgoing(chat)[0]?.id);
	});

	test('stored, and more messages came meanwhile than a page holds: not sent again', async () => {
		const chat = chatOf('many');
		simulator().onSent = () => {
			for (let index = 0; index < 120; index++) {
				simulator().fanWrites(pair, account, chat, { text: `Hello? ${index}` });
			}
		};
		const result = await sendInto500(chat, 'Hi');
		expect(outgoing(chat)).toHaveLength(1);
		expect(result.error?.context.outcome).toBe('unknown');
	});

	test('a message with a file is found by its text and its file', async () => {
		const chat = chatOf('file');
		simulator().onSent = (message) => {
			// The same words without the file are another message.
			if (outgoing(chat).length === 1) {
				simulator().addMessages(pair, account, chat, [
					{ direction: 'outgoing', text: message.text, createdAt: new Date() },
				]);
			}
		};
		simulator().addFault({ kind: 'storedThen500', method: 'POST' });
		const result = await send(pair, { text: 'Look', additionalFields: FILE[pair] }, { chat });
		expect(result.error).toBeUndefined();
		expect(result.items[0]?.json.id).toBe(outgoing(chat).find(({ media }) => media.length > 0)?.id);
	});

	test('a chat that cannot be read is read three times, and the outcome stays unknown', async () => {
		const chat = chatOf('unreadable');
		simulator().addFault({ kind: 'storedThen500', method: 'POST' });
		simulator().addFault({ kind: 'html', method: 'GET', path: /messages$/ });
		const result = await send(pair, { text: 'Hi' }, { chat });
		expect(result.error?.context.outcome).toBe('unknown');
		expect(
			simulator().requests.filter(
				({ method, path }) => method === 'GET' && path.endsWith('/messages'),
			),
		).toHaveLength(3);
		expect(outgoing(chat)).toHaveLength(1);
	});

	test('found is what no other run has sent', async () => {
		const chat = chatOf('claimed');
		await send(pair, { text: 'Hi' }, { chat });
		simulator().addFault({ kind: 'reset', method: 'POST' });
		const result = await send(pair, { text: 'Hi' }, { chat });
		expect(result.error?.context.outcome).toBe('unknown');
		expect(outgoing(chat)).toHaveLength(1);
	});
});

describe('OnlyFans, where a 5xx may be followed by another try', () => {
	const pair = 'ofapiOnlyFans';
	const { account, chat, longChat } = LUNA[pair];
	const sentTexts = (to: string) =>
		simulator()
			.messages(pair, account, to)
			.filter(({ direction }) => direction === 'outgoing')
			.map(({ text }) => text);

	test.each([chat, longChat])(
		'not stored, in a chat with older messages: sent by the second try (%s)',
		async (to) => {
			simulator().addFault({ kind: 'html', method: 'POST', times: 1 });
			const result = await send(pair, { text: 'Good evening' }, { chat: to });
			expect(result.error).toBeUndefined();
			expect(sentTexts(to).filter((text) => text === 'Good evening')).toHaveLength(1);
		},
	);

	test('not stored, and twelve messages of the fan came meanwhile: sent by the second try', async () => {
		simulator().addMessages(
			pair,
			account,
			longChat,
			Array.from({ length: 12 }, (_, index) => ({
				direction: 'incoming',
				text: `And ${index}?`,
				createdAt: new Date(Date.now() + MINUTE),
			})),
		);
		simulator().addFault({ kind: 'html', method: 'POST', times: 1 });
		const result = await send(pair, { text: 'Good evening' }, { chat: longChat });
		expect(result.error).toBeUndefined();
		expect(sentTexts(longChat).filter((text) => text === 'Good evening')).toHaveLength(1);
	});

	test('another server may give a message the same ID: it is found there', async () => {
		const message = () => ({
			id: 77_001,
			text: 'Hi',
			isSentByMe: true,
			createdAt: new Date().toISOString(),
		});
		const first = await startAnswering(() => ({ body: { data: message() } }));
		const second = await startAnswering(({ method }) =>
			method === 'POST' ? { status: 502, body: {} } : { body: { data: [message()] } },
		);
		try {
			for (const { url } of [first, second]) {
				const credential = { ...credentialOf(pair), baseUrl: url };
				const result = await send(pair, { text: 'Hi' }, { credential });
				expect(result.error).toBeUndefined();
				expect(result.items[0]?.json.id).toBe('77001');
			}
			expect(second.seen.filter(({ method }) => method === 'POST')).toHaveLength(1);
		} finally {
			await first.close();
			await second.close();
		}
	});

	test('a connection that is always lost is tried four times with one key, and looked for each time', async () => {
		simulator().addFault({ kind: 'reset', method: 'POST' });
		const result = await send(pair, { text: 'Good evening' });
		expect(result.error?.context.outcome).toBe('unknown');
		const posts = simulator().requests.filter(({ method }) => method === 'POST');
		expect(posts).toHaveLength(4);
		expect(new Set(posts.map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
		expect(simulator().requests.filter(({ method }) => method === 'GET')).toHaveLength(4);
	});

	test('the lost answer was a 500, which the provider does not keep by its key: sent once', async () => {
		simulator().addFault({ kind: 'lostAfterStoring', status: 500, method: 'POST' });
		const result = await send(pair, { text: 'Good evening' });
		expect(result.error).toBeUndefined();
		expect(result.items[0]?.json.note).toContain('found in the chat');
		expect(sentTexts(chat).filter((text) => text === 'Good evening')).toHaveLength(1);
	});

	test('not stored, and the creator answered a minute ago with another text: sent by the second try', async () => {
		simulator().addMessages(pair, account, chat, [
			{ direction: 'outgoing', text: 'See you', createdAt: new Date(Date.now() - MINUTE) },
		]);
		simulator().addFault({ kind: 'html', method: 'POST', times: 1 });
		const result = await send(pair, { text: 'Good evening' });
		expect(result.error).toBeUndefined();
	});

	test('not stored, and the creator sent the same a minute ago: not known, since the clocks may differ', async () => {
		simulator().addMessages(pair, account, chat, [
			{ direction: 'outgoing', text: 'Good evening', createdAt: new Date(Date.now() - MINUTE) },
		]);
		simulator().addFault({ kind: 'html', method: 'POST', times: 1 });
		const result = await send(pair, { text: 'Good evening' });
		expect(result.error?.context.outcome).toBe('unknown');
		expect(sentTexts(chat).filter((text) => text === 'Good evening')).toHaveLength(1);
	});
});
