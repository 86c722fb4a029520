import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { newFan } from '../../simulator';
import type { PairName } from '../../simulator';
import { runAgent } from '../support/agent';
import { addFans } from '../support/fansly';
import { creditsOf, inputOf, operate, said, sent } from '../support/operations';
import type { Given } from '../support/operations';
import {
	LUNA,
	PAIRS,
	byId,
	credentialOf,
	idsOf,
	jsonOf,
	simulator,
	useSimulator,
} from '../support/world';

useSimulator();

/** Fan › Get of many input items: as few requests as the provider allows, and each item its own. */

const unhandled: unknown[] = [];
const note = (reason: unknown) => unhandled.push(reason);
beforeAll(() => process.on('unhandledRejection', note));
beforeEach(() => unhandled.splice(0));
afterEach(() => expect(unhandled).toEqual([]));
afterAll(() => process.off('unhandledRejection', note));

/** The most IDs of a request. */
const MOST = { ofapiOnlyFans: 10, ofapiFansly: 100, apiFansly: 50 };
const UNKNOWN = {
	ofapiOnlyFans: '999999',
	ofapiFansly: '399999999999999999',
	apiFansly: '399999999999999999',
};
const RETRY = { settings: { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 } };
const CONTINUE = { onError: 'continueRegularOutput' as const };

/** So many fans of Luna's, by their IDs; their user names are `fan0`, `fan1` and so on. */
function fansOf(pair: PairName, count: number): string[] {
	if (pair !== 'ofapiOnlyFans') return addFans(pair, count, 'follower');
	const { fans } = simulator().onlyFans(LUNA[pair].account);
	const added = Array.from({ length: count }, (_, index) =>
		newFan({ id: String(700_000 + index), name: `Fan ${index}`, username: `fan${index}` }),
	);
	fans.push(...added);
	return added.map(({ id }) => id);
}

const itemsOf = (fans: unknown[]) => fans.map((fan) => ({ fan }) as IDataObject);

/** Asks for a fan, or for several, in each item. */
const getFans = (
	pair: PairName,
	fans: unknown[],
	given: Given = {},
	parameters: INodeParameters = {},
) =>
	operate(
		pair,
		'fan.get',
		{ fan: '={{ $json.fan }}', ...parameters },
		{ items: itemsOf(fans), ...given },
	);

/** The IDs that the requests asked for. */
const asked = () => sent().map(({ query }) => query.ids?.split(',') ?? []);

/** The output items that say what did not work, by their input items. */
const problems = (items: Parameters<typeof inputOf>[0][]) =>
	items.filter(({ json }) => json.error !== undefined).map(inputOf);

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);

const until = async (isTrue: () => boolean) => {
	while (!isTrue()) await new Promise((resolve) => setTimeout(resolve, 5));
};

