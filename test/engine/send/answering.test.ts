import type { INodeParameters } from 'n8n-workflow';
import { refusal, said } from '../support/operations';
import {
	LUNA,
	PAIRS,
	chatWith,
	chatsOf,
	credentialOf,
	idsOf,
	jsonOf,
	send,
	simulator,
	useSimulator,
} from '../support/world';
import type { PairName } from '../../pairs';
import type { NewMessage } from '../../simulator';

useSimulator();

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);
const fan = (text: string): NewMessage => ({ direction: 'incoming', text });

let tests = 0;

// What was answered in one test is remembered in the next: no message of it has the same ID.
beforeEach(() => {
	tests++;
	for (const pair of PAIRS) {
		const { account, chat } = LUNA[pair];
		simulator().addMessages(
			pair,
			account,
			chat,
			numbers(10 * tests).map(() => fan('Before')),
		);
	}
});

/** The reply to a fan's message is sent once, whoever tries (promise 10). */

const creator = (text: string): NewMessage => ({ direction: 'outgoing', text });

const stored = (pair: PairName, chat: string) =>
	simulator().messages(pair, LUNA[pair].account, chat);
const newestId = (pair: PairName, chat: string) => stored(pair, chat).at(-1)?.id ?? '';
const answer = (
	pair: PairName,
	chat: string,
	answeringMessageId: string,
	text: string,
	parameters: INodeParameters = {},
) => send(pair, { text, options: { answeringMessageId }, ...parameters }, { chat });
const posts = () => simulator().requests.filter(({ method }) => method === 'POST');

