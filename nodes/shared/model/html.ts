/** Entities that message texts hold; any other stays as it stands. */
const ENTITIES: Record<string, string> = {
	amp: '&',
	lt: '<',
	gt: '>',
	quot: '"',
	apos: "'",
	nbsp: ' ',
	hellip: '…',
	ndash: '–',
	mdash: '—',
	lsquo: '‘',
	rsquo: '’',
	ldquo: '“',
	rdquo: '”',
	sbquo: '‚',
	bdquo: '„',
	laquo: '«',
	raquo: '»',
	bull: '•',
	middot: '·',
	copy: '©',
	reg: '®',
	trade: '™',
	euro: '€',
	pound: '£',
	yen: '¥',
	cent: '¢',
	deg: '°',
	hearts: '♥',
	times: '×',
	iexcl: '¡',
	iquest: '¿',
	szlig: 'ß',
	agrave: 'à',
	aacute: 'á',
	acirc: 'â',
	atilde: 'ã',
	auml: 'ä',
	aring: 'å',
	aelig: 'æ',
	ccedil: 'ç',
	egrave: 'è',
	eacute: 'é',
	ecirc: 'ê',
	euml: 'ë',
	igrave: 'ì',
	iacute: 'í',
	icirc: 'î',
	iuml: 'ï',
	ntilde: 'ñ',
	ograve: 'ò',
	oacute: 'ó',
	ocirc: 'ô',
	otilde: 'õ',
	ouml: 'ö',
	oslash: 'ø',
	ugrave: 'ù',
	uacute: 'ú',
	ucirc: 'û',
	uuml: 'ü',
	yacute: 'ý',
	yuml: 'ÿ',
	Agrave: 'À',
	Aacute: 'Á',
	Acirc: 'Â',
	Atilde: 'Ã',
	Auml: 'Ä',
	Aring: 'Å',
	AElig: 'Æ',
	Ccedil: 'Ç',
	Egrave: 'È',
	Eacute: 'É',
	Ecirc: 'Ê',
	Euml: 'Ë',
	Ntilde: 'Ñ',
	Ograve: 'Ò',
	Oacute: 'Ó',
	Ocirc: 'Ô',
	Otilde: 'Õ',
	Ouml: 'Ö',
	Oslash: 'Ø',
	Ugrave: 'Ù',
	Uacute: 'Ú',
	Ucirc: 'Û',
	Uuml: 'Ü',
};

function decodeEntity(entity: string, name: string): string {
	if (!name.startsWith('#')) {
		return Object.hasOwn(ENTITIES, name) ? (ENTITIES[name] ?? entity) : entity;
	}
	const code = /^#x/i.test(name) ? parseInt(name.slice(2), 16) : parseInt(name.slice(1), 10);
	return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : entity;
}

/** A line's end; an entity's name; any other tag. */
const MARKUP = new RegExp(
	[
		/(<br\s*\/?>\r?\n?|<\/(?:p|div|li|h[1-6])>\s*(?=\S))/,
		/&(#\d{1,7}|#x[\da-f]{1,6}|[a-z]\w{1,11});/,
		/<\/?[a-z][^<>]*>/,
	]
		.map(({ source }) => source)
		.join('|'),
	'gi',
);

/** Anything beyond the line ends and entities that nearly all marked-up messages are limited to. */
const UNUSUAL = /<(?!br \/>)|&(?!(?:amp|lt|gt|quot|#39);)/;

/** Plain text from a message's HTML: tags gone, entities decoded once, line breaks kept. */
export function plainText(html: unknown): string {
	if (typeof html !== 'string') return '';
	// Most messages are one paragraph without anything in it.
	const inner = html.startsWith('<p>') && html.endsWith('</p>') ? html.slice(3, -4) : html;
	if (!inner.includes('<') && !inner.includes('&')) return inner === html ? html : trimLines(inner);
	return trimLines(UNUSUAL.test(inner) ? fromAnyMarkup(inner) : fromUsualMarkup(inner));
}

/** Much faster than the general way, which counts in a history of many thousands. */
function fromUsualMarkup(html: string): string {
	const text = html.includes('<') ? html.replace(/<br \/>\r?\n?/g, '\n') : html;
	if (!text.includes('&')) return text;
	// The ampersand last, so that nothing is decoded twice.
	return text
		.replaceAll('&lt;', '<')
		.replaceAll('&gt;', '>')
		.replaceAll('&quot;', '"')
		.replaceAll('&#39;', "'")
		.replaceAll('&amp;', '&');
}

function fromAnyMarkup(html: string): string {
	return html.replace(
		MARKUP,
		(found: string, lineEnd: string | undefined, entity: string | undefined) => {
			if (lineEnd !== undefined) return '\n';
			return entity === undefined ? '' : decodeEntity(found, entity);
		},
	);
}

/** A text without empty lines around it. */
function trimLines(text: string): string {
	if (!text.startsWith('\n') && !text.endsWith('\n')) return text;
	return text.replace(/^\n+|\n+$/g, '');
}
