/** Readers and rules for what a client sent. */

export type Fields = Record<string, unknown>;

/** What is wrong with a value, as the end of a sentence that begins with the field's name; undefined when nothing is. */
export type Rule = (value: unknown) => string | undefined;
export type Rules = Record<string, Rule>;
export type Problems = Record<string, string[]>;

export function isFields(value: unknown): value is Fields {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function textIn(fields: Fields, name: string): string {
	const value = fields[name];
	return typeof value === 'string' ? value : '';
}

export function numberIn(fields: Fields, name: string): number {
	const value = fields[name];
	return typeof value === 'number' ? value : 0;
}

/** The list's texts and numbers, as texts. */
export function idsIn(fields: Fields, name: string): string[] {
	const value = fields[name];
	return Array.isArray(value) ? value.filter(isId).map(String) : [];
}

function isId(value: unknown): value is string | number {
	return typeof value === 'string' || typeof value === 'number';
}

/** Unknown names and broken rules. The real providers ignore unknown names; a test must notice them. */
export function problemsOf(fields: Fields, rules: Rules): Problems {
	const problems: Problems = {};
	for (const [name, value] of Object.entries(fields)) {
		const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
		const problem = rule === undefined ? 'is not a documented field' : rule(value);
		if (problem !== undefined) addProblem(problems, name, problem);
	}
	return problems;
}

export function addProblem(problems: Problems, name: string, problem: string): void {
	(problems[name] ??= []).push(`The ${name} field ${problem}.`);
}

/** The first problem as a sentence, or undefined when there is none. */
export function firstProblem(problems: Problems): string | undefined {
	return Object.values(problems)[0]?.[0];
}

export const anyText: Rule = (value) => (typeof value === 'string' ? undefined : 'must be a text');

export const yesOrNo: Rule = (value) =>
	typeof value === 'boolean' ? undefined : 'must be true or false';

export const wholeNumber: Rule = (value) =>
	Number.isSafeInteger(value) ? undefined : 'must be a whole number, not a text';

export const digits: Rule = (value) =>
	typeof value === 'string' && /^\d+$/.test(value) ? undefined : 'must be a text of digits';

export function oneOf(...values: string[]): Rule {
	return (value) =>
		typeof value === 'string' && values.includes(value)
			? undefined
			: `must be one of ${values.join(', ')}`;
}

/** A whole number from `least` to `most`, as a number. */
export function numberBetween(least: number, most: number): Rule {
	return (value) =>
		Number.isInteger(value) && Number(value) >= least && Number(value) <= most
			? undefined
			: `must be a whole number from ${least} to ${most}`;
}

/** A whole number written as text, as in a query. */
export function wholeBetween(least: number, most: number): Rule {
	return (value) =>
		digits(value) === undefined && Number(value) >= least && Number(value) <= most
			? undefined
			: `must be a whole number from ${least} to ${most}`;
}

export function listOf(rule: Rule): Rule {
	return (value) => {
		if (!Array.isArray(value)) return 'must be an array';
		const problems = value.map(rule);
		const index = problems.findIndex((problem) => problem !== undefined);
		return index === -1 ? undefined : `has a wrong item ${index}: it ${problems[index]}`;
	};
}
