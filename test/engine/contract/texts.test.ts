import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { credentialType, nodeType } from '../support/harness';
import type { NodeName } from '../support/harness';
import { PAIRS } from '../support/world';

/**
 * Rules of the texts that users see, as far as a machine can hold them: those of n8n's UX guide and
 * our own. `npm run texts` prints all texts for a person to read.
 */

const NODES = PAIRS.flatMap((pair): NodeName[] => [
	pair,
	`${pair}Trigger`,
	`${pair}PollingTrigger`,
]);

/** Fields of money and of durations, by their names, and the unit that their labels show. */
const UNITS: Record<string, string> = {
	price: '(USD)',
	tips: '(USD)',
	totalSpent: '(USD)',
	minTotalSpent: '(USD)',
	wait: '(Minutes)',
	duration: 'Months',
};

/** Every field, also those inside of others; those that n8n itself adds left out. */
function fieldsIn(properties: INodeProperties[]): INodeProperties[] {
	return properties
		.filter(({ name }) => !['pollTimes', 'requestOptions'].includes(name))
		.flatMap((field) => [
			field,
			...(field.options ?? []).flatMap((option) => {
				if ('values' in option) return fieldsIn(option.values);
				return 'type' in option ? fieldsIn([option]) : [];
			}),
		]);
}

function choicesOf({ options = [] }: INodeProperties): INodePropertyOptions[] {
	return options.filter((option): option is INodePropertyOptions => 'value' in option);
}

async function allFields(): Promise<INodeProperties[]> {
	const nodes = await Promise.all(NODES.map(nodeType));
	const credentials = await Promise.all(PAIRS.map((pair) => credentialType(`${pair}Api`)));
	const fields = fieldsIn([
		...nodes.flatMap(({ description }) => description.properties),
		...credentials.flatMap(({ properties }) => properties),
	]);
	expect(fields.length).toBeGreaterThan(300);
	return fields;
}

test('labels say Min and Max, not Least and Most', async () => {
	const labels = (await allFields()).map(({ displayName }) => displayName);
	expect(labels.filter((label) => /\b(?:Least|Most)\b/.test(label))).toEqual([]);
});

test('switches begin with Whether, and nothing else does', async () => {
	for (const { displayName, type, description = '' } of await allFields()) {
		expect([displayName, description.startsWith('Whether ')]).toEqual([
			displayName,
			type === 'boolean',
		]);
	}
});

test('placeholders begin with e.g., those of buttons with Add', async () => {
	for (const { displayName, type, placeholder, modes = [] } of await allFields()) {
		const isButton = type === 'collection' || type === 'fixedCollection';
		for (const text of [placeholder, ...modes.map((mode) => mode.placeholder)]) {
			if (text === undefined) continue;
			expect([displayName, text]).toEqual([
				displayName,
				expect.stringMatching(isButton ? /^Add [a-z]+$/ : /^e\.g\. \S/),
			]);
		}
	}
});

test('actions are sentences: a capital at the beginning alone, and an article before one thing', async () => {
	const choices = (await allFields()).flatMap(choicesOf);
	const actions = choices.flatMap(({ action }) => action ?? []);
	expect(actions.length).toBeGreaterThan(50);
	for (const action of actions) {
		expect(action).toMatch(/^[A-Z][a-z]+ (?:[^A-Z]|API|GIF|PPV)+$/);
		// What a trigger starts on has none, as n8n's own: "On message received".
		expect(action).toMatch(/^On |\b(?:a|an|the)\b|s\b/);
	}
});

test('money and durations show their unit', async () => {
	const found = (await allFields()).filter(({ name, type }) => type === 'number' && name in UNITS);
	expect(new Set(found.map(({ name }) => name))).toEqual(new Set(Object.keys(UNITS)));
	for (const { name, displayName } of found) expect(displayName).toContain(UNITS[name]);
	// What tells of an amount or of a time and is not in the list above.
	const others = (await allFields()).filter(
		({ name, type, description }) =>
			type === 'number' &&
			!(name in UNITS) &&
			/\b(?:dollars|USD|minutes|hours)\b/.test(`${description}`),
	);
	expect(others.map(({ displayName }) => displayName)).toEqual([]);
});
