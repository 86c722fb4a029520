import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { fanIdField, fanslyUserId } from '../../../platforms/fansly/fields';
import { recordAt } from '../../../shared/model/values';
import { singleRequest } from '../../../shared/operation/singleRequest';
import { required } from '../../../shared/parameters/parsers';
import { apiFansly } from '../../pair';

const showOnlyForChatUnmute = { show: { resource: ['chat'], operation: ['unmute'] } };

/**
 * `POST /api/fansly/{account_id}/chats/unmute`, by the fan and not by the chat: docs/providers.md.
 */
export const unmute: INodePropertyOptions = {
	name: 'Unmute',
	value: 'unmute',
	action: 'Unmute a chat',
	description:
		"Turn the creator's notifications for the chat with a fan back on, by the fan's ID. One " +
		'credit.',
	routing: singleRequest(apiFansly, {
		request: { method: 'POST', url: '/api/fansly/{account}/chats/unmute' },
		rules: { body: { targetUserId: ['Fan ID', required(fanslyUserId)] } },
		output: (_body, _about, _context, request) => ({
			muted: false,
			fanId: recordAt(request.body).targetUserId,
		}),
	}),
};

export const unmuteFields: INodeProperties[] = [fanIdField(showOnlyForChatUnmute, 'targetUserId')];
