import type { INodeProperties } from 'n8n-workflow';
import { fanslyUserId } from '../../../platforms/fansly/fields';
import type { RequestRules } from '../../../shared/operation/validate';
import { id, required } from '../../../shared/parameters/parsers';

/** A fan and a list, as the body names them. */
export const fanAndList: RequestRules['body'] = {
	userId: ['Fan ID', required(fanslyUserId)],
	listId: ['List ID', required(id('500000000000000001', /^\d+$/))],
};

/** No way to list the lists is documented: the ID is typed. */
export function listIdField(displayOptions: INodeProperties['displayOptions']): INodeProperties {
	return {
		displayName: 'List ID',
		name: 'listId',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. 500000000000000001',
		displayOptions,
		description:
			"One of the creator's own lists of fans, by its ID on Fansly. ApiFansly has no way to look " +
			'it up.',
		routing: { send: { type: 'body', property: 'listId' } },
	};
}
