import { onlyNewField } from '../../shared/lists/fields';

/** Only New Since Last Run, in the same words for every list: see `definedOnce`. */
export const onlyFansOnlyNewField = onlyNewField(
	"Of fans it works with the 'Subscription Status' Latest and the filter 'Subscriptions' New.",
);
