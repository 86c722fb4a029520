import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { singleRequest } from '../../../shared/operation/singleRequest';
import { apiFansly } from '../../pair';
import { likedMessageField, likeInBody } from './likeInBody';

const showOnlyForMessageUnlike = { show: { resource: ['message'], operation: ['unlike'] } };

/** `POST /api/fansly/{account_id}/messages/unlike`: docs/providers.md. */
export const unlike: INodePropertyOptions = {
	name: 'Unlike',
	value: 'unlike',
	action: 'Unlike a message',
	description: "Remove the creator's heart from a message. One credit.",
	routing: singleRequest(apiFansly, {
		request: { method: 'POST', url: '/api/fansly/{account}/messages/unlike' },
		rules: likeInBody,
		output: (_body, { messageId }) => ({ liked: false, messageId }),
	}),
};

export const unlikeFields: INodeProperties[] = [likedMessageField(showOnlyForMessageUnlike)];
