import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { act } from '../../../shared/act';
import { check, required } from '../../../shared/check';
import { fanIdField, fanslyUserId } from '../../../shared/fanslyFields';
import { recordAt } from '../../../shared/values';
import { apiFansly } from '../../pair';

const showOnlyForChatMute = { show: { resource: ['chat'], operation: ['mute'] } };

/** `POST /api/fansly/{account_id}/chats/mute`, by the fan and not by the chat: docs/providers.md. */
export const mute: INodePropertyOptions = {
	name: 'Mute',
	value: 'mute',
	action: 'Mute chat',
	description: "Stop the notifications of a fan's chat. One credit.",
	routing: {
		request: { method: 'POST', url: '/api/fansly/{account}/chats/mute' },
		send: { preSend: [check({ body: { targetUserId: ['Fan ID', required(fanslyUserId)] } })], paginate: true },
		operations: { pagination: act(apiFansly, (_body, _about, _context, request) => ({ muted: true, fanId: recordAt(request.body).targetUserId })) },
	},
};

export const muteFields: INodeProperties[] = [fanIdField(showOnlyForChatMute, 'targetUserId')];
