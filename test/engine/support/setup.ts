import { setSafeRegexEngine } from 'n8n-workflow';
import 'reflect-metadata';

// The engine's own log would drown what a test says.
process.env.N8N_LOG_LEVEL ??= 'silent';

// n8n gives a field's pattern 250 ms by the clock, which a busy machine can take without trying it.
const globally = (flags = '') => (flags.includes('g') ? flags : `${flags}g`);
setSafeRegexEngine({
	exec: (pattern, input, flags) => new RegExp(pattern, flags).exec(input),
	test: (pattern, input, flags) => new RegExp(pattern, flags).test(input),
	replace: (pattern, input, flags, replacement) =>
		input.replace(new RegExp(pattern, flags), replacement),
	matchAll: (pattern, input, flags) => [...input.matchAll(new RegExp(pattern, globally(flags)))],
	split: (pattern, input, flags) => input.split(new RegExp(pattern, flags)),
});
