import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { PackageDirectoryLoader } from 'n8n-core';
import type { INode, INodeParameters } from 'n8n-workflow';

/** n8n's own nodes, where `npm start` or `npm test` has installed n8n. */

const nodes = resolve(__dirname, '../host/node_modules/n8n-nodes-base/dist/nodes');
const files = ['HttpRequest/HttpRequest.node.js', 'Transform/SplitOut/SplitOut.node.js'].map(
	(file) => resolve(nodes, file),
);

export const areInstalled = files.every((file) => existsSync(file));

/**
 * Lets n8n's package loader load these nodes along with the built package, so that all run on the
 * same engine. To be called before the harness is imported: it loads the package then.
 */
export function loadBaseNodesToo(): void {
	const { loadAll } = Object.getOwnPropertyDescriptors(PackageDirectoryLoader.prototype);
	PackageDirectoryLoader.prototype.loadAll = async function () {
		await loadAll.value?.call(this);
		for (const file of files) this.loadNodeFromFile(file);
	};
}

type Step = Pick<INode, 'type' | 'typeVersion'> & { parameters: INodeParameters };

/** The HTTP Request node as a user would set it up: it follows the link to the next page. */
export function httpRequest(url: string, pageSize: number): Step {
	return {
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.5,
		parameters: {
			method: 'GET',
			url,
			authentication: 'predefinedCredentialType',
			nodeCredentialType: 'ofapiOnlyFansApi',
			sendQuery: true,
			specifyQuery: 'keypair',
			queryParameters: { parameters: [{ name: 'limit', value: String(pageSize) }] },
			options: {
				pagination: {
					pagination: {
						paginationMode: 'responseContainsNextURL',
						nextURL: '={{ $response.body._pagination?.next_page }}',
						paginationCompleteWhen: 'other',
						completeExpression: '={{ !$response.body._pagination.next_page }}',
					},
				},
			},
		},
	};
}

/** The node that makes items of the messages in those pages. */
export const splitOut: Step = {
	type: 'n8n-nodes-base.splitOut',
	typeVersion: 1,
	parameters: { fieldToSplitOut: 'data', include: 'noOtherFields', options: {} },
};
