import fc from 'fast-check';
import { RateLimiter, RateLimiters, Share } from '../../dist/nodes/shared/transport/rateLimiter';
import type { Place } from '../../dist/nodes/shared/transport/rateLimiter';

/** The queue of an account: who may begin, in which order, and what is left when all are done. */

/** What happens: a run asks for a place, the oldest under way ends, one that waits gives up. */
type Step = { kind: 'enter'; run: number } | { kind: 'end' } | { kind: 'giveUp'; which: number };

const RUNS = [1, 2, 3, 5];

const step: fc.Arbitrary<Step> = fc.oneof(
	fc.record({ kind: fc.constant('enter' as const), run: fc.nat(RUNS.length - 1) }),
	fc.record({ kind: fc.constant('end' as const) }),
	fc.record({ kind: fc.constant('giveUp' as const), which: fc.nat(20) }),
);

interface Request {
	run: number;
	number: number;
	place: Place;
	isIn: boolean;
}

test('first come, first served, never more than allowed, and nothing is left over', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
			const limiter = new RateLimiter(3);
			const shares = RUNS.map(() => new Share());
			let requests: Request[] = [];
			const order: Request[] = [];
			const check = async () => {
				await Promise.resolve();
				const active = requests.filter(({ isIn }) => isIn);
				RUNS.forEach((most, run) =>
					expect(active.filter((one) => one.run === run).length).toBeLessThanOrEqual(most),
				);
				expect(active.length).toBeLessThanOrEqual(5);
				// Nobody waits whom nothing holds back.
				const next = requests.find(
					({ isIn, run }) =>
						!isIn && active.filter((one) => one.run === run).length < (RUNS[run] ?? 0),
				);
				if (next !== undefined) {
					expect(active.length).toBeGreaterThanOrEqual(Math.max(3, RUNS[next.run] ?? 0));
				}
			};
			let number = 0;
			for (const one of steps) {
				if (one.kind === 'enter') {
					const share = shares[one.run] ?? new Share();
					const place = limiter.enter(share, RUNS[one.run] ?? 1);
					const request = { run: one.run, number: number++, place, isIn: false };
					requests.push(request);
					void place.entered.then(() => {
						request.isIn = true;
						order.push(request);
					});
				} else {
					const chosen =
						one.kind === 'end'
							? requests.find(({ isIn }) => isIn)
							: requests.filter(({ isIn }) => !isIn)[one.which];
					chosen?.place.leave();
					requests = requests.filter((request) => request !== chosen);
				}
				await check();
			}
			for (const run of RUNS.keys()) {
				const begun = order.filter((one) => one.run === run).map((one) => one.number);
				expect(begun).toEqual([...begun].sort((a, b) => a - b));
			}
			while (requests.length > 0) {
				requests.shift()?.place.leave();
				await check();
			}
			expect(limiter.isIdle).toBe(true);
		}),
		{ numRuns: 300 },
	);
});

test('of accounts at rest nothing is kept, of a paused one until its pause is over', async () => {
	const limiters = new RateLimiters(1);
	const kept = () => (Reflect.get(limiters, 'limiters') as Map<string, unknown>).size;
	const places = ['one', 'two', 'three'].map((key) => limiters.enter(key, new Share(), 1));
	await Promise.all(places.map(({ entered }) => entered));
	expect(kept()).toBe(3);
	places[0]?.pause(0.05);
	for (const place of places) place.leave();
	expect(kept()).toBe(1);
	await new Promise((resolve) => setTimeout(resolve, 100));
	limiters.enter('other', new Share(), 1).leave();
	expect(kept()).toBe(0);
});
