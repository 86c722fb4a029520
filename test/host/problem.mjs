/** Something the user can act on: its message is shown alone, as one line. */
export class Problem extends Error {
	name = 'Problem';
}
