import { resolve } from 'node:path';
import { loadOutputSchema } from 'n8n-core';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { textOf } from '../../../nodes/shared/model/values';
import type { PairName } from '../../simulator';
import { runAgent } from '../support/agent';
import type { AgentRequest } from '../support/agent';
import { nodeType, run } from '../support/harness';
import { givenToModel, modelPaths, shownFields } from '../support/modelFields';
import { sent } from '../support/operations';
import {
	filledFrom,
	keepOutputs,
	kindsIn,
	schemaOf,
	shapeOf,
	storedOutputs,
	united,
} from '../support/outputs';
import type { Outputs, Shape } from '../support/outputs';
import { LUNA, PAIRS, byId, credentialOf, simulator, useSimulator } from '../support/world';

useSimulator();

/**
 * Every field that n8n lets a model fill ("let the model define this"), of every operation: what
 * leaves is what a person would have sent with the same values.
 */

const WAYS: Array<AgentRequest['way']> = ['inline', 'engine'];

type Cases = Record<string, INodeParameters[]>;

const list = { returnAll: false, limit: 2, simplify: false };
const parallel = { parallelPages: true, concurrency: 2 };
const firstMessage = (pair: PairName) =>
	simulator().messages(pair, LUNA[pair].account, LUNA[pair].chat)[0]?.id ?? '';
const ownMessage = (pair: PairName) =>
	simulator()
		.messages(pair, LUNA[pair].account, LUNA[pair].chat)
		.find(({ direction }) => direction === 'outgoing')?.id ?? '';
const FAN = '300000000000000001';
const ONLYFANS_FAN = '500101';

/** The file of a vault or of an upload that the simulator knows. */
const fileUrl = (pair: PairName) =>
	simulator().addFiles(pair, LUNA[pair].account, [{}])[0]?.url ?? '';

const download = (pair: PairName): INodeParameters[] => [
	{ cdnUrl: fileUrl(pair), binaryPropertyName: 'photo' },
];

const getConversation = (pair: PairName): INodeParameters[] => [
	{
		limit: 2,
		options: {
			answeringMessageId: firstMessage(pair),
			concurrency: 1,
			whenNothingToAnswer: 'returnItem',
		},
	},
];

/** A reply to a message that has an answer: the chat is read, and nothing sent. */
const answered = (pair: PairName): INodeParameters => ({
	text: 'Hello',
	options: { answeringMessageId: firstMessage(pair) },
});

const anyEndpoint = (
	pair: PairName,
	start: string,
	query: [string, string],
	body: Record<string, string>,
): INodeParameters[] => [
	{
		method: 'GET',
		path: `${start}/{account}/chats`,
		pathAccount: byId(LUNA[pair].account),
		queryParameters: { parameter: [{ name: query[0], value: query[1] }] },
		returnAllPages: true,
		options: { maxPages: 2, concurrency: 1 },
	},
	{
		method: 'POST',
		path: `${start}/${LUNA[pair].account}/chats/${LUNA[pair].chat}/messages`,
		body,
	},
];

const messageList = (pair: PairName): INodeParameters[] => [
	{
		...list,
		output: 'items',
		options: {
			afterMessageId: '1',
			beforeMessageId: firstMessage(pair),
			concurrency: 1,
			order: 'oldest',
			sentAfter: '2026-01-01T00:00:00',
			sentBefore: '2027-01-01T00:00:00',
		},
	},
	{
		returnAll: true,
		output: 'file',
		fileFormat: 'jsonl',
		binaryProperty: 'history',
		simplify: false,
		options: { fileName: 'chat.jsonl' },
	},
];

