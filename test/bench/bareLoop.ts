import { PackageDirectoryLoader } from 'n8n-core';
import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';

import { idOf, textOf } from '../../nodes/shared/model/values';

/** What sending is measured against: n8n's own request helper in a plain loop, so many at a time. */
class BareLoop implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Bare Loop',
		name: 'bareLoop',
		group: ['output'],
		version: 1,
		description: '',
		defaults: { name: 'Bare Loop' },
		inputs: ['main'],
		outputs: ['main'],
		credentials: [{ name: 'ofapiOnlyFansApi', required: true }],
		properties: [
			{ displayName: 'Account', name: 'account', type: 'string', default: '' },
			{ displayName: 'Pace', name: 'pace', type: 'number', default: 1 },
		],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const items = this.getInputData();
		const account = textOf(this.getNodeParameter('account', 0)) ?? '';
		const { baseUrl } = await this.getCredentials('ofapiOnlyFansApi');
		const sent: INodeExecutionData[] = [];
		let next = 0;
		const work = async () => {
			while (next < items.length) {
				const item = next++;
				const { chat, text } = items[item]?.json ?? {};
				const json: unknown = await this.helpers.httpRequestWithAuthentication.call(
					this,
					'ofapiOnlyFansApi',
					{
						method: 'POST',
						url: `${textOf(baseUrl)}/api/${account}/chats/${idOf(chat)}/messages`,
						body: { text },
						json: true,
					},
				);
				sent.push({ json: { response: JSON.stringify(json) }, pairedItem: { item } });
			}
		};
		await Promise.all(Array.from({ length: Number(this.getNodeParameter('pace', 0)) }, work));
		return [sent];
	}
}

/** Lets n8n's package loader know it. To be called before the harness is imported. */
export function loadBareLoopToo(): void {
	const { loadAll } = Object.getOwnPropertyDescriptors(PackageDirectoryLoader.prototype);
	PackageDirectoryLoader.prototype.loadAll = async function () {
		await loadAll.value?.call(this);
		this.nodeTypes.bareLoop = { type: new BareLoop(), sourcePath: __filename };
	};
}
