import { startAnswering } from '../support/answers';
import { TriggerHost } from '../support/triggerHost';
import type { TriggerRequest } from '../support/triggerHost';
import { LUNA, byId, credentialOf, simulator, useSimulator } from '../support/world';

/** The triggers that register themselves at OnlyFansAPI: what they ask for, repair and leave alone. */

useSimulator();

const OFAPI = ['ofapiOnlyFans', 'ofapiFansly'] as const;
type OfapiPair = (typeof OFAPI)[number];

const EVENT = { ofapiOnlyFans: 'messages.received', ofapiFansly: 'fansly.messages.received' };

const hosts: TriggerHost[] = [];

async function trigger(pair: OfapiPair, given: Partial<TriggerRequest> = {}): Promise<TriggerHost> {
	const host = await TriggerHost.start({
		node: `${pair}Trigger`,
		credential: credentialOf(pair),
		parameters: { events: [EVENT[pair]] },
		...given,
	});
	hosts.push(host);
	return host;
}

afterEach(async () => {
	for (const host of hosts.splice(0)) await host.close();
});

async function api(method: string, path: string, body?: object): Promise<Response> {
	return await fetch(`${simulator().ofapiUrl}/api/webhooks${path}`, {
		method,
		headers: {
			authorization: `Bearer ${credentialOf('ofapiOnlyFans').apiKey}`,
			'content-type': 'application/json',
		},
		...(body && { body: JSON.stringify(body) }),
	});
}

/** Webhooks of the user's own, one of them for the same events. */
async function addForeign(pair: OfapiPair): Promise<void> {
	for (const url of ['https://crm.example/hook', 'https://n8n.example/webhook/other/webhook']) {
		await api('POST', '', {
			endpoint_url: url,
			events: [EVENT[pair]],
			account_scope: 'global',
			signing_secret: 'theirs',
		});
	}
}

const registered = () => simulator().webhooks.map((webhook) => ({ ...webhook }));
const ours = (host: TriggerHost) => registered().filter(({ url }) => url === host.webhookUrl);