const onlyFans = (): Cases => {
	const messageId = firstMessage('ofapiOnlyFans');
	simulator()
		.onlyFans(LUNA.ofapiOnlyFans.account)
		.massMessages.push({ id: '1234567890', body: {}, date: new Date().toISOString() });
	const paid = {
		blockBannedWords: 'risky',
		giphyId: 'WAGC3LeqJvXglm5H7a',
		lockedText: true,
		mediaFiles: 'ofapi_media_abc123, 1234567890',
		previews: '1234567890',
		price: 9.99,
		rfGuest: '123, 456',
		rfPartner: '789',
		rfTag: '339543013',
		vaultFile: byId('1234567891'),
	};
	return {
		'account.getCredits': [{ simplify: false }],
		'account.list': [{ simplify: false }],
		'anyEndpoint.request': anyEndpoint('ofapiOnlyFans', '/api', ['limit', '2'], { text: 'Hi' }),
		'chat.hide': [{}],
		'chat.getConversation': getConversation('ofapiOnlyFans'),
		'chat.list': [
			{ ...list, filters: { order: 'old', search: 'a', only: 'unread' }, options: parallel },
			{ ...list, filters: { unansweredOnly: true } },
		],
		'chat.listMedia': [{ ...list, filters: { type: 'photos' }, options: { concurrency: 2 } }],
		'chat.markAllRead': [{}],
		'chat.markRead': [{}],
		'chat.markUnread': [{}],
		'chat.mute': [{}],
		'chat.startTyping': [{}],
		'chat.unmute': [{}],
		'fan.block': [{ fanId: ONLYFANS_FAN }],
		'fan.get': [{ fan: 'tombaker', simplify: false }],
		'fan.getNote': [{ fanId: ONLYFANS_FAN }],
		'fan.list': [
			{
				...list,
				which: 'all',
				filters: { duration: 1, tips: 10, totalSpent: 100, online: true, search: 'Tom' },
				options: parallel,
			},
			{
				which: 'latest',
				filters: { endDate: '2026-12-01', startDate: '2026-01-01T00:00:00', type: 'renew' },
			},
		],
		'fan.listBlocked': [{ ...list, filters: { search: 'Tom' }, options: parallel }],
		'fan.listRestricted': [{ ...list, filters: { search: 'Tom' }, options: parallel }],
		'fan.listSubscriptions': [{ fanId: ONLYFANS_FAN, simplify: false }],
		'fan.listTop': [
			{
				rankedBy: 'tips',
				simplify: false,
				filters: { startDate: '2026-01-01T00:00:00', endDate: '2026-02-01T00:00:00' },
			},
		],
		'fan.restrict': [{ fanId: ONLYFANS_FAN }],
		'fan.setCustomName': [{ fanId: ONLYFANS_FAN, customName: 'Whale' }],
		'fan.setNote': [{ fanId: ONLYFANS_FAN, note: 'Likes voice messages' }],
		'fan.unblock': [{ fanId: ONLYFANS_FAN }],
		'fan.unrestrict': [{ fanId: ONLYFANS_FAN }],
		'fanList.addFan': [{ fanId: ONLYFANS_FAN, fanList: byId('1139401260') }],
		'fanList.create': [{ name: 'Whales', simplify: false }],
		'fanList.list': [{ ...list, options: parallel }],
		'fanList.listFans': [{ ...list, fanList: byId('1139401260'), options: parallel }],
		'fanList.removeFan': [{ fanId: ONLYFANS_FAN, fanList: byId('1139401260') }],
		'massMessage.delete': [{ messageId: '1234567890' }],
		'massMessage.get': [{ messageId: '1234567890', simplify: false }],
		'massMessage.getStatistics': [
			{
				...list,
				filters: {
					search: 'Hi',
					sentAfter: '2026-01-01T00:00:00',
					sentBefore: '2026-02-01T00:00:00',
				},
				options: { concurrency: 2 },
			},
		],
		'massMessage.list': [{ simplify: false }],
		'massMessage.listBuyers': [{ ...list, messageId: '1234567890', options: { concurrency: 2 } }],
		'massMessage.send': [
			{
				text: 'Hello',
				userLists: 'fans, 1139401260',
				userIds: '500101, 500102',
				maxRecipients: 100,
				simplify: false,
				additionalFields: {
					...paid,
					excludedLists: 'recent',
					saveForLater: true,
					scheduledDate: '2099-01-01T00:00:00',
				},
			},
		],
		'massMessage.update': [
			{
				messageId: '1234567890',
				text: 'Hello',
				userLists: 'fans, 1139401260',
				userIds: '500101, 500102',
				maxRecipients: 100,
				scheduledDate: '2099-01-01T00:00:00',
				simplify: false,
				additionalFields: {
					blockBannedWords: 'risky',
					giphyId: 'WAGC3LeqJvXglm5H7a',
					lockedText: true,
					mediaFiles: 'ofapi_media_abc123, 1234567890',
					previews: '1234567890',
					price: 9.99,
					vaultFile: byId('1234567891'),
				},
			},
		],
		'media.download': download('ofapiOnlyFans'),
		'media.getStatus': [{ uploadId: 'ofapi_media_abc123', simplify: false }],
		'media.list': [
			{
				...list,
				filters: { query: 'beach', field: 'recent', sort: 'asc', type: 'video', list: '123456789' },
				options: parallel,
			},
		],
		'media.searchGifs': [{ ...list, gifQuery: 'good morning', options: parallel }],
		'media.upload': [
			{
				source: 'url',
				fileUrl: 'https://example.com/photo.jpg',
				simplify: false,
				options: { concurrency: 1, wait: 1, inBackground: true },
			},
		],
		'media.uploadToVault': [
			{
				source: 'url',
				fileUrl: 'https://example.com/photo.jpg',
				simplify: false,
				options: { concurrency: 1, wait: 1, inBackground: true },
			},
		],
		'message.delete': [{ messageId: ownMessage('ofapiOnlyFans') }],
		'message.get': [{ messageId, simplify: false }],
		'message.like': [{ messageId }],
		'message.list': [
			...messageList('ofapiOnlyFans'),
			{ ...list, output: 'items', options: { pinnedOnly: true } },
		],
		'message.pin': [{ messageId }],
		'message.search': [{ query: 'page' }],
		'message.send': [
			{
				text: 'Hello',
				simplify: false,
				additionalFields: {
					...paid,
					replyToMessageId: messageId,
				},
				options: { checkPaid: false, deleteUnlocked: true, concurrency: 1 },
			},
			answered('ofapiOnlyFans'),
		],
		'message.unlike': [{ messageId }],
		'message.unpin': [{ messageId }],
		'transaction.list': [
			{
				...list,
				filters: {
					fanId: ONLYFANS_FAN,
					since: '2026-01-01T00:00:00',
					type: 'tips',
					tipsSource: 'chat',
				},
				options: { concurrency: 2 },
			},
		],
	};
};

