import { WorkflowExpression, isExpression } from 'n8n-workflow';
import { LUNA, PAIRS, byId, list, send, simulator, useSimulator } from '../support/world';

useSimulator();

/**
 * An expression costs more than all else that happens to an item on n8n's side: how often each is
 * evaluated is counted on the engine, for what an auto-reply fills in.
 */

/** How often each expression is evaluated while `work` goes on, by its text. */
async function evaluated(work: () => Promise<unknown>): Promise<Record<string, number>> {
	const counts: Record<string, number> = {};
	const { resolveSimpleParameterValue: evaluate } = WorkflowExpression.prototype;
	const spy = jest
		.spyOn(WorkflowExpression.prototype, 'resolveSimpleParameterValue')
		.mockImplementation(function (this: WorkflowExpression, ...given) {
			const [value] = given;
			if (isExpression(value)) counts[value] = (counts[value] ?? 0) + 1;
			return evaluate.apply(this, given);
		});
	await work().finally(() => spy.mockRestore());
	return counts;
}

const ACCOUNT = '={{ $json.account }}';
const CHAT = '={{ $json.chat }}';
const TEXT = '={{ $json.text }}';

describe.each(PAIRS)('%s', (pair) => {
	const { account, chat } = LUNA[pair];
	const fields = { account: byId(ACCOUNT), chat: byId(CHAT) };
	const items = [{ account, chat, text: 'Hi' }];

	test('Send evaluates what three fields hold ten times', async () => {
		const counts = await evaluated(async () => {
			const { error } = await send(pair, { ...fields, text: TEXT }, { items });
			expect(error).toBeUndefined();
		});
		expect(simulator().requests).toHaveLength(1);
		expect(counts).toEqual({ [ACCOUNT]: 3, [CHAT]: 3, [TEXT]: 4 });
	});

	test('List evaluates what two fields hold six times', async () => {
		const counts = await evaluated(async () => {
			const { error } = await list(pair, { ...fields, returnAll: true }, { items });
			expect(error).toBeUndefined();
		});
		expect(counts).toEqual({ [ACCOUNT]: 3, [CHAT]: 3 });
	});
});
