import type { INodeParameters } from 'n8n-workflow';
import { search } from '../support/harness';
import { operate, said } from '../support/operations';
import { LUNA, byId, credentialOf, idsOf, send, simulator, useSimulator } from '../support/world';

/** Vault File: chosen from a list, on the pairs whose messages take files of the vault. */

useSimulator();

const VAULTS = ['ofapiOnlyFans', 'apiFansly'] as const;

describe.each(VAULTS)('%s: Vault File', (pair) => {
	const { account } = LUNA[pair];
	const many = pair === 'apiFansly' ? 'mediaIds' : 'mediaFiles';
	const bodyOf = () => {
		const sent = simulator().requests.find(({ method }) => method === 'POST')?.body as
			INodeParameters | undefined;
		return sent?.[many] ?? sent?.mediaId;
	};

	const ask = (filter?: string, token?: string) =>
		search(
			{
				node: pair,
				credential: credentialOf(pair),
				parameters: { operation: 'send', account: byId(account) },
			},
			'getVaultFiles',
			filter,
			token,
		);

	test('the list has each file once, by kind and time, and no address of it', async () => {
		const files = simulator().addFiles(
			pair,
			account,
			Array.from({ length: 130 }, (_, index) => ({
				type: index === 0 ? ('video' as const) : ('photo' as const),
				...(pair === 'apiFansly' && { album: index % 2 === 0 ? '51' : '52' }),
			})),
		);
		const entries: Array<Record<string, unknown>> = [];
		let token: string | undefined;
		do {
			const page = await ask(undefined, token);
			entries.push(...page.results.map((entry) => ({ ...entry })));
			token = page.paginationToken;
		} while (token !== undefined);
		expect(entries.map(({ value }) => value).sort()).toEqual(files.map(({ id }) => id).sort());
		for (const entry of entries) expect(Object.keys(entry).sort()).toEqual(['name', 'value']);
		const video = entries.find(({ value }) => value === files[0]?.id);
		expect(video?.name).toMatch(
			/^(?:Video|[\w-]+\.mp4)(?: \(\d+:\d\d\))?, 20\d\d-\d\d-\d\d \d\d:\d\d$/,
		);
		expect(simulator().requests.length).toBeLessThanOrEqual(pair === 'apiFansly' ? 6 : 2);
	});

	test('an empty vault has an empty list', async () => {
		expect((await ask()).results).toEqual([]);
	});

	test('the file goes out alone, with a price, or in front of the others, once', async () => {
		const [first, second, third] = ['710000000001', '710000000002', '710000000003'] as const;
		const alone = await send(pair, {
			text: 'Hi',
			additionalFields: { vaultFile: byId(first), price: 5 },
			options: { checkPaid: false },
		});
		expect(alone.error).toBeUndefined();
		expect(bodyOf()).toEqual(pair === 'apiFansly' ? first : [first]);

		simulator().reset();
		const both = await send(pair, {
			text: 'Hi',
			additionalFields: { vaultFile: byId(third), [many]: [first, third, second].join() },
		});
		expect(both.error).toBeUndefined();
		expect(bodyOf()).toEqual([third, first, second]);
	});

	test('one that is not chosen is left out, and what is no ID is refused', async () => {
		const chosen = (value: unknown) => ({
			text: 'Hi',
			additionalFields: { vaultFile: byId(`={{ ${JSON.stringify(value)} }}`) },
		});
		expect((await send(pair, chosen(''))).error).toBeUndefined();
		expect(bodyOf()).toBeUndefined();
		simulator().reset();
		for (const wrong of ['beach.jpg', '../me', 1e17]) {
			expect(said(await send(pair, chosen(wrong)))).toContain("'Vault File'");
		}
		expect(simulator().requests).toEqual([]);
	});
});

describe.each(VAULTS)('%s: Vault File of a mass message', (pair) => {
	const many = pair === 'apiFansly' ? 'mediaIds' : 'mediaFiles';
	const to = {
		text: 'Hi',
		...(pair === 'apiFansly' ? { audience: ['renewing'] } : { userLists: ['1139401260'] }),
		maxRecipients: 7,
	};
	const scheduledDate = '2099-05-01T18:00:00.000Z';
	const media = {
		vaultFile: byId('710000000003'),
		[many]: '710000000001, 710000000003',
	};
	const expectWhole = (wanted: string) => {
		const request = simulator().requests.find(({ method }) => method === wanted);
		expect(request?.body).toMatchObject({ [many]: ['710000000003', '710000000001'] });
		expect(request?.body).not.toHaveProperty('vaultFile');
	};

	test('Send: in front of the others, once', async () => {
		const { error } = await operate(pair, 'massMessage.send', { ...to, additionalFields: media });
		expect(error).toBeUndefined();
		expectWhole('POST');
	});

	test('Update: in front of the others, once', async () => {
		const planned = await operate(pair, 'massMessage.send', {
			...to,
			additionalFields: { scheduledDate },
		});
		const [plannedId] = idsOf(planned);
		const messageId = pair === 'apiFansly' ? '410000000000000001' : String(plannedId);
		const { error } = await operate(pair, 'massMessage.update', {
			...(pair === 'apiFansly' ? { text: 'Hi' } : to),
			messageId,
			scheduledDate,
			additionalFields: media,
		});
		expect(error).toBeUndefined();
		expectWhole('PUT');
	});

	test('what is no ID is refused before anything is counted', async () => {
		const result = await operate(pair, 'massMessage.send', {
			...to,
			additionalFields: { vaultFile: byId('beach.jpg') },
		});
		expect(said(result)).toContain("'Vault File'");
		expect(simulator().requests).toEqual([]);
	});
});

test('OnlyFans: a mass message may ask a price for that file alone', async () => {
	const { error } = await operate('ofapiOnlyFans', 'massMessage.send', {
		text: 'Hi',
		userLists: ['1139401260'],
		maxRecipients: 7,
		additionalFields: { vaultFile: byId('710000000003'), price: 5 },
	});
	expect(error).toBeUndefined();
	const request = simulator().requests.find(({ method }) => method === 'POST');
	expect(request?.body).toMatchObject({ mediaFiles: ['710000000003'], price: 5 });
});

test('OnlyFans: the provider is asked for what is searched, and a preview may be that file', async () => {
	const [file] = simulator().addFiles('ofapiOnlyFans', LUNA.ofapiOnlyFans.account, [{}, {}]);
	const asked = {
		node: 'ofapiOnlyFans' as const,
		credential: credentialOf('ofapiOnlyFans'),
		parameters: { operation: 'send', account: byId(LUNA.ofapiOnlyFans.account) },
	};
	await search(asked, 'getVaultFiles', 'beach');
	expect(simulator().requests[0]?.query).toEqual({ limit: '100', query: 'beach' });
	const { error } = await send('ofapiOnlyFans', {
		text: 'Hi',
		additionalFields: {
			vaultFile: byId(file?.id),
			mediaFiles: '710000000002',
			previews: file?.id ?? '',
			price: 5,
		},
		options: { checkPaid: false },
	});
	expect(error).toBeUndefined();
});