const fanslyLists: Cases = {
	'fan.list': [
		{
			...list,
			which: 'all',
			filters: { search: 'Tom', subscriptionTierId: '800000000000000001' },
			options: { concurrency: 1 },
		},
	],
};

const PERIOD = { since: '2026-08-01T00:00:00', until: '2026-09-30T00:00:00' };
const FAN_LIST = '600000000000000001';

/** What fans paid, and their lists, on both pairs of Fansly. */
const fanslyAccount = (pair: PairName, hasPeriod: boolean): Cases => {
	const filters = { filters: PERIOD };
	const chosen = { simplify: false, ...(hasPeriod && filters) };
	return {
		'fan.getMonthlyTotals': [{ fanId: FAN, ...chosen }],
		'fan.getTotals': [{ fanId: FAN, ...chosen }],
		'fan.listTop': [{ simplify: false, ...filters }],
		'fanList.addFan': [{ fanList: byId(FAN_LIST), fanId: FAN }],
		'fanList.removeFan': [{ fanList: byId(FAN_LIST), fanId: FAN }],
		'massMessage.delete': [{ messageId: '410000000000000001' }],
		'massMessage.list': [{ simplify: false }],
		'massMessage.update': [
			{
				messageId: '410000000000000001',
				text: 'Hello',
				scheduledDate: '2099-01-01T00:00:00',
				...(pair === 'apiFansly' && {
					additionalFields: {
						mediaIds: '700000000000000001',
						vaultFile: byId('700000000000000003'),
					},
				}),
			},
		],
		'transaction.getMonthlyStatistics': [{ simplify: false, ...filters }],
		'transaction.list': [
			{
				...list,
				filters: pair === 'apiFansly' ? PERIOD : { since: PERIOD.since },
				options: parallel,
			},
		],
	};
};

