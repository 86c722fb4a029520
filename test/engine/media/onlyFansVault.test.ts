import { dropdown } from '../support/harness';
import { ACCOUNT, keepsPairing, perform, refuses } from '../support/onlyFans';
import { creditsOf, said, sent, value } from '../support/operations';
import { byId, credentialOf, idsOf, jsonOf, send, simulator, useSimulator } from '../support/world';

/** OnlyFans' vault, and the GIFs of Giphy. */

useSimulator();

const VAULT = `/api/${ACCOUNT}/media/vault`;
const BYTES = Buffer.from('a photo');
const PHOTO = {
	binary: [
		{
			data: {
				data: BYTES.toString('base64'),
				mimeType: 'image/jpeg',
				fileName: 'photo.jpg',
				bytes: BYTES.length,
			},
		},
	],
};
const FROM_ITEM = { binaryPropertyName: 'data' };

describe('Upload to Vault', () => {
	test('gives the ID of the file, which messages take again and again', async () => {
		const result = await perform('media', 'uploadToVault', FROM_ITEM, PHOTO);
		expect(result.error).toBeUndefined();
		expect(sent().map(({ method, path }) => `${method} ${path}`)).toEqual([`POST ${VAULT}`]);
		expect(simulator().requests[0]?.body).toMatchObject({
			file: { fileName: 'photo.jpg', size: BYTES.length },
		});
		const [uploaded] = jsonOf(result);
		expect(uploaded).toEqual({
			mediaId: '8000000001',
			uploadId: null,
			status: 'completed',
			progress: null,
			reason: null,
			fileName: null,
			type: 'photo',
			creditsUsed: 1,
		});
		expect(creditsOf()).toBe(1);
		for (const text of ['first', 'second']) {
			const additionalFields = { mediaFiles: uploaded?.mediaId as string };
			const { error } = await send('ofapiOnlyFans', { text, additionalFields });
			expect(error).toBeUndefined();
		}
		const listed = await perform('media', 'list');
		expect(idsOf(listed)).toEqual([uploaded?.mediaId]);
	});

	test('a file from an address, untouched', async () => {
		const result = await perform('media', 'uploadToVault', {
			source: 'url',
			fileUrl: 'https://example.com/a.jpg',
			simplify: false,
		});
		expect(simulator().requests[0]?.body).toEqual({ file_url: 'https://example.com/a.jpg' });
		expect(jsonOf(result)).toEqual([
			expect.objectContaining({
				mediaId: '8000000001',
				data: expect.objectContaining({ id: 8_000_000_001, isReady: false }) as object,
			}),
		]);
	});

	test('in the background: the same ID, once it is done', async () => {
		simulator().quirks.uploadLooks = 1;
		const result = await perform(
			'media',
			'uploadToVault',
			{ ...FROM_ITEM, options: { inBackground: true } },
			PHOTO,
		);
		expect(result.error).toBeUndefined();
		expect(simulator().requests[0]?.body).toMatchObject({ async: 'true' });
		expect(sent().slice(1)).toEqual([
			expect.objectContaining({
				path: `/api/${ACCOUNT}/media/uploads/ofapi_media_00000001/status`,
			}),
			expect.anything(),
		]);
		expect(jsonOf(result)).toEqual([
			expect.objectContaining({
				mediaId: '8000000001',
				uploadId: 'ofapi_media_00000001',
				status: 'completed',
			}),
		]);
	});

	test('a lost answer is reported, and the file is not uploaded again', async () => {
		simulator().addFault({ kind: 'lostAfterStoring', method: 'POST' });
		const result = await perform('media', 'uploadToVault', FROM_ITEM, {
			...PHOTO,
			settings: { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 },
		});
		expect(said(result)).toContain('It is not known whether the file was uploaded');
		expect(sent()).toHaveLength(1);
	});

	test('no file', async () => {
		const result = await perform('media', 'uploadToVault', FROM_ITEM);
		expect(said(result)).toContain("'Input Binary Field'");
		expect(sent()).toEqual([]);
	});
});

test("the vault's lists to choose from, and their files alone", async () => {
	simulator().addFiles('ofapiOnlyFans', ACCOUNT, [{ album: '11' }, { album: '22' }]);
	const editor = {
		node: 'ofapiOnlyFans' as const,
		credential: credentialOf('ofapiOnlyFans'),
		parameters: { account: byId(ACCOUNT) },
	};
	expect(await dropdown(editor, 'getVaultLists')).toEqual([
		{ name: 'List 1', value: '11' },
		{ name: 'List 2', value: '22' },
	]);
	expect(sent()).toEqual([{ method: 'GET', path: `${VAULT}/lists`, query: {} }]);
	const listed = await perform('media', 'list', { filters: { list: '22' } });
	expect(idsOf(listed)).toEqual(['8000000002']);
});

describe('Search GIFs', () => {
	test('with the ID that messages take', async () => {
		const result = await perform('media', 'searchGifs', { gifQuery: 'good morning', limit: 1 });
		expect(sent()).toEqual([
			{
				method: 'GET',
				path: `/api/${ACCOUNT}/giphy/search`,
				query: { q: 'good morning', limit: '1' },
			},
		]);
		expect(jsonOf(result)).toEqual([
			{
				id: 'gif0',
				title: 'good morning 0',
				rating: 'g',
				url: 'https://giphy.com/gifs/gif0',
				imageUrl: 'https://media4.giphy.com/media/gif0/giphy.gif',
				width: 400,
				height: 300,
			},
		]);
		const giphyId = jsonOf(result)[0]?.id as string;
		const { error } = await send('ofapiOnlyFans', { text: 'Hi', additionalFields: { giphyId } });
		expect(error).toBeUndefined();
	});

	test('all of them, each once, in the fewest requests', async () => {
		const result = await perform('media', 'searchGifs', { gifQuery: 'cat', returnAll: true });
		expect(idsOf(result)).toEqual(Array.from({ length: 120 }, (_, index) => `gif${index}`));
		expect(sent().map(({ query }) => query)).toEqual([
			{ q: 'cat', limit: '50' },
			{ q: 'cat', limit: '50', offset: '50' },
			{ q: 'cat', limit: '50', offset: '100' },
		]);
		const raw = await perform('media', 'searchGifs', {
			gifQuery: 'cat',
			limit: 1,
			simplify: false,
		});
		expect(jsonOf(raw)).toEqual([
			expect.objectContaining({ embed_url: expect.any(String) as string }),
		]);
	});

	test('items keep their origin', async () => {
		await keepsPairing('media', 'searchGifs', { gifQuery: 'cat', limit: 2 }, { limit: 0 });
	});
});

refuses([
	{
		resource: 'media',
		operation: 'searchGifs',
		name: 'nothing to look for',
		parameters: { gifQuery: value(' ') },
		names: 'Search For',
	},
	{
		resource: 'media',
		operation: 'list',
		name: 'a list by its name',
		parameters: { filters: { list: 'Stories' } },
		names: 'Vault List Name or ID',
	},
	{
		resource: 'media',
		operation: 'uploadToVault',
		name: 'no address',
		parameters: { source: 'url', fileUrl: value('') },
		names: 'File URL',
	},
]);
