import type { INodeProperties } from 'n8n-workflow';
import { messageIdField } from '../../../shared/parameters/fields';

/** Which mass message an operation is about. */
export function massMessageIdField(
	displayOptions: INodeProperties['displayOptions'],
): INodeProperties {
	return messageIdField(
		'e.g. 1234567890',
		displayOptions,
		'The ID of the mass message, as Send and List return it',
	);
}
