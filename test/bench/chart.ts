import type { Row } from './report';

/** The chart in docs/benchmark.svg, written by hand so that it needs no package. */

const WIDTH = 760;
const PADDING = 28;
const LABEL_WIDTH = 230;
const ROW_HEIGHT = 38;
const BAR_HEIGHT = 20;
const FIRST_ROW = 92;
/** Room to the right of the longest bar, for its number. */
const NUMBER_WIDTH = 60;

// The card brings its own background: a page's theme may differ from what the browser prefers.
const STYLE = `
	text { font: 14px system-ui, -apple-system, 'Segoe UI', Helvetica, Arial, sans-serif; fill: #1f2328; }
	.title { font-size: 17px; font-weight: 600; }
	.quiet { font-size: 12.5px; fill: #59636e; }
	.card { fill: #ffffff; stroke: #d1d9e0; }
	.bar { fill: #9aa4af; }
	.own { fill: #0969da; }
	.one { stroke: #59636e; stroke-dasharray: 3 4; }
	@media (prefers-color-scheme: dark) {
		text { fill: #f0f6fc; }
		.quiet { fill: #9198a1; }
		.card { fill: #0d1117; stroke: #3d444d; }
		.bar { fill: #656c76; }
		.own { fill: #4493f8; }
		.one { stroke: #9198a1; }
	}`;

export interface Chart {
	title: string;
	subtitle: string;
	footer: string;
	rows: Row[];
	/** Names of the rows that are this project's own, and stand out. */
	own: string[];
}

function escaped(text: string): string {
	return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

function text(x: number, y: number, content: string, className?: string): string {
	return `<text x="${x}" y="${y}"${className === undefined ? '' : ` class="${className}"`}>${escaped(content)}</text>`;
}

/** One bar with its name to the left and its number to the right. */
function bar(row: Row, index: number, pixelsPerOne: number, isOwn: boolean): string[] {
	const top = FIRST_ROW + index * ROW_HEIGHT;
	const start = PADDING + LABEL_WIDTH;
	const length = Math.round(row.ratio * pixelsPerOne);
	return [
		text(PADDING, top + 15, row.name),
		`<rect class="${isOwn ? 'own' : 'bar'}" x="${start}" y="${top}" width="${length}" height="${BAR_HEIGHT}" rx="3"/>`,
		text(start + length + 8, top + 15, `${row.ratio.toFixed(2)}×`),
	];
}

export function svgOf({ title, subtitle, footer, rows, own }: Chart): string {
	const longest = Math.max(...rows.map(({ ratio }) => ratio));
	const pixelsPerOne = (WIDTH - 2 * PADDING - LABEL_WIDTH - NUMBER_WIDTH) / longest;
	const bottom = FIRST_ROW + rows.length * ROW_HEIGHT;
	const height = bottom + 34;
	const one = Math.round(PADDING + LABEL_WIDTH + pixelsPerOne);
	const spoken = rows.map(({ name, ratio }) => `${name}: ${ratio.toFixed(2)}`).join('; ');
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="title spoken">`,
		`<title id="title">${escaped(title)}</title>`,
		`<desc id="spoken">${escaped(spoken)}</desc>`,
		`<style>${STYLE}\n</style>`,
		`<rect class="card" x="0.5" y="0.5" width="${WIDTH - 1}" height="${height - 1}" rx="8"/>`,
		text(PADDING, 40, title, 'title'),
		text(PADDING, 64, subtitle, 'quiet'),
		...rows.flatMap((row, index) => bar(row, index, pixelsPerOne, own.includes(row.name))),
		`<line class="one" x1="${one}" y1="${FIRST_ROW - 10}" x2="${one}" y2="${bottom - 8}"/>`,
		text(PADDING, bottom + 14, footer, 'quiet'),
		'</svg>',
		'',
	].join('\n');
}