const ofapiFansly = (): Cases => {
	const messageId = firstMessage('ofapiFansly');
	return {
		'account.list': [{ simplify: false }],
		'anyEndpoint.request': anyEndpoint('ofapiFansly', '/api/fansly', ['limit', '2'], {
			text: 'Hi',
		}),
		...fanslyAccount('ofapiFansly', true),
		'chat.create': [{ fanId: FAN }],
		'chat.disableReadReceipts': [{}],
		'chat.get': [{ simplify: false }],
		'chat.getConversation': getConversation('ofapiFansly'),
		'chat.list': [
			{
				...list,
				filters: { order: 'oldest', search: 'a', unansweredOnly: true },
				options: parallel,
			},
		],
		'chat.markAllRead': [{}],
		'chat.startTyping': [{}],
		'chat.unmute': [{ fanId: FAN }],
		'fan.get': [{ fan: FAN, simplify: false }],
		'fan.setCustomName': [{ fanId: FAN, customName: 'VIP' }],
		'fanList.list': [{ simplify: false }],
		'fanList.listFans': [{ fanList: byId(FAN_LIST), simplify: false }],
		'media.getAccountMedia': [{ accountMediaIds: '700000000000000001', simplify: false }],
		'media.uploadToVault': [
			{
				source: 'url',
				fileUrl: 'https://example.com/photo.jpg',
				simplify: false,
				additionalFields: { albumId: '500000000000000001' },
				options: { concurrency: 1, wait: 1 },
			},
		],
		'transaction.getStatistics': [{ simplify: false, filters: PERIOD }],
		'fan.list': [
			...(fanslyLists['fan.list'] ?? []),
			{
				which: 'followers',
				filters: { lastSeenAfter: '2026-01-01T00:00:00', search: 'Tom' },
				options: { parallelPages: true },
			},
		],
		'media.download': download('ofapiFansly'),
		'media.getStatus': [{ uploadId: 'fansly_media_abc123', simplify: false }],
		'media.list': [
			{ ...list, filters: { albumId: '500000000000000001' }, options: { concurrency: 1 } },
		],
		'media.upload': [
			{
				source: 'url',
				fileUrl: 'https://example.com/photo.jpg',
				simplify: false,
				options: { concurrency: 1, wait: 1, inBackground: true },
			},
		],
		'message.acknowledge': [
			{ messageIds: `${messageId}, ${ownMessage('ofapiFansly')}`, acknowledgeAs: 'unread' },
		],
		'message.delete': [{ messageId: ownMessage('ofapiFansly') }],
		'message.list': messageList('ofapiFansly'),
		'message.react': [{ messageId, reaction: 'fire' }],
		'message.send': [
			{
				text: 'Hello',
				simplify: false,
				additionalFields: {
					mediaFiles: 'fansly_media_abc123, fansly_media_def456',
					replyToMessageId: messageId,
				},
				options: { concurrency: 1 },
			},
			answered('ofapiFansly'),
		],
		'message.unreact': [{ messageId, reaction: 'fire' }],
	};
};