describe.each(OFAPI)('%s', (pair) => {
	test('activating registers one webhook, deactivating leaves the list as it was found', async () => {
		await addForeign(pair);
		const found = registered();
		const host = await trigger(pair);
		await host.activate();
		expect(registered().filter(({ url }) => url !== host.webhookUrl)).toEqual(found);
		expect(ours(host)).toMatchObject([
			{ events: [EVENT[pair]], enabled: true, accountScope: 'global', hasSecret: true },
		]);

		simulator().fanWrites(pair, LUNA[pair].account, LUNA[pair].chat, { text: 'Are you there?' });
		await simulator().deliveriesSettled();
		expect(host.items).toMatchObject([
			{
				text: 'Are you there?',
				chatId: LUNA[pair].chat,
				accountId: LUNA[pair].account,
				direction: 'incoming',
			},
		]);

		await host.deactivate();
		expect(registered()).toEqual(found);
		expect(host.nodeData.signingSecret).toBeUndefined();
	});

	test('every registration has a secret of its own that no other answer or request shows', async () => {
		const secrets = new Set<unknown>();
		for (let count = 0; count < 3; count++) {
			const host = await trigger(pair);
			await host.activate();
			secrets.add(host.nodeData.signingSecret);
			expect(host.nodeData.signingSecret).toMatch(/^[\da-f]{64}$/);
		}
		expect(secrets.size).toBe(3);
	});

	test('it costs no credit', async () => {
		const host = await trigger(pair);
		const { used } = simulator().credits('ofapi');
		await host.activate();
		await host.activate();
		await host.deactivate();
		// On Fansly the creators' own IDs are looked up once, so that none of them is taken for a fan.
		expect(simulator().credits('ofapi').used - used).toBe(pair === 'ofapiFansly' ? 1 : 0);
	});

	test('chosen accounts, or all but some', async () => {
		for (const accountScope of ['inclusive', 'exclusive']) {
			const host = await trigger(pair, {
				parameters: { events: [EVENT[pair]], accountScope, accounts: [LUNA[pair].account] },
			});
			await host.activate();
			expect(ours(host)).toMatchObject([{ accountScope, accountIds: [LUNA[pair].account] }]);
			await host.deactivate();
		}
	});

	test('n8n starts again: nothing is changed, one request', async () => {
		const host = await trigger(pair);
		await host.activate();
		const before = registered();
		simulator().requests.length = 0;
		await host.activate();
		expect(registered()).toEqual(before);
		expect(simulator().requests.map(({ method }) => method)).toEqual(['GET']);
	});

	test('a webhook that somebody deleted comes back', async () => {
		const host = await trigger(pair);
		await host.activate();
		const [webhook] = ours(host);
		await api('DELETE', `/${webhook?.id}`);
		expect(ours(host)).toEqual([]);
		await host.activate();
		expect(ours(host)).toMatchObject([{ enabled: true }]);
		simulator().fanWrites(pair, LUNA[pair].account, LUNA[pair].chat, { text: 'Back?' });
		await simulator().deliveriesSettled();
		expect(host.items).toHaveLength(1);
	});

	test.each<[string, object]>([
		['turned off', { enabled: false }],
		[
			'for other events',
			{ events: [pair === 'ofapiFansly' ? 'fansly.tips.received' : 'tips.received'] },
		],
		['for other accounts', { account_scope: 'inclusive', account_ids: ['acct_of_somebody'] }],
	])('a webhook that is %s is set right', async (_name, change) => {
		const host = await trigger(pair);
		await host.activate();
		const [before] = ours(host);
		await api('PUT', `/${before?.id}`, {
			endpoint_url: host.webhookUrl,
			events: [EVENT[pair]],
			account_scope: 'global',
			enabled: true,
			...change,
		});
		expect(ours(host)).not.toEqual([before]);
		await host.activate();
		expect(ours(host)).toEqual([before]);
	});

	test("the node's own leftovers, whose secret nobody knows, are deleted", async () => {
		await addForeign(pair);
		const host = await trigger(pair);
		// Made by an n8n that lost its database.
		await api('POST', '', {
			endpoint_url: host.webhookUrl,
			events: [EVENT[pair]],
			account_scope: 'global',
			signing_secret: 'lost',
		});
		await host.activate();
		expect(ours(host)).toHaveLength(1);
		expect(registered()).toHaveLength(3);
		simulator().fanWrites(pair, LUNA[pair].account, LUNA[pair].chat, { text: 'Once' });
		await simulator().deliveriesSettled();
		expect(host.items).toHaveLength(1);
	});

	test('a provider that shows no scope, or turns webhooks on by itself', async () => {
		Object.assign(simulator().quirks, { webhooksHideScope: true, webhooksStartEnabled: true });
		const host = await trigger(pair);
		await host.activate();
		await host.activate();
		expect(ours(host)).toMatchObject([{ enabled: true, accountScope: 'global' }]);
	});

	test('a provider that cannot be asked takes no working trigger down', async () => {
		const host = await trigger(pair);
		await host.activate();
		for (const fault of [
			{ kind: 'html', status: 502 },
			{ kind: 'reset' },
			{ kind: 'rateLimited' },
		] as const) {
			simulator().addFault({ ...fault, path: /webhooks/ });
			await host.activate();
			simulator().clearFaults();
		}
		expect(ours(host)).toHaveLength(1);
		const fresh = await trigger(pair);
		simulator().addFault({ kind: 'reset', path: /webhooks/ });
		await expect(fresh.activate()).rejects.toThrow('OnlyFansAPI did not respond');
	});

	test('a webhook that was made but cannot be turned on is deleted again', async () => {
		const host = await trigger(pair);
		simulator().addFault({ kind: 'json', status: 500, body: {}, method: 'PUT' });
		await expect(host.activate()).rejects.toThrow();
		expect(registered()).toEqual([]);
	});

	test('deactivating is fine when the webhook is gone, and says so when it could not be deleted', async () => {
		const host = await trigger(pair);
		await host.activate();
		const [webhook] = ours(host);
		simulator().addFault({ kind: 'reset', method: 'DELETE', times: 1 });
		await expect(host.deactivate()).rejects.toThrow('OnlyFansAPI did not respond');
		await api('DELETE', `/${webhook?.id}`);
		await host.deactivate();
		expect(host.nodeData.webhookId).toBeUndefined();
	});

	test('listening for a test event registers another webhook, and only that is deleted', async () => {
		const host = await trigger(pair);
		await host.activate();
		const production = registered();
		await host.listen();
		expect(registered().map(({ url }) => url)).toEqual([host.webhookUrl, host.testUrl]);
		simulator().fanWrites(pair, LUNA[pair].account, LUNA[pair].chat, {
			text: 'Twice, once for each',
		});
		await simulator().deliveriesSettled();
		expect(host.items).toHaveLength(2);
		await host.stopListening();
		expect(registered()).toEqual(production);
	});

	test.each<[string, TriggerRequest['parameters'], RegExp]>([
		['no event', { events: [] }, /at least one event/],
		[
			'only events that Only Incoming leaves out',
			{ events: [EVENT[pair].replace('received', 'sent')] },
			/never start/,
		],
		[
			'no account',
			{ events: [EVENT[pair]], accountScope: 'inclusive', accounts: [] },
			/at least one account/,
		],
		[
			'an account that is none',
			{ events: [EVENT[pair]], accountScope: 'inclusive', accounts: ['a/b'] },
			/'Account Names or IDs'/,
		],
		[
			'a chosen chat that is none',
			{ events: [EVENT[pair]], filters: { chat: byId('={{ "x y" }}') } },
			/'Chat'/,
		],
		['a chat that is none', { events: [EVENT[pair]], filters: { chatIds: 'x y' } }, /'Chat IDs'/],
	])('%s is refused before anything is registered', async (_name, parameters, words) => {
		const host = await trigger(pair, { parameters });
		await expect(host.activate()).rejects.toThrow(words);
		expect(simulator().requests).toEqual([]);
	});

	test('the events to choose from: the live ones of this platform, the built-in ones when they cannot be had', async () => {
		const host = await trigger(pair);
		const live = await host.options('getEvents');
		expect(live).toContainEqual({ name: 'Message Received', value: EVENT[pair] });
		expect(
			live.every(({ value }) => String(value).startsWith('fansly.') === (pair === 'ofapiFansly')),
		).toBe(true);
		expect(live.map(({ name }) => name)).toEqual(
			[...live.map(({ name }) => name)].sort((a, b) => a.localeCompare(b)),
		);
		simulator().addFault({ kind: 'html', status: 502 });
		expect(await host.options('getEvents')).toEqual(live);
	});

	test('the accounts to choose from, without secrets', async () => {
		const host = await trigger(pair);
		expect(await host.options('getAccounts')).toContainEqual({
			name: 'Luna Star (@lunastar)',
			value: LUNA[pair].account,
		});
	});
});

