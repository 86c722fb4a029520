import type { INodePropertyOptions } from 'n8n-workflow';
import { singleRequest } from '../../../shared/operation/singleRequest';
import { ofapiOnlyFans } from '../../pair';
import { fanInPath } from './fanId';

/** `POST /api/{account}/users/{user_id}/block`: docs/providers.md. */
export const block: INodePropertyOptions = {
	name: 'Block',
	value: 'block',
	action: 'Block a fan',
	description: 'Block a fan from the profile and the chat of the creator. One credit.',
	routing: singleRequest(ofapiOnlyFans, {
		request: { method: 'POST', url: '/api/{account}/users/{fan}/block' },
		rules: { path: fanInPath },
		output: (_body, { fan }) => ({ blocked: true, fanId: fan }),
	}),
};
