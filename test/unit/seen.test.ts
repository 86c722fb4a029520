import fc from 'fast-check';
import { SeenCursors, SeenIds } from '../../nodes/shared/lists/seen';

const HALF = 10;
/** Long IDs, newest first, as text or as numbers. */
const newestFirst = (count: number, asNumbers = false) =>
	Array.from({ length: count }, (_, index) =>
		asNumbers ? 9_000_000 - index : String(400_000_000_000_900_000n - BigInt(index)),
	);

describe('seen IDs', () => {
	test('everything in order is new, once, however much comes', () => {
		for (const asNumbers of [false, true]) {
			const seen = new SeenIds(HALF);
			const ids = newestFirst(500, asNumbers);
			expect(ids.filter((id) => seen.add(id))).toEqual(ids);
		}
	});

	test('repeats and messages out of their order by less than the memory: nothing lost, nothing repeated', () => {
		fc.assert(
			fc.property(
				fc.nat(200),
				fc.array(fc.tuple(fc.nat(199), fc.nat(HALF - 1)), { maxLength: 60 }),
				fc.array(fc.nat(HALF - 1), { minLength: 200, maxLength: 200 }),
				(count, repeats, noise) => {
					const ids = newestFirst(count);
					// Each ID up to nine places away from its order.
					const shuffled = ids
						.map((id, index) => ({ id, place: index + (noise[index] ?? 0) }))
						.sort((a, b) => a.place - b.place)
						.map(({ id }) => id);
					const stream = shuffled.flatMap((id, index) => [
						id,
						...repeats
							.filter(([at]) => at === index)
							.map(([, back]) => shuffled[Math.max(0, index - back)] ?? id),
					]);
					const seen = new SeenIds(HALF);
					expect(stream.filter((id) => seen.add(id))).toEqual(shuffled);
				},
			),
		);
	});

	test('an old message among new ones hides nothing', () => {
		const ids = newestFirst(300);
		const stream = [...ids.slice(0, 5), '1', ...ids.slice(5)];
		const seen = new SeenIds(HALF);
		expect(stream.filter((id) => seen.add(id))).toEqual(stream);
	});

	test('a message that came long ahead of its time does not come again', () => {
		const ids = newestFirst(300);
		const pinned = ids[250] ?? '';
		const seen = new SeenIds(HALF);
		expect([...ids.slice(0, 5), pinned, ...ids.slice(5)].filter((id) => seen.add(id))).toEqual([
			...ids.slice(0, 5),
			pinned,
			...ids.slice(5).filter((id) => id !== pinned),
		]);
	});

	test('the other way round nothing is lost', () => {
		const ids = newestFirst(300).reverse();
		const seen = new SeenIds(HALF);
		expect(ids.filter((id) => seen.add(id))).toEqual(ids);
	});

	test('a walk that begins anew brings nothing new, long after the beginning is forgotten', () => {
		const ids = newestFirst(1000);
		const seen = new SeenIds(HALF);
		for (const id of ids) seen.add(id);
		expect(ids.filter((id) => seen.add(id))).toEqual([]);
	});

	test('IDs without an order are known while they are near', () => {
		const seen = new SeenIds(HALF);
		const ids = Array.from({ length: 100 }, (_, index) => `m${index}`);
		expect(ids.filter((id) => seen.add(id))).toEqual(ids);
		expect(ids.slice(-HALF).filter((id) => seen.add(id))).toEqual([]);
	});
});

describe('seen cursors', () => {
	test('a loop of any length ends before it is walked four times', () => {
		fc.assert(
			fc.property(fc.nat(100), fc.integer({ min: 1, max: 300 }), (lead, length) => {
				const seen = new SeenCursors(HALF);
				let steps = 0;
				while (seen.add(`c${steps < lead ? steps : lead + ((steps - lead) % length)}`)) {
					steps++;
					if (steps > 4 * (lead + length)) throw new Error('no end');
				}
				expect(steps).toBeGreaterThanOrEqual(lead + length);
			}),
		);
	});

	test('a cursor that comes again soon is found at once', () => {
		const seen = new SeenCursors(HALF);
		expect(['a', 'b', 'c', 'b'].map((cursor) => seen.add(cursor))).toEqual([
			true,
			true,
			true,
			false,
		]);
	});
});
