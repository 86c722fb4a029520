import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { nodeType } from '../support/harness';
import { filledIn, shownFields } from '../support/shown';
import { PAIRS } from '../support/world';
import type { PairName } from '../../pairs';

/** The triggers' entries in the node panel, made in the way of n8n 2.41's editor. */

const isOption = (entry: object): entry is INodePropertyOptions => 'value' in entry;

/** The first field with such a name that has its options written down makes the entries. */
function entriesOf(properties: INodeProperties[]) {
	const field = properties.find(({ displayName }) =>
		['event', 'events', 'trigger on'].includes(displayName.toLowerCase()),
	);
	return (field?.options ?? []).filter(isOption).map(({ name, value, action }) => ({
		name: action ?? `On ${name}`,
		parameters: { [field?.name ?? '']: field?.type === 'multiOptions' ? [value] : value },
	}));
}

const ENTRIES: Record<PairName, string[]> = {
	ofapiOnlyFans: [
		'On message received',
		'On message PPV unlocked',
		'On new subscription',
		'On subscription renewed',
		'On subscription expired',
		'On tip received',
		'On new transaction',
		'On user typing',
		'On user online',
		'On user offline',
	],
	ofapiFansly: [
		'On message received',
		'On new subscription',
		'On subscription renewed',
		'On subscription expired',
		'On new follower',
		'On media purchased',
		'On tip received',
		'On new transaction',
		'On user typing',
	],
	apiFansly: ['On message received', 'On new subscription', 'On PPV purchased', 'On tip received'],
};

describe.each(PAIRS)('%s', (pair) => {
	const trigger = async () => (await nodeType(`${pair}Trigger`)).description;

	test('the panel has an entry for each event that starts the trigger as it comes', async () => {
		const entries = entriesOf((await trigger()).properties);
		expect(entries.map(({ name }) => name)).toEqual(ENTRIES[pair]);
	});

	test('an entry chooses its event in the field that is shown', async () => {
		const description = await trigger();
		for (const { parameters } of entriesOf(description.properties)) {
			expect(filledIn(description, parameters)).toMatchObject(parameters);
		}
		const fields = shownFields(description, {}).filter(({ name }) => name === 'events');
		expect(fields).toHaveLength(1);
		expect(fields[0]).toMatchObject({ required: true });
		expect(filledIn(description, {})).toMatchObject({ events: fields[0]?.default });
	});
});
