import type { INodePropertyOptions } from 'n8n-workflow';
import { singleRequest } from '../../../shared/operation/singleRequest';
import { ofapiOnlyFans } from '../../pair';
import { fanInPath } from './fanId';

/** `POST /api/{account}/users/{user_id}/restrict`: docs/providers.md. */
export const restrict: INodePropertyOptions = {
	name: 'Restrict',
	value: 'restrict',
	action: 'Restrict a fan',
	description: 'Hide the messages and comments of a fan from the creator. One credit.',
	routing: singleRequest(ofapiOnlyFans, {
		request: { method: 'POST', url: '/api/{account}/users/{fan}/restrict' },
		rules: { path: fanInPath },
		output: (_body, { fan }) => ({ restricted: true, fanId: fan }),
	}),
};
