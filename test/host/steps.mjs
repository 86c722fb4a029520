import { clearInterval, setInterval } from 'node:timers';
import { styleText } from 'node:util';

const live = Boolean(process.stdout.isTTY);
const coloured = live && !process.env.NO_COLOR;

/** The text in that style on a terminal, as it is elsewhere. */
export function style(format, text) {
	return coloured ? styleText(format, text) : text;
}

/** How long that took, as a reader would say it. */
export function duration(milliseconds) {
	const seconds = milliseconds / 1000;
	if (seconds < 10) return `${seconds.toFixed(1)} s`;
	if (seconds < 60) return `${Math.round(seconds)} s`;
	return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}

/** A pass or fail mark before a line of the report. */
export function mark(passed) {
	return passed ? style('green', '✓') : style('red', '✗');
}

/** Shows that a step goes on: elapsed time on a terminal, one line elsewhere. */
function announce(title, startedAt) {
	if (!live) {
		console.log(`  ${title} …`);
		return () => {};
	}
	const draw = () =>
		process.stdout.write(`\r\x1b[2K  ${title} … ${duration(Date.now() - startedAt)}`);
	draw();
	const timer = setInterval(draw, 1000);
	return () => {
		clearInterval(timer);
		process.stdout.write('\r\x1b[2K');
	};
}

/** Carries out one step, showing its title, that it goes on, and how long it took. */
export async function step(title, work) {
	const startedAt = Date.now();
	const settle = announce(title, startedAt);
	try {
		const result = await work();
		settle();
		console.log(`${mark(true)} ${title} ${style('dim', `(${duration(Date.now() - startedAt)})`)}`);
		return result;
	} catch (error) {
		settle();
		console.log(`${mark(false)} ${title}`);
		throw error;
	}
}