const apiFansly = (): Cases => {
	const messageId = firstMessage('apiFansly');
	return {
		'account.list': [{ simplify: false }],
		'anyEndpoint.request': anyEndpoint('apiFansly', '/api/fansly', ['search', 'Tom'], {
			content: 'Hi',
		}),
		...fanslyAccount('apiFansly', false),
		'automatedMessage.list': [{ simplify: false }],
		'chat.create': [{ fanId: FAN }],
		'chat.getMediaStatistics': [{ returnAll: false, limit: 2, options: { concurrency: 1 } }],
		'chat.hide': [{}],
		'chat.setReadReceipts': [{ readReceipts: 'enable' }],
		'fan.addToVips': [{ fanId: FAN }],
		'fan.get': [{ fan: FAN, simplify: false }],
		'fan.listTips': [{ fanId: FAN, simplify: false }],
		'massMessage.listSent': [{ returnAll: false, limit: 2, options: { concurrency: 1 } }],
		'massMessage.send': [
			{
				text: 'Hello',
				audience: 'renewing',
				maxRecipients: 100,
				simplify: false,
				additionalFields: {
					excludeCreators: true,
					excludeListIds: FAN_LIST,
					excludeOfflineUsers: true,
					excludeUserIds: FAN,
					includeSubscriptionTierId: '800000000000000001',
					mediaIds: '700000000000000001',
					scheduledDate: '2099-01-01T00:00:00',
					vaultFile: byId('700000000000000003'),
				},
			},
		],
		'transaction.getStatistics': [{}],
		'chat.getConversation': getConversation('apiFansly'),
		'chat.list': [
			{
				...list,
				filters: {
					order: 'oldest',
					search: 'a',
					only: 'subscribers',
					subscriptionTierId: '800000000000000001',
				},
				options: { concurrency: 1 },
			},
		],
		'chat.listUnread': [{ ...list, options: { concurrency: 1 } }],
		'chat.mute': [{ fanId: FAN }],
		'chat.startTyping': [{}],
		'chat.unmute': [{ fanId: FAN }],
		...fanslyLists,
		'media.download': download('apiFansly'),
		'media.getStatus': [{ uploadId: '123', simplify: false }],
		'media.list': [{ ...list, album: byId('500000000000000001'), options: { concurrency: 1 } }],
		'media.upload': [],
		'message.delete': [{ messageId: ownMessage('apiFansly') }],
		'message.like': [{ messageId }],
		'message.list': messageList('apiFansly'),
		'message.send': [
			{
				text: 'Hello',
				simplify: false,
				additionalFields: {
					accessType: 'ppv',
					mediaIds: '700000000000000001, 700000000000000002',
					price: 9.99,
					vaultFile: byId('700000000000000003'),
				},
				options: {
					checkPaid: false,
					deleteUnlocked: true,
					concurrency: 1,
					mediaFormat: 'mediaIds',
				},
			},
			answered('apiFansly'),
		],
		'message.unlike': [{ messageId }],
	};
};

const casesOf: Record<PairName, () => Cases> = { ofapiOnlyFans: onlyFans, ofapiFansly, apiFansly };

/** What an operation runs with: account and chat where it has them, and what the case fills in. */
async function setUp(pair: PairName, what: string, given: INodeParameters) {
	const [resource = '', operation = ''] = what.split('.');
	const { properties } = (await nodeType(pair)).description;
	const fields = shownFields(properties, resource, operation);
	const { account, chat } = LUNA[pair];
	const chosen = Object.fromEntries(
		Object.entries({ account: byId(account), chat: byId(chat) }).filter(([name]) =>
			fields.some((field) => field.name === name),
		),
	);
	return { resource, operation, fields, parameters: { ...chosen, ...given } };
}

/** A tool call has no files, so these are for a person alone. */
const OF_FILES = [
	/^ofapi\w+ media\.upload(?:ToVault)?: binaryPropertyName$/,
	/^apiFansly media\.upload: /,
	/^\w+ message\.send: additionalFields\.binaryFiles$/,
];

async function operationsOf(pair: PairName): Promise<string[]> {
	const { properties } = (await nodeType(pair)).description;
	return properties
		.filter(({ name }) => name === 'operation')
		.flatMap(({ displayOptions, options = [] }) =>
			(displayOptions?.show?.resource ?? []).flatMap((resource) =>
				options.flatMap((option) =>
					'value' in option && typeof resource === 'string' ? [`${resource}.${option.value}`] : [],
				),
			),
		);
}

/** One case of an operation. */
interface Call {
	pair: PairName;
	what: string;
	index: number;
}

const callsOf = (pair: PairName): Call[] =>
	Object.entries(casesOf[pair]()).flatMap(([what, given]) =>
		given.map((_, index) => ({ pair, what, index })),
	);

/** The case in a world that nothing has happened in yet. */
async function fresh({ pair, what, index }: Call) {
	simulator().reset();
	return await setUp(pair, what, casesOf[pair]()[what]?.[index] ?? {});
}

/** What left; without the look-ups of the creator's own ID, which the nodes keep. */
function requests() {
	const all = sent();
	return all.length === 1
		? all
		: all.filter(({ path }) => !/\/me$|^\/api\/fansly\/accounts$/.test(path));
}

async function byPerson(call: Call) {
	const { resource, operation, parameters } = await fresh(call);
	const { items, error } = await run({
		node: call.pair,
		credential: credentialOf(call.pair),
		parameters: { resource, operation, ...parameters },
	});
	return {
		requests: requests(),
		items: items.map(({ json }) => json),
		error: error?.message ?? '',
	};
}

