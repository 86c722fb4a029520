import type { INodeParameters } from 'n8n-workflow';
import type { FaultEffect } from '../../simulator';
import { FANSLY_PAIRS, TOM, addFans, path } from '../support/fansly';
import type { FanslyPair } from '../support/fansly';
import { creditsOf, inputOf, operate, refusal, said, sent } from '../support/operations';
import type { Given } from '../support/operations';
import { LUNA, byId, jsonOf, simulator, useSimulator } from '../support/world';

useSimulator();

const SCHEDULED = '410000000000000001';
const UNKNOWN = '419999999999999999';
const LATER = '2099-05-01T18:00:00.000Z';
const CONTINUE = { onError: 'continueRegularOutput' as const };

const massMessages = (pair: FanslyPair) =>
	simulator().fanslyAccount(pair, LUNA[pair].account).massMessages;

const scheduledPath = (pair: FanslyPair, rest = '') =>
	path(pair, `mass-messaging${pair === 'apiFansly' ? '/scheduled' : ''}${rest}`);

describe.each(FANSLY_PAIRS)('%s: scheduled mass messages', (pair) => {
	const textIn = pair === 'ofapiFansly' ? 'text' : 'content';

	test('List: the request, and the messages', async () => {
		const result = await operate(pair, 'massMessage.list');
		expect(sent()).toEqual([{ method: 'GET', path: scheduledPath(pair), query: {} }]);
		expect(jsonOf(result)).toEqual([
			{
				id: SCHEDULED,
				groupId: '210000000000000001',
				text: 'A new set on Friday!',
				date: '2099-01-01T18:00:00.000Z',
				createdAt: new Date(1_780_000_000_000).toISOString(),
			},
		]);
		expect(creditsOf()).toBe(1);
	});

	test('List: without Simplify, with the group that it goes to', async () => {
		expect(jsonOf(await operate(pair, 'massMessage.list', { simplify: false }))).toMatchObject([
			{ id: SCHEDULED, groups: [{ id: '210000000000000001', type: 2 }] },
		]);
	});

	test('List: none', async () => {
		massMessages(pair).splice(0);
		expect(await operate(pair, 'massMessage.list')).toMatchObject({ items: [], error: undefined });
	});

	test('Update: text and time, in milliseconds', async () => {
		const result = await operate(
			pair,
			'massMessage.update',
			{ messageId: SCHEDULED, text: 'On Saturday!', scheduledDate: '2099-05-01T14:00:00' },
			{ timezone: 'America/New_York' },
		);
		expect(sent()).toEqual([
			{
				method: 'PUT',
				path: scheduledPath(pair, `/${SCHEDULED}`),
				query: {},
				body: { [textIn]: 'On Saturday!', scheduledFor: Date.parse(LATER) },
			},
		]);
		expect(jsonOf(result)).toEqual([{ updated: true, messageId: SCHEDULED, date: LATER }]);
		expect(massMessages(pair)[0]).toMatchObject({ text: 'On Saturday!', scheduledFor: LATER });
	});

	test('Delete: the request', async () => {
		const result = await operate(pair, 'massMessage.delete', { messageId: SCHEDULED });
		expect(sent()).toEqual([
			{ method: 'DELETE', path: scheduledPath(pair, `/${SCHEDULED}`), query: {} },
		]);
		expect(jsonOf(result)).toEqual([{ deleted: true, messageId: SCHEDULED }]);
		expect(massMessages(pair)).toEqual([]);
	});

	test.each(['update', 'delete'])(
		'%s: items keep their origin where a message is unknown',
		async (operation) => {
			const items = [{ id: UNKNOWN }, { id: SCHEDULED }];
			const result = await operate(
				pair,
				`massMessage.${operation}`,
				{ messageId: '={{ $json.id }}', text: 'Hi', scheduledDate: LATER },
				{ items, ...CONTINUE },
			);
			expect(result.items.map(inputOf)).toEqual([0, 1]);
			expect(result.items[0]?.json.error).toContain(`The message '${UNKNOWN}' was not found`);
			expect(result.items[1]?.json.messageId).toBe(SCHEDULED);
		},
	);

	const update = { messageId: SCHEDULED, text: 'Hi', scheduledDate: LATER };
	test.each<[string, INodeParameters, string]>([
		['update', { ...update, text: '={{ "" }}' }, 'Text'],
		['update', { ...update, messageId: 'mm1' }, 'Message ID'],
		['update', { ...update, scheduledDate: '={{ "" }}' }, 'Scheduled Date'],
		['update', { ...update, scheduledDate: 'Friday' }, 'Scheduled Date'],
		['update', { ...update, scheduledDate: '2020-01-01T00:00:00Z' }, 'Scheduled Date'],
		['delete', { messageId: '={{ "" }}' }, 'Message ID'],
	])('%s %j: nothing leaves, and the field is named', async (operation, parameters, field) => {
		const words = refusal(await operate(pair, `massMessage.${operation}`, parameters));
		expect(words).toContain(`'${field}'`);
		expect(words).not.toMatch(/undefined|null|\[object|error|failed/i);
	});
});

describe('apiFansly: Send', () => {
	const POST = path('apiFansly', 'mass-messaging');
	const COUNT = {
		method: 'GET',
		path: path('apiFansly', 'subscribers'),
		query: { status: 'all', limit: '1' },
	};
	const TO_RENEWING = { text: 'Hello!', audience: ['renewing'], maxRecipients: 1 };
	const send = (parameters: INodeParameters = TO_RENEWING, given: Given = {}) =>
		operate('apiFansly', 'massMessage.send', parameters, given);
	const posted = () =>
		sent().filter(({ method, path: asked }) => method === 'POST' && asked === POST);
	const RETRY = { settings: { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 } };

	test('counts first, then sends once', async () => {
		const result = await send();
		expect(sent()).toEqual([
			COUNT,
			{
				method: 'POST',
				path: POST,
				query: {},
				body: { content: 'Hello!', includeSubscribersAutoRenewOn: true },
			},
		]);
		expect(jsonOf(result)).toEqual([
			{
				id: massMessages('apiFansly').at(-1)?.id,
				groupId: '210000000000000009',
				text: 'Hello!',
				date: null,
				createdAt: null,
				recipients: 1,
			},
		]);
		expect(creditsOf()).toBe(2);
	});

	test('every field', async () => {
		const result = await send({
			text: 'Hello!',
			audience: ['renewing', 'notRenewing', 'expired'],
			maxRecipients: 2,
			additionalFields: {
				includeSubscriptionTierId: '800000000000000001',
				excludeCreators: true,
				excludeOfflineUsers: true,
				excludeListIds: '600000000000000001, 600000000000000002',
				excludeUserIds: TOM,
				mediaIds: '700000000000000001',
				scheduledDate: LATER,
			},
		});
		expect(result.error).toBeUndefined();
		expect(posted().map(({ body }) => body)).toEqual([
			{
				content: 'Hello!',
				includeSubscribersAutoRenewOn: true,
				includeSubscribersAutoRenewOff: true,
				includeExpiredSubscribers: true,
				includeSubscriptionTierId: '800000000000000001',
				excludeCreators: true,
				excludeOfflineUsers: true,
				excludeListIds: ['600000000000000001', '600000000000000002'],
				excludeUserIds: [TOM],
				mediaIds: ['700000000000000001'],
				scheduledFor: Date.parse(LATER),
			},
		]);
		expect(jsonOf(result)).toMatchObject([{ recipients: 2, date: LATER }]);
	});

	test.each([
		[['renewing'], 6],
		[['renewing', 'notRenewing'], 6],
		[['expired'], 3],
		[['expired', 'notRenewing'], 9],
	])('%j are %i at most: one fewer allowed, and nothing is sent', async (audience, count) => {
		addFans('apiFansly', 5, 'active');
		simulator().addFanslyFans('apiFansly', LUNA.apiFansly.account, [
			{ id: '330000000000000001', name: 'A', username: 'a', status: 'expired' },
			{ id: '330000000000000002', name: 'B', username: 'b', status: 'expired' },
			{ id: '330000000000000003', name: 'C', username: 'c', status: 'follower' },
		]);
		const refused = await send({ text: 'Hi', audience, maxRecipients: count - 1 });
		expect(said(refused)).toContain(`Up to ${count} people would receive this`);
		expect(posted()).toEqual([]);
		expect(jsonOf(await send({ text: 'Hi', audience, maxRecipients: count }))).toMatchObject([
			{ recipients: count },
		]);
	});

	test('nothing is sent where the number is not told', async () => {
		simulator().addFault({
			kind: 'json',
			status: 200,
			times: 1,
			body: { statusCode: 200, data: { data: { success: true, response: { subscriptions: [] } } } },
		});
		const result = await send();
		expect(said(result)).toContain('does not say how many subscribers');
		expect(result.error?.context.outcome).toBe('notSent');
		expect(posted()).toEqual([]);
	});

	test('what goes wrong while counting says that nothing was sent', async () => {
		simulator().addFault({ kind: 'html', method: 'GET' });
		const result = await send();
		expect(result.error?.context.outcome).toBe('notSent');
		expect(posted()).toEqual([]);
	});

	test.each<FaultEffect>([
		{ kind: 'lostAfterStoring' },
		{ kind: 'storedThen500' },
		{ kind: 'halfAnswer' },
	])('%j: reported as unknown, and never sent again', async (fault) => {
		simulator().addFault({ method: 'POST', times: 1, ...fault });
		const result = await send(TO_RENEWING, RETRY);
		expect(result.error?.context.outcome).toBe('unknown');
		expect(posted()).toHaveLength(1);
		expect(massMessages('apiFansly')).toHaveLength(2);
	});

	test('a refusal is no message, and a later try may send', async () => {
		simulator().addFault({
			kind: 'json',
			status: 400,
			method: 'POST',
			times: 1,
			body: { statusCode: 400, message: 'Not now', data: null },
		});
		const result = await send(TO_RENEWING, RETRY);
		expect(result.error).toBeUndefined();
		expect(posted()).toHaveLength(2);
		expect(massMessages('apiFansly')).toHaveLength(2);
	});

	test('an answer without an ID is a message all the same', async () => {
		simulator().addFault({
			kind: 'json',
			status: 201,
			method: 'POST',
			times: 1,
			body: { statusCode: 201, data: { status_code: 200, data: { success: true, response: {} } } },
		});
		expect(jsonOf(await send())).toMatchObject([{ id: null, recipients: 1 }]);
		expect(posted()).toHaveLength(1);
	});

	test.each<[INodeParameters, string]>([
		[{ ...TO_RENEWING, text: '={{ "" }}' }, 'Text'],
		[{ ...TO_RENEWING, audience: [] }, 'Recipients'],
		[{ ...TO_RENEWING, audience: '={{ ["everybody"] }}' }, 'Recipients'],
		[{ ...TO_RENEWING, maxRecipients: 0 }, 'Max Recipients'],
		[
			{ ...TO_RENEWING, additionalFields: { scheduledDate: '2020-01-01T00:00:00Z' } },
			'Scheduled Date',
		],
		[{ ...TO_RENEWING, additionalFields: { excludeUserIds: 'tom' } }, 'Excluded Fan IDs'],
		[{ ...TO_RENEWING, additionalFields: { excludeListIds: '1, 1' } }, 'Excluded List IDs'],
	])('%j: nothing leaves, and the field is named', async (parameters, field) => {
		const words = refusal(await send(parameters));
		expect(words).toContain(`'${field}'`);
		expect(words).not.toMatch(/undefined|null|\[object|error|failed/i);
	});
});

test('apiFansly: List Sent, page by page, with statistics', async () => {
	massMessages('apiFansly').push(
		...Array.from({ length: 30 }, (_, index) => ({
			id: String(430_000_000_000_000_000n + BigInt(index)),
			groupId: '210000000000000001',
			text: `Number ${index}`,
		})),
	);
	const result = await operate('apiFansly', 'massMessage.listSent', { returnAll: true });
	expect(sent().map(({ path: asked, query }) => [asked, query?.limit])).toEqual([
		[path('apiFansly', 'mass-messaging/stats/sent'), '24'],
		[path('apiFansly', 'mass-messaging/stats/sent'), '24'],
	]);
	expect(jsonOf(result)).toHaveLength(30);
	expect(jsonOf(result)[0]).toMatchObject({ content: 'Number 0', sentCount: 2 });
});

test('apiFansly: Automated Message › List', async () => {
	const result = await operate('apiFansly', 'automatedMessage.list');
	expect(sent()).toEqual([
		{ method: 'GET', path: path('apiFansly', 'automated-messages'), query: {} },
	]);
	const { account: accountId } = LUNA.apiFansly;
	expect(jsonOf(result)).toEqual([
		{
			id: '420000000000000001',
			accountId,
			triggerType: 'new_subscriber',
			text: 'Welcome!',
			delay: 60,
			cooldown: null,
		},
		{
			id: '420000000000000002',
			accountId,
			triggerType: 'new_tip',
			text: 'Thank you!',
			delay: null,
			cooldown: 3600,
		},
	]);
	const items = [{ account: 'fansly_acc_nobody' }, { account: accountId }];
	const paired = await operate(
		'apiFansly',
		'automatedMessage.list',
		{ account: byId('={{ $json.account }}') },
		{ items, ...CONTINUE },
	);
	expect(paired.items.map(inputOf)).toEqual([0, 1, 1]);
});
