import type { INodeParameters } from 'n8n-workflow';
import { search } from '../support/harness';
import type { TriggerName } from '../support/harness';
import { LUNA, PAIRS, byId, credentialOf, simulator, useSimulator } from '../support/world';

useSimulator();

const SECRETS = /user_data|csrf|wsAuthToken|wsUrl|@example|"ip"/;

describe.each(PAIRS)('%s: pickers', (pair) => {
	const { account, chat } = LUNA[pair];
	const ask = (
		method: 'getAccounts' | 'getChats',
		filter?: string,
		token?: string,
		chosen = account,
	) =>
		search(
			{
				node: pair,
				credential: credentialOf(pair),
				parameters: { operation: 'send', account: byId(chosen) },
			},
			method,
			filter,
			token,
		);

	test('accounts by their names, and nothing secret', async () => {
		const found = await ask('getAccounts');
		expect(found.results).toContainEqual(
			expect.objectContaining({
				name: expect.stringContaining('Luna Star') as string,
				value: account,
			}),
		);
		expect(JSON.stringify(found)).not.toMatch(SECRETS);
		for (const entry of found.results) expect(Object.keys(entry).sort()).toEqual(['name', 'value']);
		expect(simulator().requests).toHaveLength(1);
	});

	test('accounts are searched without regard to case', async () => {
		expect((await ask('getAccounts', 'LUNA')).results).toHaveLength(1);
		expect((await ask('getAccounts', 'nobody at all')).results).toEqual([]);
	});

	test("chats by the fans' names", async () => {
		const found = await ask('getChats');
		expect(found.results).toContainEqual(
			expect.objectContaining({ name: 'Tom Baker (@tombaker)', value: chat }),
		);
		expect(found.results).toHaveLength(3);
		expect(found.paginationToken).toBeUndefined();
		expect(JSON.stringify(found)).not.toMatch(SECRETS);
	});

	test('chats are searched by the provider', async () => {
		expect((await ask('getChats', 'sam')).results.map(({ name }) => name)).toEqual([
			'Sam Reed (@samreed)',
		]);
	});

	test.each([0, 60])('every chat comes once, page by page, of %i instead of 100', async (short) => {
		simulator().quirks.shortPages = short;
		for (let index = 0; index < 230; index++) {
			simulator().addChat(pair, {
				account,
				fan: { id: `7${index + 1000}`, name: `Fan ${index}`, username: `fan${index}` },
				messages: 1,
			});
		}
		const values: unknown[] = [];
		let token: string | undefined;
		do {
			const page = await ask('getChats', undefined, token);
			values.push(...page.results.map(({ value }) => value));
			token = page.paginationToken;
		} while (token !== undefined);
		expect(values).toHaveLength(233);
		expect(new Set(values).size).toBe(233);
		expect(simulator().requests).toHaveLength(pair === 'apiFansly' ? 12 : short > 0 ? 4 : 3);
	});

	test('without an account nothing is asked', async () => {
		await expect(ask('getChats', undefined, undefined, '')).rejects.toThrow(
			'Choose an account first',
		);
		expect(simulator().requests).toEqual([]);
	});

	test('a wrong key is said in the dropdown', async () => {
		const credential = { ...credentialOf(pair), apiKey: 'a-wrong-key' };
		const asked = search(
			{ node: pair, credential, parameters: { operation: 'send', account: byId(account) } },
			'getAccounts',
		);
		await expect(asked).rejects.toThrow('did not accept the API key');
	});
});

describe.each(PAIRS)("%s: the chats in a trigger's filters", (pair) => {
	const { account, chat } = LUNA[pair];
	const all = async (node: TriggerName, parameters: INodeParameters) => {
		const values: unknown[] = [];
		let token: string | undefined;
		do {
			const given = { node, credential: credentialOf(pair), parameters };
			const page = await search(given, 'getChats', undefined, token);
			values.push(...page.results.map(({ value }) => value));
			token = page.paginationToken;
		} while (token !== undefined);
		return values;
	};
	const listings = () => simulator().requests.filter(({ path }) => path.endsWith('/chats'));

	test('a polling trigger: those of its account', async () => {
		const chats = await all(`${pair}PollingTrigger`, { account: byId(account) });
		expect(chats).toHaveLength(3);
		expect(chats).toContain(chat);
	});

	test('a webhook trigger: those of the accounts that it hears of, one after the other', async () => {
		const asked = { node: pair, credential: credentialOf(pair), parameters: {} };
		const { results: accounts } = await search(asked, 'getAccounts');
		const chats = await all(`${pair}Trigger`, { accountScope: 'global', accounts: [] });
		expect(chats).toHaveLength(3);
		expect(chats).toContain(chat);
		const paths = listings().map(({ path }) => path);
		expect(paths).toHaveLength(accounts.length);
		for (const { value } of accounts) {
			expect(paths.filter((path) => path.includes(`/${String(value)}/`))).toHaveLength(1);
		}
		if (pair === 'apiFansly') return;
		simulator().reset();
		expect(
			await all(`${pair}Trigger`, { accountScope: 'inclusive', accounts: [account] }),
		).toHaveLength(3);
		expect(simulator().requests).toHaveLength(1);
		const others = { accountScope: 'exclusive', accounts: [account] };
		expect(await all(`${pair}Trigger`, others)).not.toContain(chat);
		expect(await all(`${pair}Trigger`, { accountScope: 'inclusive', accounts: [] })).toEqual([]);
	});
});

test('an account that has to sign in again says so', async () => {
	const found = await search(
		{
			node: 'ofapiOnlyFans',
			credential: credentialOf('ofapiOnlyFans'),
			parameters: { operation: 'send' },
		},
		'getAccounts',
		'mia',
	);
	expect(found.results).toEqual([
		{ name: 'Mia Moon (@miamoon) – needs to sign in again', value: 'acct_MiaMoon0002' },
	]);
});
