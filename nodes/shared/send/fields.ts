import type { INodeProperties } from 'n8n-workflow';
import { concurrencyField, optionsField } from '../parameters/fields';

/** The message to send. It has no routing: the operation's rules put it into the body. */
export function textField(
	description: string,
	displayOptions: INodeProperties['displayOptions'],
): INodeProperties {
	return {
		displayName: 'Text',
		name: 'text',
		type: 'string',
		typeOptions: { rows: 3 },
		default: '',
		placeholder: 'e.g. Hey, how was your day?',
		displayOptions,
		description,
	};
}

export function replyToField(placeholder: string): INodeProperties {
	return {
		displayName: 'Reply to Message ID',
		name: 'replyToMessageId',
		type: 'string',
		default: '',
		placeholder,
		description: "The message of this chat to reply to: the fan's or your own",
		routing: { send: { type: 'body', property: 'replyToMessageId' } },
	};
}

const checkPaidField: INodeProperties = {
	displayName: 'Check Paid Messages',
	name: 'checkPaid',
	type: 'boolean',
	default: true,
	description: 'Whether to check, after sending, that paid media are locked at the right price',
};

const deleteUnlockedField: INodeProperties = {
	displayName: 'Delete Unlocked Messages',
	name: 'deleteUnlocked',
	type: 'boolean',
	default: false,
	description: 'Whether to delete a paid message right away if its media turn out to be unlocked',
};

/**
 * How a message is sent. `answering`: see `answeringField`; `paidHint` tells what the check of paid
 * messages costs, where there are such; `more` are options of the pair's own.
 */
export function sendOptionsField(
	displayOptions: INodeProperties['displayOptions'],
	answering: INodeProperties,
	paidHint?: string,
	more: INodeProperties[] = [],
): INodeProperties {
	const paid =
		paidHint === undefined ? [] : [{ ...checkPaidField, hint: paidHint }, deleteUnlockedField];
	const all = [answering, ...paid, concurrencyField, ...more];
	return optionsField(
		displayOptions,
		all.sort((a, b) => a.displayName.localeCompare(b.displayName)),
	);
}