async function byModel(call: Call, way: AgentRequest['way'], change: IDataObject = {}) {
	const { resource, operation, fields, parameters } = await fresh(call);
	const given = givenToModel(fields, parameters);
	const { answers } = await runAgent({
		way,
		tools: [
			{
				name: 'Tool',
				node: call.pair,
				parameters: { resource, operation, ...given.parameters },
			},
		],
		calls: [[{ tool: 'Tool', args: { ...given.args, ...change } }]],
		credential: credentialOf(call.pair),
	});
	const [{ items = [], error = '' } = {}] = answers;
	return { requests: requests(), items, error };
}

async function argsOf(call: Call) {
	const { fields, parameters } = await fresh(call);
	const { args, labels } = givenToModel(fields, parameters);
	return { args, nameOf: (key: string) => labels[key] ?? '' };
}

/** Without what differs from one world to the next: times, and the IDs of what was made. */
const withoutNumbers = (items: IDataObject[]) => JSON.stringify(items).replace(/\d+/g, '0');

const isEmpty = (value: unknown) => value === null || value === '';

const escaped = (text: string) => text.replace(/[()]/g, '\\$&');

/** A number and a text of the same digits are one ID to the providers. */
const withoutQuotes = (value: unknown) => JSON.stringify(value).replace(/"(\d+)"/g, '$1');

