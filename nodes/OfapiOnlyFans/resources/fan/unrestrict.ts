import type { INodePropertyOptions } from 'n8n-workflow';
import { singleRequest } from '../../../shared/operation/singleRequest';
import { ofapiOnlyFans } from '../../pair';
import { fanInPath } from './fanId';

/** `DELETE /api/{account}/users/{user_id}/restrict`: docs/providers.md. */
export const unrestrict: INodePropertyOptions = {
	name: 'Unrestrict',
	value: 'unrestrict',
	action: 'Unrestrict a fan',
	description: 'Show the messages and comments of a restricted fan again. One credit.',
	routing: singleRequest(ofapiOnlyFans, {
		request: { method: 'DELETE', url: '/api/{account}/users/{fan}/restrict' },
		rules: { path: fanInPath },
		output: (_body, { fan }) => ({ restricted: false, fanId: fan }),
	}),
};
