import { setSafeRegexEngine } from 'n8n-workflow';

/**
 * n8n gives every pattern of a node's fields a quarter of a second by the clock, and fails the run
 * after that. On a machine that has other work to do any pattern can take as long.
 */

const all = (flags = '') => (flags.includes('g') ? flags : `${flags}g`);

setSafeRegexEngine({
	exec: (pattern, input, flags) => new RegExp(pattern, flags).exec(input),
	test: (pattern, input, flags) => new RegExp(pattern, flags).test(input),
	replace: (pattern, input, flags, replacement) =>
		input.replace(new RegExp(pattern, flags), replacement),
	matchAll: (pattern, input, flags) => [...input.matchAll(new RegExp(pattern, all(flags)))],
	split: (pattern, input, flags) => input.split(new RegExp(pattern, flags)),
});
