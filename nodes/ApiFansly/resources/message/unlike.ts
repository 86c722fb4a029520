import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { act } from '../../../shared/act';
import { check } from '../../../shared/check';
import { apiFansly } from '../../pair';
import { likeInBody, likedMessageField } from './likeInBody';

const showOnlyForMessageUnlike = { show: { resource: ['message'], operation: ['unlike'] } };

/** `POST /api/fansly/{account_id}/messages/unlike`: docs/providers.md. */
export const unlike: INodePropertyOptions = {
	name: 'Unlike',
	value: 'unlike',
	action: 'Unlike message',
	description: 'Take a heart back from a message. One credit.',
	routing: {
		request: { method: 'POST', url: '/api/fansly/{account}/messages/unlike' },
		send: { preSend: [check(likeInBody)], paginate: true },
		operations: { pagination: act(apiFansly, (_body, { messageId }) => ({ liked: false, messageId })) },
	},
};

export const unlikeFields: INodeProperties[] = [likedMessageField(showOnlyForMessageUnlike)];
