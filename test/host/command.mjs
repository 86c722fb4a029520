import { Problem } from './problem.mjs';
import { stopAll } from './processes.mjs';

/**
 * Carries out the work of a command line program and ends this process with the exit code that the
 * work gives, leaving nothing running behind. What goes wrong is told in one line.
 */
export async function endWith(work) {
	try {
		process.exitCode = await work();
	} catch (error) {
		console.error(`\n${error instanceof Problem ? error.message : `Unexpected: ${error.message}`}`);
		process.exitCode = 1;
	} finally {
		await stopAll();
	}
	process.exit();
}
