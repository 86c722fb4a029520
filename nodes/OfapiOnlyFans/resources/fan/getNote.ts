import type { INodePropertyOptions } from 'n8n-workflow';
import { isRecord, textOf } from '../../../shared/model/values';
import { singleRequest } from '../../../shared/operation/singleRequest';
import { ofapiOnlyFans } from '../../pair';
import { fanInPath } from './fanId';

/** `GET /api/{account}/fans/{fan_id}/notes`: docs/providers.md. */
export const getNote: INodePropertyOptions = {
	name: 'Get Note',
	value: 'getNote',
	action: 'Get the note on a fan',
	description: "Get the creator's note on a fan, which the fan cannot see. One credit.",
	routing: singleRequest(ofapiOnlyFans, {
		request: { method: 'GET', url: '/api/{account}/fans/{fan}/notes' },
		rules: { path: fanInPath },
		output: (body, { fan }) =>
			isRecord(body.data) ? { fanId: fan, note: textOf(body.data.notes) ?? null } : undefined,
	}),
};
