import type { INodeProperties } from 'n8n-workflow';
import type { RequestRules } from '../../../shared/operation/validate';
import { messageIdField } from '../../../shared/parameters/fields';
import { id, required } from '../../../shared/parameters/parsers';

/** The body of a like. Its type is 1 in every example of the documents: a heart. */
export const likeInBody: RequestRules = {
	body: { messageId: ['Message ID', required(id('400000000000000003', /^\d+$/))] },
	beforeSending: (body) => ({ ...body, type: 1 }),
};

/** The message, which stands in the body here. */
export function likedMessageField(
	displayOptions: INodeProperties['displayOptions'],
): INodeProperties {
	return {
		...messageIdField('e.g. 400000000000000003', displayOptions),
		routing: { send: { type: 'body', property: 'messageId' } },
	};
}
