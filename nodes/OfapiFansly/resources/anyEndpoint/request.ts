import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { ofapiPaging } from '../../../providers/onlyfansapi/endpoint';
import { endpointFields, endpointOperation } from '../../../shared/endpoint/fields';
import { ofapiFansly } from '../../pair';

/** Any `/api/fansly/…` of OnlyFansAPI: docs/providers.md. */
export const request: INodePropertyOptions = endpointOperation(
	{ pair: ofapiFansly, start: '/api/fansly/', ...ofapiPaging },
	'Usually one credit per request',
);

export const requestFields: INodeProperties[] = endpointFields(
	'/api/fansly/{account}/followers',
	'fansly_acct_a1b2c3',
	"Each call costs what OnlyFansAPI's documentation says, usually one credit",
);
