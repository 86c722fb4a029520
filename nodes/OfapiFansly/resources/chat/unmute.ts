import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { fanIdField, fanInPath } from '../../../platforms/fansly/fields';
import { singleRequest } from '../../../shared/operation/singleRequest';
import { ofapiFansly } from '../../pair';

const showOnlyForChatUnmute = { show: { resource: ['chat'], operation: ['unmute'] } };

/**
 * `DELETE /api/fansly/{fanslyAccount}/users/{account_id}/mute`, by the fan and not by the chat:
 * docs/providers.md.
 */
export const unmute: INodePropertyOptions = {
	name: 'Unmute',
	value: 'unmute',
	action: 'Unmute a chat',
	description: "Turn the notifications of a fan's chat back on. One credit.",
	routing: singleRequest(ofapiFansly, {
		request: { method: 'DELETE', url: '/api/fansly/{account}/users/{fan}/mute' },
		rules: { path: fanInPath },
		output: (_body, { fan }) => ({ muted: false, fanId: fan }),
	}),
};

export const unmuteFields: INodeProperties[] = [fanIdField(showOnlyForChatUnmute)];
