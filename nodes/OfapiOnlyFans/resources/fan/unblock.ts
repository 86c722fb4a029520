import type { INodePropertyOptions } from 'n8n-workflow';
import { singleRequest } from '../../../shared/operation/singleRequest';
import { ofapiOnlyFans } from '../../pair';
import { fanInPath } from './fanId';

/** `DELETE /api/{account}/users/{user_id}/block`: docs/providers.md. */
export const unblock: INodePropertyOptions = {
	name: 'Unblock',
	value: 'unblock',
	action: 'Unblock a fan',
	description: 'Let a blocked fan see the profile of the creator again. One credit.',
	routing: singleRequest(ofapiOnlyFans, {
		request: { method: 'DELETE', url: '/api/{account}/users/{fan}/block' },
		rules: { path: fanInPath },
		output: (_body, { fan }) => ({ blocked: false, fanId: fan }),
	}),
};
