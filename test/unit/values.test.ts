import fc from 'fast-check';
import { idOf } from '../../dist/nodes/shared/model/values';

describe('an ID', () => {
	test('a number beyond 2^53 is none: its last digits may be wrong', () => {
		const written = '{"id":900719925474099355}';
		const { id } = JSON.parse(written) as { id: unknown };
		expect(String(id)).not.toBe('900719925474099355');
		expect(idOf(id)).toBeUndefined();
		expect(idOf(2 ** 53)).toBeUndefined();
		expect(idOf(-(2 ** 53))).toBeUndefined();
		expect(idOf(2 ** 53 - 1)).toBe('9007199254740991');
	});

	test('is what the JSON held, or none', () => {
		fc.assert(
			fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n }), (id) => {
				const found = idOf(JSON.parse(String(id)));
				expect([String(id), undefined]).toContain(found);
				expect(found === undefined).toBe(id > Number.MAX_SAFE_INTEGER);
			}),
		);
		expect([idOf(''), idOf(1.5), idOf(null), idOf(true), idOf({})]).toEqual(
			Array.from({ length: 5 }, () => undefined),
		);
	});
});
