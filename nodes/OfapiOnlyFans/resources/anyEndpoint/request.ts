import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { ofapiPaging } from '../../../providers/onlyfansapi/endpoint';
import { endpointFields, endpointOperation } from '../../../shared/endpoint/fields';
import { ofapiOnlyFans } from '../../pair';

/** Any `/api/…` of OnlyFansAPI but Fansly's: docs/providers.md. */
export const request: INodePropertyOptions = endpointOperation(
	{ pair: ofapiOnlyFans, start: '/api/', except: '/api/fansly/', ...ofapiPaging },
	'Usually one credit per request',
);

export const requestFields: INodeProperties[] = endpointFields(
	'/api/{account}/fans/latest',
	'acct_a1b2c3',
	"Each call costs what OnlyFansAPI's documentation says, usually one credit",
);
