import { Invalid, toggle } from '../parameters/parsers';
import type { Parser } from '../parameters/parsers';
import type { Validation } from '../parameters/validation';

/** Switches that say what is done with a request or its answer, by their paths, as users see them. */
const SWITCHES = {
	simplify: 'Simplify',
	'filters.unansweredOnly': 'Unanswered Only',
	'options.checkPaid': 'Check Paid Messages',
	'options.deleteUnlocked': 'Delete Unlocked Messages',
	'options.inBackground': 'Upload in the Background',
	'options.onlyNew': 'Only New Since Last Run',
	'options.parallelPages': 'Fetch Pages in Parallel',
	'options.pinnedOnly': 'Pinned Only',
};

const trueOrFalse: Parser<boolean> = (value, field) =>
	typeof value === 'string' && value.trim() !== ''
		? new Invalid(`'${field}' has to be true or false, not a text`)
		: toggle(value, field);

/**
 * Checks the item's switches, which an expression or a model may have filled in: a text would be
 * taken for whatever the switch is without it.
 */
export function checkSwitches(validation: Validation): void {
	for (const [path, field] of Object.entries(SWITCHES)) {
		validation.parameter(path, field, trueOrFalse);
	}
}
