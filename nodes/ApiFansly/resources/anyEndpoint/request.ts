import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { endpointFields, endpointOperation } from '../../../shared/endpoint/fields';
import type { EndpointSource } from '../../../shared/endpoint/parameters';
import { valueAt } from '../../../shared/model/values';
import { apiFansly, nextCursor } from '../../pair';

/** Any `/api/fansly/…` of ApiFansly; its lists go on by a cursor: docs/providers.md. */
const endpoint: EndpointSource = {
	pair: apiFansly,
	start: '/api/fansly/',
	payloads: (body) => [
		valueAt(body, 'data', 'data', 'response'),
		valueAt(body, 'data', 'data'),
		body.data,
	],
	positions: ['cursor'],
	next(body) {
		const cursor = nextCursor(body);
		return cursor === undefined ? undefined : new URLSearchParams({ cursor });
	},
};

export const request: INodePropertyOptions = endpointOperation(
	endpoint,
	'One credit or more per request',
);

export const requestFields: INodeProperties[] = endpointFields(
	'/api/fansly/{account}/followers',
	'fansly_acc_a1b2c3',
	"Each call costs what ApiFansly's documentation says, one credit or more",
);
