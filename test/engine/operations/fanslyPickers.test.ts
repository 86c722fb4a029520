import { createHash } from 'node:crypto';
import type { INodeParameters } from 'n8n-workflow';
import { FANSLY_PAIRS, path } from '../support/fansly';
import { dropdown, search } from '../support/harness';
import { operate, refusal, sent } from '../support/operations';
import { LUNA, byId, credentialOf, jsonOf, simulator, useSimulator } from '../support/world';

useSimulator();

/** What is picked from lists on Fansly, and what goes into the vault. */

const editor = (pair: 'ofapiFansly' | 'apiFansly', account = LUNA[pair].account) => ({
	node: pair,
	credential: credentialOf(pair),
	parameters: { resource: 'fan', operation: 'list', account: byId(account) } as INodeParameters,
});

test.each(FANSLY_PAIRS)('%s: subscription tiers', async (pair) => {
	const isOfapi = pair === 'ofapiFansly';
	// In ApiFansly's answers the unit of such a price is in doubt.
	expect(await dropdown(editor(pair), 'getTiers')).toEqual([
		{ name: isOfapi ? 'Star ($9.99)' : 'Star', value: '800000000000000001' },
		{ name: isOfapi ? 'Galaxy ($15.00)' : 'Galaxy', value: '800000000000000002' },
	]);
	expect(sent()).toEqual([
		{
			method: 'GET',
			path: path(pair, isOfapi ? 'subscription-tiers' : 'subscriptions/tiers'),
			query: {},
		},
	]);
});

test('ofapiFansly: albums of the vault, and lists of fans', async () => {
	const { account } = LUNA.ofapiFansly;
	simulator().addFiles('ofapiFansly', account, [{}, { album: '500000000000000002' }, {}]);
	expect(await dropdown(editor('ofapiFansly'), 'getAlbums')).toEqual([
		{ name: 'Album 1 (2)', value: '500000000000000001' },
		{ name: 'Album 2 (1)', value: '500000000000000002' },
	]);
	expect((await search(editor('ofapiFansly'), 'getFanLists')).results).toEqual([
		{ name: 'Whales (1)', value: '600000000000000001' },
		{ name: 'Quiet (0)', value: '600000000000000002' },
	]);
	expect((await search(editor('ofapiFansly'), 'getFanLists', 'whale')).results).toHaveLength(1);
	expect(sent().map(({ path: asked }) => asked)).toEqual([
		path('ofapiFansly', 'vault/albums'),
		path('ofapiFansly', 'lists'),
		path('ofapiFansly', 'lists'),
	]);
});

test.each([
	['ofapiFansly', 'getTiers'],
	['ofapiFansly', 'getAlbums'],
	['apiFansly', 'getTiers'],
] as const)('%s %s: no account, an unknown one, another answer', async (pair, method) => {
	await expect(dropdown(editor(pair, ''), method)).rejects.toThrow('Choose an account first');
	expect(sent()).toEqual([]);
	await expect(dropdown(editor(pair, 'fansly_acct_nobody'), method)).rejects.toThrow(
		'does not know',
	);
	simulator().addFault({ kind: 'json', status: 200, body: { data: 'nothing' } });
	await expect(dropdown(editor(pair), method)).rejects.toThrow('unexpected response');
});

describe('ofapiFansly: Media › Upload to Vault', () => {
	const bytes = Buffer.from('a photo');
	const binary = [
		{ data: { data: bytes.toString('base64'), mimeType: 'image/jpeg', fileName: 'photo.jpg' } },
	];
	const upload = (parameters: INodeParameters = {}) =>
		operate(
			'ofapiFansly',
			'media.uploadToVault',
			{ binaryPropertyName: 'data', ...parameters },
			{ binary },
		);

	test('a file of the item, into an album', async () => {
		const result = await upload({ additionalFields: { albumId: '500000000000000002' } });
		expect(sent()).toEqual([
			{
				method: 'POST',
				path: path('ofapiFansly', 'vault/media/upload'),
				query: {},
				body: {
					album_id: '500000000000000002',
					file: {
						fileName: 'photo.jpg',
						mimeType: 'image/jpeg',
						size: bytes.length,
						sha256: createHash('sha256').update(bytes).digest('hex'),
					},
				},
			},
		]);
		expect(jsonOf(result)).toMatchObject([
			{ mediaId: 'fansly_media_00000001', status: 'completed' },
		]);
	});

	test('by its address, without an album', async () => {
		await upload({ source: 'url', fileUrl: 'https://example.com/photo.jpg' });
		expect(sent()[0]?.body).toEqual({ file_url: 'https://example.com/photo.jpg' });
	});

	test('a lost answer is never made again: uploads are paid', async () => {
		simulator().addFault({ kind: 'lostAfterStoring', times: 1 });
		const result = await operate(
			'ofapiFansly',
			'media.uploadToVault',
			{ binaryPropertyName: 'data' },
			{ binary, settings: { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 } },
		);
		expect(result.error?.context.outcome).toBe('unknown');
		expect(sent()).toHaveLength(1);
	});

	test('bad inputs: nothing leaves, and the field is named', async () => {
		expect(refusal(await upload({ additionalFields: { albumId: 'mine' } }))).toContain(
			"'Album Name or ID'",
		);
		expect(refusal(await upload({ binaryPropertyName: 'photo' }))).toContain('photo');
		expect(refusal(await upload({ source: 'url', fileUrl: 'photo.jpg' }))).toContain("'File URL'");
	});
});
