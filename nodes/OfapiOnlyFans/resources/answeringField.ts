import { answeringField } from '../../shared/parameters/fields';

/** Which of the fan's messages is answered. */
export const onlyFansAnsweringField = answeringField(
	'1234567890123',
	'In Send this costs one more credit, to read the chat, which OnlyFans may then mark as read',
);
