import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { act } from '../../../shared/act';
import { check, required } from '../../../shared/check';
import { fanIdField, fanslyUserId } from '../../../shared/fanslyFields';
import { recordAt } from '../../../shared/values';
import { apiFansly } from '../../pair';

const showOnlyForChatUnmute = { show: { resource: ['chat'], operation: ['unmute'] } };

/** `POST /api/fansly/{account_id}/chats/unmute`, by the fan and not by the chat: docs/providers.md. */
export const unmute: INodePropertyOptions = {
	name: 'Unmute',
	value: 'unmute',
	action: 'Unmute chat',
	description: "Turn the notifications of a fan's chat on again. One credit.",
	routing: {
		request: { method: 'POST', url: '/api/fansly/{account}/chats/unmute' },
		send: { preSend: [check({ body: { targetUserId: ['Fan ID', required(fanslyUserId)] } })], paginate: true },
		operations: { pagination: act(apiFansly, (_body, _about, _context, request) => ({ muted: false, fanId: recordAt(request.body).targetUserId })) },
	},
};

export const unmuteFields: INodeProperties[] = [fanIdField(showOnlyForChatUnmute, 'targetUserId')];
