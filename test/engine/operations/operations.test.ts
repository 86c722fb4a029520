import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { PairName } from '../../simulator';
import { keepTable, tableIn } from '../support/docsTable';
import { nodeType } from '../support/harness';
import { PAIRS } from '../support/world';

/** The table of operations is made from the nodes themselves. */

const MARK = '<!-- operations: written by test/engine/operations/operations.test.ts -->';

const isOption = (entry: object): entry is INodePropertyOptions => 'value' in entry;
const optionsOf = (property: INodeProperties | undefined): INodePropertyOptions[] =>
	(property?.options ?? []).filter(isOption);

/** The part of a description that tells the price: its last sentence. */
function creditsOf(description = ''): string {
	const sentences = description.match(/[^.]+(?:\.\d[^.]*)*\./g) ?? [];
	return (sentences.at(-1) ?? '').trim().replace(/\.$/, '');
}

function endpointOf({ routing }: INodePropertyOptions): string {
	const { method, url } = routing?.request ?? {};
	if (url === '/') return 'any path';
	return `\`${method} ${String(url).replace(/^\/api\/(?:fansly\/)?\{account\}/, '…')}\``;
}

/** Every operation of a pair by its resource and name, with its endpoint and its price. */
async function operationsOf(pair: PairName): Promise<Map<string, string>> {
	const { properties } = (await nodeType(pair)).description;
	const resources = optionsOf(properties.find(({ name }) => name === 'resource'));
	const cells = new Map<string, string>();
	for (const resource of resources) {
		const selector = properties.find(
			({ name, displayOptions }) =>
				name === 'operation' && displayOptions?.show?.resource?.includes(resource.value),
		);
		for (const operation of optionsOf(selector)) {
			cells.set(
				`${resource.name} › ${operation.name}`,
				`${endpointOf(operation)}<br>${creditsOf(operation.description)}`,
			);
		}
	}
	return cells;
}

test('the page names every operation of every pair, its endpoint and its credits', async () => {
	const columns = await Promise.all(PAIRS.map(operationsOf));
	const names = [...new Set(columns.flatMap((column) => [...column.keys()]))].sort((a, b) =>
		a.localeCompare(b),
	);
	const lines = names.map(
		(name) => `| **${name}** | ${columns.map((column) => column.get(name) ?? '').join(' | ')} |`,
	);
	const table = [
		'| | OnlyFans (OnlyFansAPI) | Fansly (OnlyFansAPI) | Fansly (ApiFansly) |',
		'|---|---|---|---|',
		...lines,
	].join('\n');
	for (const column of columns) {
		for (const cell of column.values()) expect(cell).toMatch(/<br>.*(?:credit|nothing|free)/i);
	}
	keepTable(table, 'docs/operations.md', MARK);
	expect(tableIn('docs/operations.md', MARK)).toBe(table);
});