describe.each(PAIRS)('%s', (pair) => {
	const { account } = LUNA[pair];
	const get = (fans: unknown[], given: Given = {}, parameters: INodeParameters = {}) =>
		getFans(pair, fans, given, parameters);
	const unknown = UNKNOWN[pair];
	/** A request that names this ID is refused as a whole. */
	const refuse = (id: string, status = 422) =>
		simulator().addFault({
			kind: 'json',
			status,
			body: { message: 'The ids are not valid.' },
			query: new RegExp(`\\b${id}\\b`),
		});

	test('25 fans of 25 items', async () => {
		const fans = fansOf(pair, 25).reverse();
		const result = await get(fans);
		const requests = pair === 'ofapiOnlyFans' ? 3 : 1;
		expect(asked().flat()).toEqual(fans);
		expect(sent()).toHaveLength(requests);
		expect(creditsOf()).toBe(requests);
		expect(idsOf(result)).toEqual(fans);
		expect(result.items.map(inputOf)).toEqual(numbers(25));
		const [first] = jsonOf(result);
		expect(first).toMatchObject({ accountId: account, name: 'Fan 24', username: 'fan24' });
	});

	test.each([0, 1])('as many as a request takes, and %i more', async (more) => {
		const fans = fansOf(pair, MOST[pair] + more);
		expect(idsOf(await get(fans))).toEqual(fans);
		expect(asked().map(({ length }) => length)).toEqual([MOST[pair], more].filter(Boolean));
	});

	test('250 items at the pace of the account', async () => {
		const fans = fansOf(pair, 250);
		simulator().addFault({ kind: 'rateLimited', retryAfterSeconds: 0, times: 1, skip: 1 });
		expect(idsOf(await get(fans))).toEqual(fans);
		expect(sent()).toHaveLength(Math.ceil(250 / MOST[pair]) + 1);
		expect(simulator().maxInFlight(account)).toBeLessThanOrEqual(3);
	});

	test('the request, and the fan untouched', async () => {
		const fans = fansOf(pair, 2);
		const result = await get(fans, {}, { simplify: false });
		const path = {
			ofapiOnlyFans: `/api/${account}/users/list`,
			ofapiFansly: `/api/fansly/${account}/users/`,
			apiFansly: '/api/fansly/accounts/by-ids',
		};
		expect(sent()).toEqual([{ method: 'GET', path: path[pair], query: { ids: fans.join() } }]);
		expect(idsOf(result).map(String)).toEqual(fans);
		expect(result.items[0]?.json).toHaveProperty('avatar');
	});

	test('the same fan in several items is asked for once, and each has its own copy', async () => {
		const [one = '', two = ''] = fansOf(pair, 2);
		const result = await get([one, two, one, one], {}, { simplify: false });
		expect(asked()).toEqual([[one, two]]);
		expect(idsOf(result).map(String)).toEqual([one, two, one, one]);
		expect(result.items[2]?.json).toEqual(result.items[0]?.json);
		expect(result.items[2]?.json).not.toBe(result.items[0]?.json);
	});

	test.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
		'unknown fans among them are said of their own items (%s)',
		async (onError) => {
			const fans = fansOf(pair, 6);
			fans.splice(2, 0, unknown);
			fans.splice(5, 0, `${unknown}1`);
			const { items, errorItems, error } = await get(fans, { onError });
			expect(error).toBeUndefined();
			const all = [...items, ...errorItems];
			const problem = all.find((item) => inputOf(item) === 2)?.json;
			expect(problem?.error).toBe(`The fan '${unknown}' was not found [item 2]`);
			expect(problem?.details).toEqual({ itemIndex: 2, httpCode: '404' });
			expect(problems(all)).toEqual([2, 5]);
			const good = all.filter(({ json }) => json.error === undefined);
			expect(good.map(({ json }) => json.id)).toEqual(
				good.map((item) => fans[inputOf(item) ?? -1]),
			);
			expect(good).toHaveLength(6);
			expect(sent()).toHaveLength(1);
		},
	);

	test('an unknown fan stops the node, unless On Error says otherwise', async () => {
		const result = await get([...fansOf(pair, 2), unknown]);
		expect(result.error?.message).toBe(`The fan '${unknown}' was not found [item 2]`);
		expect(result.error?.context.itemIndex).toBe(2);
	});

	test('an item that is not valid asks for nothing, and the others go on', async () => {
		const fans = ['../me', ...fansOf(pair, 3), ''];
		const { items } = await get(fans, CONTINUE);
		expect(problems(items)).toEqual([0, 4]);
		expect(items.map(inputOf)).toEqual(numbers(5));
		expect(asked()).toEqual([fans.slice(1, 4)]);
	});

	test('items of two accounts: each gets its own, and an unknown account is its items’ alone', async () => {
		const other = `${account}2`;
		const nova = { name: 'Nova', username: 'nova', nativeId: '100000000000000077' };
		simulator().addAccount(pair, { id: other, ...nova });
		const id = pair === 'ofapiOnlyFans' ? '555001' : '555000000000000001';
		simulator().addChat(pair, { account: other, fan: { id, name: 'Zoe', username: 'zoe' } });
		const [one = '', two = ''] = fansOf(pair, 2);
		const items = [
			{ fan: one, account },
			{ fan: id, account: other },
			{ fan: two, account },
			{ fan: one, account: 'acct_nobody' },
			{ fan: two, account: 'acct_nobody' },
		];
		const result = await get([], { items, ...CONTINUE }, { account: byId('={{ $json.account }}') });
		if (pair === 'apiFansly') {
			// Its path has no account.
			expect(asked()).toEqual([[one, id, two]]);
			expect(jsonOf(result).map(({ accountId }) => accountId)).toEqual(
				items.map((item) => item.account),
			);
			expect(idsOf(result)).toEqual([one, id, two, one, two]);
			return;
		}
		expect(asked()).toEqual([[one, two], [id], [one, two]]);
		expect(result.items.map(inputOf)).toEqual(numbers(5));
		expect(idsOf(result)).toEqual([one, id, two, undefined, undefined]);
		expect(result.items[3]?.json.error).toContain("does not know the account 'acct_nobody'");
	});

	test('a request that gets no answer is said of all of its items, and of no other', async () => {
		const fans = fansOf(pair, MOST[pair] + 2);
		simulator().addFault({ kind: 'reset', query: new RegExp(`\\b${fans.at(-1)}\\b`) });
		const { items } = await get(fans, CONTINUE);
		expect(problems(items)).toEqual([MOST[pair], MOST[pair] + 1]);
		expect(items.map(inputOf)).toEqual(numbers(fans.length));
		for (const index of [MOST[pair], MOST[pair] + 1]) {
			expect(items[index]?.json.error).toMatch(/did not respond \[item \d+\]$/);
			expect(items[index]?.json.error).toContain(`[item ${index}]`);
		}
		expect(sent()).toHaveLength(2);
	});

	test('Retry On Fail asks again, and everybody has an item', async () => {
		const fans = fansOf(pair, MOST[pair] + 2);
		simulator().addFault({ kind: 'html', times: 1 });
		const result = await get(fans, RETRY);
		expect(result.error).toBeUndefined();
		expect(idsOf(result)).toEqual(fans);
		expect(sent()).toHaveLength(4);
	});

	test('an answer of another shape is no unknown fan', async () => {
		simulator().addFault({ kind: 'json', status: 200, body: { data: null } });
		const { items } = await get(fansOf(pair, 2), CONTINUE);
		for (const index of [0, 1]) {
			expect(items[index]?.json.error).toContain(`sent an unexpected response [item ${index}]`);
		}
	});

	test.each([400, 404, 422])('a %i because of one ID: the others are not lost', async (status) => {
		const fans = fansOf(pair, 10);
		const [bad = ''] = fans.slice(6, 7);
		refuse(bad, status);
		const { items } = await get(fans, CONTINUE);
		expect(problems(items)).toEqual([6]);
		expect(items.map(inputOf)).toEqual(numbers(10));
		expect(items[6]?.json.details).toMatchObject({ httpCode: String(status) });
		// Halves of what was refused, down to the one.
		expect(asked().map(({ length }) => length)).toEqual([10, 5, 5, 3, 2, 1, 1, 1, 2]);
	});

	test('so with a refusal inside of an answer', async () => {
		const fans = fansOf(pair, 4);
		simulator().addFault({ kind: 'failureInside', query: new RegExp(`\\b${fans[1]}\\b`) });
		const { items } = await get(fans, CONTINUE);
		expect(problems(items)).toEqual([1]);
		expect(items[1]?.json.error).toContain('rejected the request [item 1]');
	});

	test('several such IDs, the first of all among them', async () => {
		const fans = fansOf(pair, 10);
		for (const index of [0, 1, 2, 7]) refuse(fans[index] ?? '');
		const { items } = await get(fans, CONTINUE);
		expect(problems(items)).toEqual([0, 1, 2, 7]);
	});

	test('where all are refused, not each of them is asked for', async () => {
		const fans = fansOf(pair, MOST[pair]);
		simulator().addFault({ kind: 'json', status: 422, body: { message: 'Not now.' } });
		const { items } = await get(fans, CONTINUE);
		expect(problems(items)).toEqual(numbers(fans.length));
		expect(sent().length).toBeLessThanOrEqual(pair === 'ofapiOnlyFans' ? 9 : 18);
		expect(items[0]?.json.message).toContain('Not now.');
		expect(items.at(-1)?.json.message).toContain('Not now.');
	});

	test.each([401, 402, 403, 500])(
		'a %i is about all of them: nothing is asked again',
		async (status) => {
			simulator().addFault({ kind: 'json', status, body: { message: 'No.' } });
			const { items } = await get(fansOf(pair, 4), CONTINUE);
			expect(problems(items)).toEqual(numbers(4));
			expect(sent()).toHaveLength(1);
		},
	);

	test('Execute Once asks for the first alone', async () => {
		const fans = fansOf(pair, 3);
		const result = await get(fans, { settings: { executeOnce: true } });
		expect(asked()).toEqual([fans.slice(0, 1)]);
		expect(idsOf(result)).toEqual(fans.slice(0, 1));
	});

	test('where the user set batches, each is asked for by itself', async () => {
		const fans = fansOf(pair, 5);
		const batch = { batchSize: 2, batchInterval: 300 };
		const result = await get(fans, {}, { requestOptions: { batching: { batch } } });
		expect(idsOf(result)).toEqual(fans);
		expect(asked()).toEqual([fans.slice(0, 2), fans.slice(2, 4), fans.slice(4)]);
	});

	describe('an expression that n8n cannot resolve', () => {
		const fan = "={{ $json.fan === 'bad' ? $('No such node').item.json.fan : $json.fan }}";

		test('ends the node before anything is asked', async () => {
			const [one, two] = fansOf(pair, 2);
			const result = await get([one, 'bad', two], {}, { fan });
			expect(result.error).toBeDefined();
			await new Promise((resolve) => setTimeout(resolve, 50));
			expect(sent()).toEqual([]);
		});

		test('leaves nobody waiting where the user set batches', async () => {
			const [one, two] = fansOf(pair, 2);
			const batch = { batchSize: 2, batchInterval: 300 };
			const requestOptions = { batching: { batch } };
			const result = await get([one, 'bad', two], {}, { fan, requestOptions });
			expect(result.error).toBeDefined();
			await new Promise((resolve) => setTimeout(resolve, 50));
			expect(asked().flat()).not.toContain(two);
		});

		test('is its own item’s where On Error says so', async () => {
			const [one, two] = fansOf(pair, 2);
			const result = await get([one, 'bad', two], CONTINUE, { fan });
			expect(asked()).toEqual([[one, two]]);
			expect(result.items.map(({ json }) => json.id)).toEqual([one, undefined, two]);
		});
	});

	describe('a cancelled execution', () => {
		test('asks for nothing further, and ends', async () => {
			const fans = fansOf(pair, 5 * MOST[pair]);
			simulator().addFault({ kind: 'slow', ms: 3_600_000 });
			let cancel = () => {};
			const running = get(fans, { onStart: (stop) => (cancel = stop) });
			await until(() => sent().length >= 3);
			cancel();
			await running.catch(() => undefined);
			await new Promise((resolve) => setTimeout(resolve, 300));
			expect(sent()).toHaveLength(3);
		});

		test('before anything left, too', async () => {
			await get(fansOf(pair, 3), { onStart: (stop) => stop() }).catch(() => undefined);
			await new Promise((resolve) => setTimeout(resolve, 50));
			expect(sent()).toEqual([]);
		});
	});

	test.each(['engine', 'inline'] as const)(
		'three calls of an agent at once (%s): each is answered',
		async (way) => {
			const fans = fansOf(pair, 3);
			const parameters = {
				resource: 'fan',
				operation: 'get',
				account: byId(account),
				fan: "={{ $fromAI('fan', '', 'string') }}",
			};
			const { answers } = await runAgent({
				way,
				tools: [{ name: 'Get', node: pair, parameters }],
				calls: [fans.map((fan) => ({ tool: 'Get', args: { fan } }))],
				inParallel: true,
				credential: credentialOf(pair),
			});
			expect(answers.map(({ items }) => items.map(({ id }) => id))).toEqual(
				fans.map((fan) => [fan]),
			);
		},
	);
});