test.each([-1, 'much', 1.005])('OnlyFans: %p is no amount to have spent', async (minTotalSpent) => {
	const host = await trigger('ofapiOnlyFans', {
		parameters: { events: [EVENT.ofapiOnlyFans], filters: { minTotalSpent } },
	});
	await expect(host.activate()).rejects.toThrow(/'Minimum Total Spent \(USD\)' has to be/);
	expect(simulator().requests).toEqual([]);
});

describe('an n8n that the internet cannot reach', () => {
	const UNREACHABLE = [
		'http://localhost:5678/',
		'http://127.0.0.1:5678/',
		'http://10.1.2.3:5678/',
		'http://172.16.0.9/',
		'https://172.31.255.1/',
		'http://192.168.178.20:5678/',
		'https://n8n.local/',
		'http://n8n:5678/',
		'http://[::1]:5678/',
		'http://[fd00::1]:5678/',
	];
	const REMEDY = /^\w+ cannot reach this n8n at \S+: use the Polling Trigger, or .*WEBHOOK_URL/;

	test.each(UNREACHABLE)('%s is refused, with the way out in the message', async (address) => {
		const provider = await startAnswering(() => ({ body: { data: [] } }));
		// As a provider that is far away: of all addresses of this machine this is none of a network.
		const baseUrl = provider.url.replace('127.0.0.1', '0.0.0.0');
		const far = await trigger('ofapiOnlyFans', { address, credential: { apiKey: 'key', baseUrl } });
		await expect(far.activate()).rejects.toThrow(REMEDY);
		await provider.close();

		const byHand = await TriggerHost.start({
			node: 'apiFanslyTrigger',
			address,
			credential: { apiKey: 'key', baseUrl: 'https://v1.apifansly.com' },
			parameters: { events: ['messages.received'] },
		});
		hosts.push(byHand);
		await expect(byHand.activate()).rejects.toThrow(REMEDY);
	});

	test.each(['https://n8n.example/', 'http://172.32.0.1/', 'http://11.0.0.1:5678/'])(
		'%s is not refused',
		async (address) => {
			const provider = await startAnswering(({ method }) => ({
				body: { data: method === 'GET' ? [] : { id: 'wh_1', enabled: true } },
			}));
			const baseUrl = provider.url.replace('127.0.0.1', '0.0.0.0');
			const host = await trigger('ofapiOnlyFans', {
				address,
				credential: { apiKey: 'key', baseUrl },
			});
			await host.activate();
			expect(host.nodeData.webhookId).toBe('wh_1');
			await provider.close();
		},
	);

	test('is not refused where the provider is in a private network too', async () => {
		const host = await trigger('ofapiOnlyFans', { address: 'http://192.168.178.20:5678/' });
		await host.activate();
		expect(host.nodeData.webhookId).toBeDefined();
	});
});