describe.each(PAIRS)('%s', (pair) => {
	test('a tool has a name that models take whole, also where there are several', async () => {
		const { defaults, properties } = (await nodeType(pair)).description;
		const actions = properties
			.filter(({ name }) => name === 'operation')
			.flatMap(({ options = [] }) => options)
			.flatMap((option) => ('action' in option ? [option.action] : []));
		expect(actions.length).toBeGreaterThan(15);
		for (const action of actions) {
			// As n8n calls a node on the canvas, and so its tool; it cuts off what is longer than 64.
			const name = `${action} in ${defaults.name}12`;
			expect(name).toMatch(/^[\w -]{1,64}$/);
		}
	});

	test('every field of every operation is tried', async () => {
		expect(Object.keys(casesOf[pair]()).sort()).toEqual((await operationsOf(pair)).sort());
		const tried = new Set<string>();
		for (const call of callsOf(pair)) {
			const { fields, parameters } = await fresh(call);
			for (const path of givenToModel(fields, parameters).paths) tried.add(`${call.what}: ${path}`);
		}
		const { properties } = (await nodeType(pair)).description;
		const missing = Object.keys(casesOf[pair]()).flatMap((what) => {
			const [resource = '', operation = ''] = what.split('.');
			return modelPaths(shownFields(properties, resource, operation))
				.map((path) => `${what}: ${path}`)
				.filter((path) => !tried.has(path));
		});
		expect(
			missing.filter((path) => !OF_FILES.some((form) => form.test(`${pair} ${path}`))),
		).toEqual([]);
		expect(tried.size).toBeGreaterThan(80);
	});

	test.each(WAYS)('called %s, it sends what a person would', async (way) => {
		for (const call of callsOf(pair)) {
			const expected = await byPerson(call);
			const found = await byModel(call, way);
			expect(expected.requests).not.toEqual([]);
			expect([call, found.requests]).toEqual([call, expected.requests]);
			expect([call, withoutNumbers(found.items)]).toEqual([call, withoutNumbers(expected.items)]);
			expect([call, found.error.slice(0, expected.error.length)]).toEqual([call, expected.error]);
			if (expected.error === '') expect([call, found.error]).toEqual([call, '']);
		}
	});

	test('a number as text and a short ID as a number are what they say', async () => {
		for (const call of callsOf(pair)) {
			const { args } = await argsOf(call);
			const change: IDataObject = {};
			for (const [key, value] of Object.entries(args)) {
				if (typeof value === 'number') change[key] = String(value);
				const isExact = Number.isSafeInteger(Number(value));
				if (typeof value === 'string' && /^\d+$/.test(value) && isExact) {
					change[key] = Number(value);
				}
			}
			const expected = await byPerson(call);
			const found = await byModel(call, 'engine', change);
			expect([call, withoutQuotes(found.requests)]).toEqual([
				call,
				withoutQuotes(expected.requests),
			]);
		}
	});

	test('a switch as text is what it says, or is refused', async () => {
		for (const call of callsOf(pair)) {
			const { args, nameOf } = await argsOf(call);
			for (const [key, value] of Object.entries(args)) {
				if (typeof value !== 'boolean') continue;
				const expected = await byPerson(call);
				const found = await byModel(call, 'engine', { [key]: String(value) });
				if (found.requests.length === 0) expect(found.error).toContain(`'${nameOf(key)}'`);
				else expect([call, found.requests]).toEqual([call, expected.requests]);
			}
		}
	});

	test('an ID that has lost its last digits as a number is refused', async () => {
		let count = 0;
		for (const call of callsOf(pair)) {
			const { args, nameOf } = await argsOf(call);
			for (const [key, value] of Object.entries(args)) {
				if (typeof value !== 'string' || !/^\d{17,}$/.test(value)) continue;
				const found = await byModel(call, 'engine', { [key]: Number(value) });
				expect([call, key, found.requests]).toEqual([call, key, []]);
				expect(found.error).toContain(`'${nameOf(key)}' is a number that is too long to be exact`);
				count++;
			}
		}
		if (pair !== 'ofapiOnlyFans') expect(count).toBeGreaterThan(10);
	});

	test('whatever else it gives is left out, or refused before anything leaves', async () => {
		for (const call of callsOf(pair)) {
			const { args, nameOf } = await argsOf(call);
			for (const key of Object.keys(args)) {
				for (const value of [null, '', 'x y', {}, -1]) {
					const found = await byModel(call, 'engine', { [key]: value });
					const shown = [call, key, value, found.error];
					if (found.requests.length === 0) {
						// A choice that is not made may make another field wrong.
						const named = isEmpty(value) ? /'[A-Z]/ : new RegExp(escaped(nameOf(key)));
						expect(shown).toEqual([call, key, value, expect.stringMatching(named)]);
					}
					expect(JSON.stringify(found.requests)).not.toContain('[object');
					expect(shown).toEqual([
						call,
						key,
						value,
						expect.not.stringMatching(/undefined|\[object|not a function|Cannot read/),
					]);
				}
			}
		}
	});
});

/** What the tests above have no items of, or other ones than a user gets at first. */
const OUTPUT_CASES: Cases = {
	'chat.getConversation': [{}],
	'chat.listMedia': [{ returnAll: true }],
	'fan.get': [{ fan: 'tombaker' }, { fan: FAN }],
	'fan.list': [{ returnAll: true, which: 'all' }],
	'fan.listBlocked': [{ returnAll: true }],
	'fan.listRestricted': [{ returnAll: true }],
	'fanList.addFan': [{ fanId: '500102', fanList: byId('1139401260') }],
	'fanList.listFans': [{ returnAll: true, fanList: byId('1139401260') }],
	'massMessage.getStatistics': [{ returnAll: true }],
	'massMessage.listBuyers': [{ returnAll: true, messageId: '71' }],
	'massMessage.send': [{ text: 'Hello', userIds: '500101, 500102', maxRecipients: 100 }],
	'media.getAccountMedia': [{ accountMediaIds: '77' }],
	'media.getStatus': [{}],
	'media.list': [{ returnAll: true, album: byId('500000000000000001') }],
	'media.upload': [{}],
	'message.list': [{ returnAll: true }],
	'transaction.list': [{ returnAll: true }],
};

/** Operations whose items are the provider's own, which no document shows. */
const UNKNOWN_ITEMS =
	/anyEndpoint\.request|apiFansly (?:chat\.getMediaStatistics|massMessage\.listSent|transaction\.getStatistics)/;

/** Something of everything that operations list. */
function fillWorld(pair: PairName): void {
	const { account } = LUNA[pair];
	simulator().addFiles(pair, account, [{ type: 'video' }, { type: 'photo' }]);
	simulator().addMessages(pair, account, LUNA[pair].chat, [
		{ direction: 'incoming', text: 'Me', media: [{ id: '77', type: 'photo', locked: false }] },
	]);
	if (pair !== 'ofapiOnlyFans') return;
	const state = simulator().onlyFans(account);
	const [fan] = state.fans;
	if (fan === undefined) throw new Error('Luna has no fans');
	fan.lastReplyAt = '2026-08-30T10:00:00.000Z';
	Object.assign(state.relation(fan.id), { isBlocked: true, isRestricted: true });
	for (const list of state.userLists) list.members = [fan.id];
	const createdAt = '2026-08-30T10:00:00.000Z';
	state.transactions = [
		{ id: 't1', fan, type: 'tip', source: 'chat', amount: 5, createdAt, status: 'done' },
	];
	state.massMessages.push({ id: '71', body: { text: 'Hi' }, date: createdAt, buyers: [fan.id] });
}

const IN_BACKGROUND: INodeParameters = { options: { inBackground: true } };

const FILE = {
	data: {
		data: Buffer.from('a photo').toString('base64'),
		mimeType: 'image/jpeg',
		fileName: 'a.jpg',
	},
};

/** What a case gives with Simplify on. */
async function simplifiedItems(pair: PairName, what: string, given: INodeParameters) {
	const { resource, operation, parameters } = await setUp(pair, what, given);
	const { items } = await run({
		node: pair,
		credential: credentialOf(pair),
		parameters: { resource, operation, ...parameters, simplify: true },
		binary: [FILE],
	});
	return items.map(({ json }) => json).filter(({ error }) => error === undefined);
}

/** The shape of an operation's items, from the first case that gives some. */
async function outputOf(pair: PairName, what: string): Promise<Shape | undefined> {
	for (const isOwn of [true, false]) {
		const count = (isOwn ? OUTPUT_CASES : casesOf[pair]())[what]?.length ?? 0;
		for (let index = 0; index < count; index++) {
			simulator().reset();
			const cases = isOwn ? OUTPUT_CASES : casesOf[pair]();
			fillWorld(pair);
			const given = cases[what]?.[index] ?? {};
			if (what === 'media.getStatus') {
				const [upload] = await simplifiedItems(pair, 'media.upload', IN_BACKGROUND);
				given.uploadId = textOf(upload?.uploadId) ?? '';
			}
			const items = await simplifiedItems(pair, what, given);
			if (items.length > 0) return items.map(shapeOf).reduce(united);
		}
	}
	return undefined;
}

test('the editor knows the fields of the items before the first run', async () => {
	const seen: Record<string, Outputs> = {};
	for (const pair of PAIRS) {
		const outputs: Outputs = {};
		for (const what of Object.keys(casesOf[pair]())) {
			if (UNKNOWN_ITEMS.test(`${pair} ${what}`)) continue;
			const shape = await outputOf(pair, what);
			if (shape !== undefined) outputs[what] = shape;
		}
		seen[pair] = outputs;
	}
	const kinds = kindsIn(Object.values(seen).flatMap((outputs) => Object.values(outputs)));
	// What the simulator never tells.
	kinds.set('reason', 'string').set('total', 'number');
	const filled = (pair: PairName): Outputs =>
		Object.fromEntries(
			Object.entries(seen[pair] ?? {}).map(([what, shape]) => [what, filledFrom(kinds, shape)]),
		);
	for (const pair of PAIRS) keepOutputs(pair, filled(pair));
	for (const pair of PAIRS) {
		const outputs = filled(pair);
		expect(storedOutputs(pair)).toEqual(outputs);

		// n8n finds what the build has made of it.
		const folder = `${pair.charAt(0).toUpperCase()}${pair.slice(1)}`;
		const nodeDir = resolve(__dirname, '../../../dist/nodes', folder);
		const { version } = (await nodeType(pair)).description;
		for (const what of Object.keys(casesOf[pair]())) {
			const [resource, operation] = what.split('.');
			const found = loadOutputSchema({ nodeDir, version: Number(version), resource, operation });
			const shape = outputs[what];
			expect([pair, what, found]).toEqual([pair, what, shape && schemaOf(shape)]);
			const isUnknown = UNKNOWN_ITEMS.test(`${pair} ${what}`);
			expect([pair, what, shape === undefined]).toEqual([pair, what, isUnknown]);
		}
	}
});