describe('user names', () => {
	const mixed = ['fan3', '', '@fan1', '', 'nobody'];

	test('ofapiOnlyFans: a request each, beside one for the IDs', async () => {
		const fans = fansOf('ofapiOnlyFans', 5);
		const given = mixed.map((name, index) => name || fans[index]);
		const result = await getFans('ofapiOnlyFans', given, CONTINUE);
		const users = `/api/${LUNA.ofapiOnlyFans.account}/users`;
		expect(
			sent()
				.map(({ path, query }) => `${path} ${query.ids ?? ''}`.trim())
				.sort(),
		).toEqual(
			[
				`${users}/fan1`,
				`${users}/fan3`,
				`${users}/list ${fans[1]},${fans[3]}`,
				`${users}/nobody`,
			].sort(),
		);
		expect(idsOf(result)).toEqual([fans[3], fans[1], fans[1], fans[3], undefined]);
		expect(result.items[4]?.json.error).toBe("The fan 'nobody' was not found [item 4]");
	});

	test('ofapiOnlyFans: the same name twice costs one credit', async () => {
		fansOf('ofapiOnlyFans', 1);
		const result = await getFans('ofapiOnlyFans', ['fan0', '@fan0']);
		expect(result.items).toHaveLength(2);
		expect(creditsOf()).toBe(1);
	});

	test('ofapiFansly: one request for the names, one for the IDs', async () => {
		const fans = fansOf('ofapiFansly', 5);
		const given = mixed.map((name, index) => name || fans[index]);
		const result = await getFans('ofapiFansly', given, CONTINUE);
		const users = `/api/fansly/${LUNA.ofapiFansly.account}/users/`;
		expect(sent().map(({ path, query }) => [path, query.ids])).toEqual([
			[`${users}fan3,fan1,nobody`, undefined],
			[users, `${fans[1]},${fans[3]}`],
		]);
		expect(idsOf(result)).toEqual([fans[3], fans[1], fans[1], fans[3], undefined]);
	});

	test('ofapiFansly: capitals do not matter, whatever they are in the answer', async () => {
		simulator().addFault({
			kind: 'json',
			status: 200,
			body: {
				data: [
					{ id: '1', username: 'NovaFan' },
					{ id: '2', username: 'zoe' },
				],
			},
		});
		const result = await getFans('ofapiFansly', ['Zoe', 'novafan']);
		expect(idsOf(result)).toEqual(['2', '1']);
	});
});

