import type { INodeProperties } from 'n8n-workflow';
import { concurrencyField, optionsField } from '../parameters/fields';

/** The message to send; `property` is its name in the request. */
export function textField(
	property: string,
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
		routing: { send: { type: 'body', property } },
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

/** Which of the fan's messages is answered; `hint` tells what that costs. */
const answeringField = (exampleId: string, hint: string): INodeProperties => ({
	displayName: 'Answering Message ID',
	name: 'answeringMessageId',
	type: 'string',
	default: '',
	placeholder: `e.g. ${exampleId}`,
	description:
		"The ID of the fan's message that this answers, for example the trigger's. The fan is " +
		'answered once: where there is an answer already, nothing is sent, and the item is that ' +
		"answer, with 'alreadyAnswered' set to true.",
	hint,
});

/**
 * How a message is sent. `answering` is an example of a message's ID, and what looking for an answer
 * costs; `paidHint` tells what the check of paid messages costs, where there are
 * such; `more` are options of the pair's own.
 */
export function sendOptionsField(
	displayOptions: INodeProperties['displayOptions'],
	answering: { exampleId: string; hint: string },
	paidHint?: string,
	more: INodeProperties[] = [],
): INodeProperties {
	const paid =
		paidHint === undefined ? [] : [{ ...checkPaidField, hint: paidHint }, deleteUnlockedField];
	const all = [
		answeringField(answering.exampleId, answering.hint),
		...paid,
		concurrencyField,
		...more,
	];
	return optionsField(
		displayOptions,
		all.sort((a, b) => a.displayName.localeCompare(b.displayName)),
	);
}
