import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { numberOf, valueAt } from '../../../shared/model/values';
import { parameterOf } from '../../../shared/operation/parameter';
import { singleRequest } from '../../../shared/operation/singleRequest';
import { simplifyField } from '../../../shared/parameters/fields';
import { ofapiOnlyFans } from '../../pair';

const showOnlyForGetCredits = { show: { resource: ['account'], operation: ['getCredits'] } };

/** `GET /api/usage/credits`: docs/providers.md. The balance stands beside what was used. */
export const getCredits: INodePropertyOptions = {
	name: 'Get Credits',
	value: 'getCredits',
	action: 'Get the credits left',
	description: "Get how many OnlyFansAPI credits the API key's team has left. Free.",
	routing: singleRequest(ofapiOnlyFans, {
		request: { method: 'GET', url: '/api/usage/credits' },
		output: (body, _about, context) => {
			if (parameterOf(context, 'simplify', true) === false) return body;
			const balance = numberOf(valueAt(body, '_meta', '_credits', 'balance'));
			return balance === undefined ? undefined : { balance };
		},
	}),
};

export const getCreditsFields: INodeProperties[] = [simplifyField(showOnlyForGetCredits)];