describe.each(['ofapiFansly', 'apiFansly'] as const)('%s: several fans in an item', (pair) => {
	test('they join the requests of the others', async () => {
		const fans = fansOf(pair, 120);
		const parts = [fans.slice(0, 40), fans.slice(40, 80), fans.slice(80)];
		const result = await getFans(pair, parts);
		expect(sent()).toHaveLength(Math.ceil(120 / MOST[pair]));
		expect(idsOf(result)).toEqual(fans);
		expect(result.items.map(inputOf)).toEqual(numbers(120).map((index) => Math.floor(index / 40)));
	});

	test('in the order asked for, without those who are unknown', async () => {
		const [one = '', two = '', three = ''] = fansOf(pair, 3);
		const { items } = await getFans(
			pair,
			[[three, UNKNOWN[pair], one], [UNKNOWN[pair]], [one, two]],
			CONTINUE,
		);
		expect(items.map((item) => [inputOf(item), item.json.id])).toEqual([
			[0, three],
			[0, one],
			[1, undefined],
			[2, one],
			[2, two],
		]);
		expect(sent()).toHaveLength(1);
	});
});

describe('apiFansly', () => {
	const answers = (data: unknown) =>
		simulator().addFault({ kind: 'json', status: 200, body: { statusCode: 200, data } });
	const profile = { id: '300000000000000009', username: 'zoe' };

	test.each([
		['two envelopes', { data: { success: true, response: [profile] } }],
		['accounts in them', { data: { success: true, response: { accounts: [profile] } } }],
		['one envelope', [profile]],
		['accounts in it', { success: true, accounts: [profile] }],
	])('the profiles are found in %s', async (_where, data) => {
		answers(data);
		const result = await operate('apiFansly', 'fan.get', { fan: profile.id });
		expect(jsonOf(result)).toMatchObject([{ id: profile.id, username: 'zoe' }]);
	});

	test.each([
		['a user name', { fan: 'zoe' }, 'Fan ID'],
		['nobody', { fan: '={{ "" }}' }, 'Fan ID'],
		['no account', { fan: '1', account: byId('={{ "" }}') }, 'Account'],
		['a number too long', { fan: '={{ 300000000000000001 }}' }, 'Fan ID'],
	])('%s is refused, and nothing leaves', async (_what, parameters, field) => {
		const result = await operate('apiFansly', 'fan.get', parameters);
		expect(said(result)).toContain(`'${field}'`);
		expect(sent()).toEqual([]);
	});
});