describe.each(PAIRS)('%s', (pair) => {
	test('200 messages, each answered by five executions at once: 200 replies', async () => {
		const chats = chatsOf(pair, 200);
		for (const chat of chats) {
			simulator().addMessages(pair, LUNA[pair].account, chat, [fan('Are you there?')]);
		}
		const results = await Promise.all(
			chats.flatMap((chat) =>
				numbers(5).map((index) => answer(pair, chat, newestId(pair, chat), `Reply ${index}`)),
			),
		);
		expect(results.map(({ error }) => error).filter(Boolean)).toEqual([]);
		for (const chat of chats) {
			const replies = stored(pair, chat).filter(({ direction }) => direction === 'outgoing');
			expect(replies).toHaveLength(1);
			const [reply] = replies;
			const ofChat = results.flatMap(jsonOf).filter(({ chatId }) => chatId === chat);
			expect(ofChat.map(({ id }) => id)).toEqual(Array.from({ length: 5 }, () => reply?.id));
			expect(ofChat.map(({ text }) => text)).toEqual(Array.from({ length: 5 }, () => reply?.text));
			expect(ofChat.filter(({ alreadyAnswered }) => alreadyAnswered === false)).toHaveLength(1);
		}
	});

	test('a person was faster: nothing is sent, and the item is that answer', async () => {
		const chat = chatWith(pair, [fan('Hi'), creator('Hello!'), creator('How are you?')]);
		const answeringId = stored(pair, chat)[0]?.id ?? '';
		const [simplified, raw] = [
			await answer(pair, chat, answeringId, 'Hey'),
			await answer(pair, chat, answeringId, 'Hey', { simplify: false }),
		];
		expect(posts()).toEqual([]);
		expect(jsonOf(simplified)).toEqual([
			expect.objectContaining({
				text: 'Hello!',
				direction: 'outgoing',
				chatId: chat,
				alreadyAnswered: true,
			}),
		]);
		expect(idsOf(simplified)).toEqual([stored(pair, chat)[1]?.id]);
		expect(raw.items[0]?.json).toMatchObject({ alreadyAnswered: true });
		expect(JSON.stringify(raw.items[0]?.json)).toContain('Hello!');
	});

	test('what was written before does not count, nor what the fan writes after', async () => {
		const chat = chatWith(pair, [creator('Welcome'), fan('Hi'), fan('You there?')]);
		const result = await answer(pair, chat, stored(pair, chat)[1]?.id ?? '', 'Hey');
		expect(jsonOf(result)).toEqual([
			expect.objectContaining({ text: 'Hey', alreadyAnswered: false }),
		]);
		expect(stored(pair, chat)).toHaveLength(4);
	});

	test('several messages of one execution that answer the same one all go out', async () => {
		const chat = chatWith(pair, [fan('Hi')]);
		const answeringMessageId = newestId(pair, chat);
		const result = await send(
			pair,
			{ text: '={{ $json.text }}', options: { answeringMessageId } },
			{ chat, items: [{ text: 'one' }, { text: 'two' }, { text: 'three' }] },
		);
		expect(jsonOf(result).map(({ text }) => text)).toEqual(['one', 'two', 'three']);
		expect(jsonOf(result).map(({ alreadyAnswered }) => alreadyAnswered)).toEqual([
			false,
			false,
			false,
		]);
		expect(stored(pair, chat).map(({ text }) => text)).toEqual(['Hi', 'one', 'two', 'three']);
		// One look at the chat, and on Fansly one for the creator's own ID.
		const reads = simulator().requests.filter(({ method }) => method === 'GET');
		expect(reads).toHaveLength(pair === 'ofapiOnlyFans' ? 1 : 2);
	});

	test('where the chat cannot be read nothing is sent', async () => {
		const chat = chatWith(pair, [fan('Hi')]);
		simulator().addFault({ kind: 'json', status: 500, body: {}, method: 'GET' });
		const result = await answer(pair, chat, newestId(pair, chat), 'Hey');
		expect(result.error?.context).toMatchObject({ outcome: 'notSent' });
		expect(posts()).toEqual([]);
	});

	test('a retry looks again: meanwhile a person may have answered', async () => {
		const chat = chatWith(pair, [fan('Hi')]);
		const answeringMessageId = newestId(pair, chat);
		simulator().addFault({ kind: 'json', status: 403, body: {}, method: 'POST', times: 1 });
		let isAnswered = false;
		const watching = (async () => {
			while (posts().length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
			simulator().addMessages(pair, LUNA[pair].account, chat, [creator('Me first')]);
			isAnswered = true;
		})();
		const result = await send(
			pair,
			{ text: 'Hey', options: { answeringMessageId } },
			{ chat, settings: { retryOnFail: true, maxTries: 3, waitBetweenTries: 1000 } },
		);
		await watching;
		expect(isAnswered).toBe(true);
		expect(jsonOf(result)).toEqual([
			expect.objectContaining({ text: 'Me first', alreadyAnswered: true }),
		]);
	});

	test('a lost answer is found, and counts as this execution’s own', async () => {
		const chat = chatWith(pair, [fan('Hi')]);
		simulator().addFault({ kind: 'lostAfterStoring', method: 'POST', times: 1 });
		const result = await answer(pair, chat, newestId(pair, chat), 'Hey');
		expect(jsonOf(result)).toEqual([
			expect.objectContaining({ text: 'Hey', alreadyAnswered: false }),
		]);
		expect(stored(pair, chat).map(({ text }) => text)).toEqual(['Hi', 'Hey']);
	});

	test('what is no message ID is named', async () => {
		const result = await send(pair, { text: 'Hey', options: { answeringMessageId: 'hello' } });
		expect(refusal(result)).toContain("'Answering Message ID'");
	});
});

describe('OnlyFans', () => {
	const pair = 'ofapiOnlyFans';

	test('a mass message is no answer', async () => {
		const chat = chatWith(pair, [fan('Hi'), { ...creator('To all of you'), isFromQueue: true }]);
		const result = await answer(pair, chat, stored(pair, chat)[0]?.id ?? '', 'Hey');
		expect(jsonOf(result)).toEqual([
			expect.objectContaining({ text: 'Hey', alreadyAnswered: false }),
		]);
	});

	/** Two n8n processes: what one keeps by address the other does not see. */
	const fromTwoProcesses = async (chat: string, texts: [string, string]) => {
		const answeringMessageId = newestId(pair, chat);
		const { apiKey, baseUrl } = credentialOf(pair);
		const addresses = [baseUrl, baseUrl.replace('127.0.0.1', 'localhost')];
		// Both have looked at the chat before either sends.
		simulator().addFault({ kind: 'together', requests: 2, times: 2, method: 'GET' });
		return await Promise.all(
			texts.map((text, index) =>
				send(
					pair,
					{ text, options: { answeringMessageId } },
					{ chat, credential: { apiKey, baseUrl: addresses[index] ?? '' } },
				),
			),
		);
	};

	test.each<[string, [string, string]]>([
		['the same text', ['Hey', 'Hey']],
		['other words', ['Hey', 'Hello']],
	])('two processes that both saw no answer make one message: %s', async (_, texts) => {
		const chat = chatWith(pair, [fan('Hi')]);
		const results = await fromTwoProcesses(chat, texts);
		expect(results.map(({ error }) => error).filter(Boolean)).toEqual([]);
		const [, reply, ...more] = stored(pair, chat);
		expect(more).toEqual([]);
		expect(results.flatMap(idsOf)).toEqual([reply?.id, reply?.id]);
		expect(
			results
				.flatMap(jsonOf)
				.map(({ alreadyAnswered }) => alreadyAnswered)
				.sort(),
		).toEqual([false, true]);
	});

	test('a rejection that the provider keeps by the key is no reason to be rejected for ever', async () => {
		const chat = chatWith(pair, [fan('Hi')]);
		const parameters = { additionalFields: { blockBannedWords: 'strict_ban' } };
		const first = await answer(pair, chat, newestId(pair, chat), 'bannedword', parameters);
		expect(first.error?.context).toMatchObject({ outcome: 'notSent' });
		const second = await answer(pair, chat, newestId(pair, chat), 'bannedword', parameters);
		expect(said(second)).toBe(said(first));
		const keys = posts().map(({ headers }) => headers['idempotency-key']);
		expect(keys).toEqual([keys[0], keys[0], expect.not.stringMatching(keys[0] ?? '')]);
	});
});
