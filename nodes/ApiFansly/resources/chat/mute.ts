import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { fanIdField, fanslyUserId } from '../../../platforms/fansly/fields';
import { recordAt } from '../../../shared/model/values';
import { singleRequest } from '../../../shared/operation/singleRequest';
import { required } from '../../../shared/parameters/parsers';
import { apiFansly } from '../../pair';

const showOnlyForChatMute = { show: { resource: ['chat'], operation: ['mute'] } };

/**
 * `POST /api/fansly/{account_id}/chats/mute`, by the fan and not by the chat: docs/providers.md.
 */
export const mute: INodePropertyOptions = {
	name: 'Mute',
	value: 'mute',
	action: 'Mute a chat',
	description:
		"Turn off the creator's notifications for the chat with a fan, by the fan's ID. One credit.",
	routing: singleRequest(apiFansly, {
		request: { method: 'POST', url: '/api/fansly/{account}/chats/mute' },
		rules: { body: { targetUserId: ['Fan ID', required(fanslyUserId)] } },
		output: (_body, _about, _context, request) => ({
			muted: true,
			fanId: recordAt(request.body).targetUserId,
		}),
	}),
};

export const muteFields: INodeProperties[] = [fanIdField(showOnlyForChatMute, 'targetUserId')];
