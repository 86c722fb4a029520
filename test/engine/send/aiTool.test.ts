import type { IDataObject } from 'n8n-workflow';
import type { PairName } from '../../simulator';
import { runAgent } from '../support/agent';
import type { AgentRequest, Tool } from '../support/agent';
import { LUNA, PAIRS, byId, credentialOf, simulator, useSimulator } from '../support/world';

useSimulator();

/**
 * The nodes as tools of an AI agent: every call is a message of its own, whoever shares the agent's
 * execution data, and what a call gave is what the agent is told.
 */

const WAYS: Array<AgentRequest['way']> = ['inline', 'engine'];

/** What n8n's "let the model define this" makes of a field. */
const fromModel = (key: string) => `={{ $fromAI('${key}', '', 'string') }}`;

const settings = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

function sendTool(pair: PairName, name = 'Send', more: Partial<Tool> = {}): Tool {
	return {
		name,
		node: pair,
		parameters: {
			operation: 'send',
			account: byId(LUNA[pair].account),
			chat: byId(fromModel('chat')),
			text: fromModel('text'),
		},
		...more,
	};
}

const chatsOf = (pair: PairName, count: number) =>
	Array.from({ length: count }, (_, index) =>
		simulator().addChat(pair, {
			account: LUNA[pair].account,
			fan: { id: `81${1000 + index}`, name: 'Fan', username: `tool${index}` },
		}),
	);

const storedIn = (pair: PairName, chat: string) =>
	simulator().messages(pair, LUNA[pair].account, chat);

const posts = () => simulator().requests.filter(({ method }) => method === 'POST');

const NAMES = ['Tom', 'Ann', 'Bob'];

