import { DEFAULT_KEYS } from '../../simulator';
import { perform } from '../support/onlyFans';
import { inputOf, sent } from '../support/operations';
import { jsonOf, simulator, useSimulator } from '../support/world';

useSimulator();

test('one request for all accounts', async () => {
	const result = await perform('account', 'list');
	expect(sent()).toEqual([{ method: 'GET', path: '/api/accounts', query: {}, body: undefined }]);
	expect(jsonOf(result)).toEqual([
		{
			id: 'acct_LunaStar0001',
			name: 'Luna Star',
			username: 'lunastar',
			nativeId: '339543013',
			isSignedIn: true,
			status: 'signed_in',
		},
		{
			id: 'acct_MiaMoon0002',
			name: 'Mia Moon',
			username: 'miamoon',
			nativeId: '339543014',
			isSignedIn: false,
			status: 'session_expired',
		},
	]);
});

test('untouched, without the secrets', async () => {
	const result = await perform('account', 'list', { simplify: false });
	expect(jsonOf(result)[0]).toEqual({
		id: 'acct_LunaStar0001',
		onlyfans_id: 339_543_013,
		onlyfans_username: 'lunastar',
		is_authenticated: true,
		authentication_progress: 'signed_in',
		display_name: 'Luna Star',
	});
});

test.each([true, false])('no secret comes out, Simplify %s', async (simplify) => {
	const { run } = await perform('account', 'list', { simplify });
	expect(JSON.stringify(run)).not.toMatch(/secret|csrf|wsAuthToken|203\.0\.113/);
});

test('no accounts are no items, and no account has to be chosen', async () => {
	simulator().addFault({ kind: 'json', status: 200, body: [] });
	const result = await perform('account', 'list', { account: '' });
	expect([result.error, result.items]).toEqual([undefined, []]);
});

test('items keep their origin', async () => {
	simulator().addFault({ kind: 'json', status: 500, body: {}, skip: 1, times: 1 });
	const result = await perform(
		'account',
		'list',
		{},
		{ items: [{}, {}, {}], onError: 'continueRegularOutput' },
	);
	expect(result.items.map(inputOf).sort()).toHaveLength(5);
	expect(new Set(result.items.map(inputOf))).toEqual(new Set([0, 1, 2]));
	expect(result.items.filter(({ json }) => json.error !== undefined)).toHaveLength(1);
	expect(JSON.stringify(result.run)).not.toContain(DEFAULT_KEYS.ofapi);
});

describe('Get Credits', () => {
	test('how many are left, for nothing', async () => {
		simulator().setBalance('ofapi', 1234);
		const result = await perform('account', 'getCredits', { account: '' });
		expect(result.error).toBeUndefined();
		expect(sent()).toEqual([{ method: 'GET', path: '/api/usage/credits', query: {} }]);
		expect(jsonOf(result)).toEqual([{ balance: 1234 }]);
		expect(simulator().credits('ofapi')).toEqual({ used: 0, balance: 1234 });
	});

	test('untouched', async () => {
		const result = await perform('account', 'getCredits', { simplify: false });
		expect(jsonOf(result)).toEqual([
			{
				data: [],
				_meta: expect.objectContaining({ _credits: expect.anything() as unknown }) as unknown,
			},
		]);
	});

	test('an answer without the balance is not taken for none', async () => {
		simulator().addFault({ kind: 'json', status: 200, body: { data: [] } });
		const { error } = await perform('account', 'getCredits');
		expect(error?.message).toBe('OnlyFansAPI sent an unexpected response [item 0]');
	});

	test('items keep their origin', async () => {
		simulator().addFault({ kind: 'json', status: 500, body: {}, skip: 1, times: 1 });
		const result = await perform(
			'account',
			'getCredits',
			{},
			{ items: [{}, {}, {}], onError: 'continueRegularOutput' },
		);
		expect(result.items.map(inputOf)).toEqual([0, 1, 2]);
		expect(result.items.filter(({ json }) => json.error !== undefined)).toHaveLength(1);
	});
});
