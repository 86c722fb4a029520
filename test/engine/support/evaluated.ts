import { WorkflowExpression, isExpression } from 'n8n-workflow';

/** How often each expression is evaluated by n8n while `work` goes on, by its text. */
export async function evaluated(work: () => Promise<unknown>): Promise<Record<string, number>> {
	const counts: Record<string, number> = {};
	const name = 'resolveSimpleParameterValue';
	const original = Object.getOwnPropertyDescriptor(WorkflowExpression.prototype, name);
	const evaluate: unknown = original?.value;
	if (original === undefined || typeof evaluate !== 'function') {
		throw new Error(`n8n evaluates no expressions by ${name} any more`);
	}
	Object.defineProperty(WorkflowExpression.prototype, name, {
		...original,
		value: function (this: WorkflowExpression, ...given: unknown[]): unknown {
			const [value] = given;
			if (isExpression(value)) counts[value] = (counts[value] ?? 0) + 1;
			return Reflect.apply(evaluate, this, given);
		},
	});
	try {
		await work();
	} finally {
		Object.defineProperty(WorkflowExpression.prototype, name, original);
	}
	return counts;
}