describe.each(WAYS)('an agent that calls its tools %s', (way) => {
	describe.each(PAIRS)('%s', (pair) => {
		const agent = (tools: Tool[], calls: AgentRequest['calls'], inParallel = false) =>
			runAgent({ way, tools, calls, inParallel, credential: credentialOf(pair) });
		const greet = (chats: string[]) =>
			chats.map((chat, index) => ({ tool: 'Send', args: { chat, text: `Hello ${NAMES[index]}` } }));

		/** Each chat has its own message, once, and each call was told of that one. */
		function expectGreeted(chats: string[], answers: Array<{ items: IDataObject[] }>): void {
			const stored = chats.map((chat) => storedIn(pair, chat));
			expect(stored.map((messages) => messages.map(({ text }) => text))).toEqual(
				NAMES.map((name) => [`Hello ${name}`]),
			);
			expect(
				answers.map(({ items }) => items.map(({ id, chatId, text }) => ({ id, chatId, text }))),
			).toEqual(
				stored.map((messages, index) =>
					messages.map(({ id, text }) => ({ id, chatId: chats[index], text })),
				),
			);
		}

		test.each([false, true])('three calls of one tool, in parallel %p', async (inParallel) => {
			const chats = chatsOf(pair, 3);
			const { answers } = await agent([sendTool(pair)], [greet(chats)], inParallel);
			expectGreeted(chats, answers);
		});

		test('the same message twice, when the agent calls twice', async () => {
			const [chat = ''] = chatsOf(pair, 1);
			await agent(
				[sendTool(pair)],
				[
					[
						{ tool: 'Send', args: { chat, text: 'Hi' } },
						{ tool: 'Send', args: { chat, text: 'Hi' } },
					],
				],
			);
			expect(storedIn(pair, chat)).toHaveLength(2);
		});

		test('two tools of one agent', async () => {
			const [tom = '', ann = ''] = chatsOf(pair, 2);
			const tools = [
				sendTool(pair, 'Send'),
				sendTool(pair, 'Send to Ann', {
					parameters: {
						...sendTool(pair).parameters,
						text: '=Dear {{ $fromAI("text", "", "string") }}',
					},
				}),
			];
			const { answers } = await agent(tools, [
				[
					{ tool: 'Send', args: { chat: tom, text: 'Tom' } },
					{ tool: 'Send to Ann', args: { chat: ann, text: 'Ann' } },
				],
			]);
			expect(storedIn(pair, tom).map(({ text }) => text)).toEqual(['Tom']);
			expect(storedIn(pair, ann).map(({ text }) => text)).toEqual(['Dear Ann']);
			expect(answers.map(({ items }) => items[0]?.text)).toEqual(['Tom', 'Dear Ann']);
		});

		test('three items at the agent', async () => {
			const chats = chatsOf(pair, 3);
			const { answers } = await agent(
				[sendTool(pair)],
				greet(chats).map((one) => [one]),
			);
			expectGreeted(chats, answers);
		});

		test('one of three calls is refused: the others go out, and the agent is told why', async () => {
			const chats = chatsOf(pair, 3);
			const calls = greet(chats);
			const refused = { tool: 'Send', args: { chat: chats[1] ?? '', text: '' } };
			const { answers } = await agent(
				[sendTool(pair)],
				[[calls[0], refused, calls[2]].filter((one) => one !== undefined)],
			);
			expect(chats.map((chat) => storedIn(pair, chat).map(({ text }) => text))).toEqual([
				['Hello Tom'],
				[],
				['Hello Bob'],
			]);
			expect(answers.map(({ items }) => items.length)).toEqual([1, 0, 1]);
			expect(answers[1]?.error).toMatch(/'Text'/);
		});

		test('everything that is wrong with a call is told, and that nothing was sent', async () => {
			const wrong = { chat: 'Tom', text: '' };
			const { answers } = await agent([sendTool(pair)], [[{ tool: 'Send', args: wrong }]]);
			expect(answers[0]?.error).toMatch(/'Chat' has to be .*'Text' is empty.*Nothing was sent/s);
			expect(simulator().requests).toEqual([]);
		});

		test('that a message may have been sent is told, so that it is not sent again', async () => {
			const [chat = ''] = chatsOf(pair, 1);
			// In the chat it stands otherwise, so it cannot be told from another one.
			simulator().onSent = (message) => (message.text = 'Something else');
			simulator().addFault({ kind: 'storedThen500', method: 'POST' });
			const { answers } = await agent(
				[sendTool(pair)],
				[[{ tool: 'Send', args: { chat, text: 'Hi' } }]],
			);
			expect(storedIn(pair, chat)).toHaveLength(1);
			expect(answers[0]?.error).toContain(
				'It is not known whether the message was sent: look in the chat before you send it again',
			);
		});

		test('a call is tried again by Retry On Fail, and what was sent is not sent twice', async () => {
			const chats = chatsOf(pair, 3);
			simulator().addFault({
				kind: 'json',
				status: 403,
				body: { message: 'Not now.' },
				method: 'POST',
				skip: 1,
				times: 1,
			});
			const { answers } = await agent([sendTool(pair, 'Send', { settings })], [greet(chats)]);
			expectGreeted(chats, answers);
			expect(posts()).toHaveLength(4);
		});

		test('a call whose answer is lost is not sent twice by Retry On Fail', async () => {
			const chats = chatsOf(pair, 3);
			simulator().addFault({ kind: 'storedThen500', method: 'POST' });
			const { answers } = await agent([sendTool(pair, 'Send', { settings })], [greet(chats)]);
			expectGreeted(chats, answers);
			expect(posts()).toHaveLength(3);
		});

		test('three changes by Any Endpoint are three requests', async () => {
			const path = {
				ofapiOnlyFans: '/api/acct_LunaStar0001/chats/mark-as-read',
				ofapiFansly: '/api/fansly/fansly_acct_LunaStar0001/chats/mark-all-as-read',
				apiFansly: '/api/fansly/fansly_acc_LunaStar0001/messages/like',
			}[pair];
			const tool: Tool = {
				name: 'Call',
				node: pair,
				parameters: {
					resource: 'anyEndpoint',
					operation: 'request',
					method: 'POST',
					path,
					body: fromModel('body'),
				},
			};
			await agent(
				[tool],
				[[1, 2, 3].map((type) => ({ tool: 'Call', args: { body: JSON.stringify({ type }) } }))],
			);
			expect(posts().map(({ body }) => body)).toEqual([{ type: 1 }, { type: 2 }, { type: 3 }]);
		});

		test('an unsent message is sent when the agent calls again after it was refused', async () => {
			const [chat = ''] = chatsOf(pair, 1);
			simulator().addFault({
				kind: 'json',
				status: 403,
				body: { message: 'Not now.' },
				method: 'POST',
				times: 1,
			});
			const once = { tool: 'Send', args: { chat, text: 'Hi' } };
			const { answers } = await agent(
				[sendTool(pair)],
				[[once, { ...once, args: { ...once.args } }]],
			);
			expect(answers[0]?.error).toBeDefined();
			expect(storedIn(pair, chat).map(({ text }) => text)).toEqual(['Hi']);
		});
	});

	test('three mass messages are three', async () => {
		const parameters = {
			resource: 'massMessage',
			operation: 'send',
			account: byId(LUNA.ofapiOnlyFans.account),
			text: fromModel('text'),
			maxRecipients: 5,
			userIds: fromModel('fan'),
		};
		const tool: Tool = { name: 'Mass', node: 'ofapiOnlyFans', parameters };
		const calls = NAMES.map((name, index) => ({
			tool: 'Mass',
			args: { text: `Hello ${name}`, fan: String(500101 + index) },
		}));
		const { answers } = await runAgent({
			way,
			tools: [tool],
			calls: [calls],
			credential: credentialOf('ofapiOnlyFans'),
		});
		expect(answers.map(({ error }) => error)).toEqual([undefined, undefined, undefined]);
		expect(posts().map(({ body }) => (body as IDataObject).text)).toEqual([
			'Hello Tom',
			'Hello Ann',
			'Hello Bob',
		]);
		expect(new Set(answers.map(({ items }) => items[0]?.id)).size).toBe(3);
	});
});
