import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { isRecord, valueAt } from '../../../shared/model/values';
import { parameterOf } from '../../../shared/operation/parameter';
import { singleRequest } from '../../../shared/operation/singleRequest';
import { simplifyField } from '../../../shared/parameters/fields';
import { ofapiOnlyFans } from '../../pair';
import { messageInPath } from '../message/messageInPath';
import { simplifyStatistics } from './statistics';

const showOnlyForMassMessageGet = { show: { resource: ['massMessage'], operation: ['get'] } };

/** `GET /api/{account}/mass-messaging/{id}`: docs/providers.md. */
export const get: INodePropertyOptions = {
	name: 'Get',
	value: 'get',
	action: 'Get a mass message',
	description: 'Get one mass message, with how many fans got and saw it. One credit.',
	routing: singleRequest(ofapiOnlyFans, {
		request: { method: 'GET', url: '/api/{account}/mass-messaging/{message}' },
		rules: { path: messageInPath },
		output: (body, { account }, context) => {
			const message = valueAt(body, 'data', 'queue');
			if (!isRecord(message)) return undefined;
			return parameterOf(context, 'simplify', true) === false
				? message
				: simplifyStatistics(message, account);
		},
	}),
};

export const getFields: INodeProperties[] = [simplifyField(showOnlyForMassMessageGet)];
