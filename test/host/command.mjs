import { Problem } from './problem.mjs';
import { silence, stopAll } from './processes.mjs';

/**
 * Carries out the work of a command line program and ends this process with the exit code that the
 * work gives, leaving nothing running behind. It also ends when nobody is left to read what it
 * prints. What goes wrong is told in one line.
 */
export async function endWith(work) {
	try {
		process.exitCode = await Promise.race([work(), silence()]);
	} catch (error) {
		console.error(`\n${error instanceof Problem ? error.message : `Unexpected: ${error.message}`}`);
		process.exitCode = 1;
	} finally {
		await stopAll();
	}
	process.exit();
}
