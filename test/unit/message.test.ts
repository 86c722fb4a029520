import fc from 'fast-check';
import { dollarsFromThousandths } from '../../dist/nodes/platforms/fansly/values';
import { plainText } from '../../dist/nodes/shared/model/html';
import { mediaTypeOf } from '../../dist/nodes/shared/model/media';
import { isoTime } from '../../dist/nodes/shared/model/time';
import { withIncluded } from '../../dist/nodes/shared/lists/included';
import { isOlderId } from '../../dist/nodes/shared/model/values';

describe('plain text', () => {
	test.each([
		['<p>Hello</p>', 'Hello'],
		['<p>one<br />two<br>three</p>', 'one\ntwo\nthree'],
		['<p>one<br />\ntwo</p>', 'one\ntwo'],
		['<p>one</p><p>two</p>', 'one\ntwo'],
		['<p>one</p>\n<p></p>\n<p>two</p>', 'one\n\ntwo'],
		['no markup\nat all', 'no markup\nat all'],
		['<a href="https://x.example/?a=1&amp;b=2">link</a>', 'link'],
		['3 &lt; 5 &amp; 7 &gt; 2', '3 < 5 & 7 > 2'],
		['&amp;lt; stays', '&lt; stays'],
		['caf&eacute; &#8364; &#x1F60D; &euro;&nbsp;5', 'café € 😍 € 5'],
		['&unknown; &#0; &#x110000;', '&unknown; &#0; &#x110000;'],
		['I <3 you', 'I <3 you'],
		['<script>alert(1)</script>', 'alert(1)'],
		['', ''],
	])('%j', (html, text) => expect(plainText(html)).toBe(text));

	test.each([null, undefined, 5, {}, []])('%p is no text', (value) =>
		expect(plainText(value)).toBe(''),
	);

	test('what a person writes survives the way into HTML and back', () => {
		const toHtml = (text: string) =>
			`<p>${text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;').replace(/\n/g, '<br />')}</p>`;
		const written = fc.string({
			unit: fc.oneof(
				fc.constantFrom('&', '<', '>', '"', '\n', ';', '#', 'amp', ' '),
				fc.string({ maxLength: 3 }),
			),
		});
		fc.assert(
			fc.property(written, (text) => {
				fc.pre(!text.includes('\r'));
				expect(plainText(toHtml(text))).toBe(text.replace(/^\n+|\n+$/g, ''));
			}),
		);
	});
});

describe('times', () => {
	test.each([
		[1700000000, '2023-11-14T22:13:20.000Z'],
		[1700000000.123, '2023-11-14T22:13:20.123Z'],
		[1700000000123, '2023-11-14T22:13:20.123Z'],
		['1700000000', '2023-11-14T22:13:20.000Z'],
		['2025-02-03T23:29:53+00:00', '2025-02-03T23:29:53.000Z'],
		['2025-02-03T23:29:53+02:00', '2025-02-03T21:29:53.000Z'],
		['yesterday', null],
		['', null],
		[null, null],
		[Number.NaN, null],
		[1e300, null],
		[{}, null],
	])('%p', (value, iso) => expect(isoTime(value)).toBe(iso));
});

test.each([
	[15000, 15],
	[4990, 4.99],
	['2500', 2.5],
	[0, 0],
	['x', null],
	[undefined, null],
])('%p thousandths', (value, dollars) => expect(dollarsFromThousandths(value)).toBe(dollars));

test.each([
	['image/jpeg', 'photo'],
	['image/gif', 'gif'],
	['video/mp4', 'video'],
	['audio/mpeg', 'audio'],
	['text/html', null],
	[undefined, null],
])('%p', (mime, type) => expect(mediaTypeOf(mime)).toBe(type));

describe('IDs in their order', () => {
	test('as numbers of any length', () => {
		fc.assert(
			fc.property(
				fc.bigInt({ min: 0n, max: 10n ** 30n }),
				fc.bigInt({ min: 0n, max: 10n ** 30n }),
				(a, b) => expect(isOlderId(`${a}`, `${b}`)).toBe(a < b),
			),
		);
	});
	test('unknown where one is not a number', () => expect(isOlderId('abc', '1')).toBeUndefined());
});

describe('records beside the messages', () => {
	const records = {
		accountMedia: [{ id: '71' }, { id: '72' }, { id: '79' }],
		accountMediaBundles: [{ id: '51', accountMediaIds: ['72'] }],
		accountMediaOrders: [
			{ id: '91', accountMediaId: '71' },
			{ id: '92', accountMediaId: '79' },
		],
		tips: [
			{ id: '61', messageId: '2', tipGoalId: '81' },
			{ id: '62', messageId: '3', tipGoalId: '81' },
		],
		tipGoals: [{ id: '81' }],
	};
	const gather = withIncluded(records);
	const file = { id: '1', senderId: '3', attachments: [{ contentId: '71' }] };
	const bundle = { id: '4', attachments: [{ contentId: '51' }] };

	test('a file brings its order', () =>
		expect(gather(file)).toEqual({
			...file,
			accountMedia: [{ id: '71' }],
			accountMediaOrders: [records.accountMediaOrders[0]],
		}));
	test('a bundle brings its files', () =>
		expect(gather(bundle)).toEqual({
			...bundle,
			accountMedia: [{ id: '72' }],
			accountMediaBundles: records.accountMediaBundles,
		}));
	test("a tip brings its goal, but not the goal's other tips", () =>
		expect(gather({ id: '2' })).toEqual({
			id: '2',
			tips: [records.tips[0]],
			tipGoals: records.tipGoals,
		}));
	test('a message without any stays as it is', () =>
		expect(gather({ id: '5', content: 'x' })).toEqual({ id: '5', content: 'x' }));
	test("a message's own field is never replaced", () =>
		expect(gather({ ...file, accountMedia: 'own' })).toMatchObject({ accountMedia: 'own' }));
});
