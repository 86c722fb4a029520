import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { endWith } from '../host/command.mjs';
import { ONLYFANS, readExample, withParameters } from '../host/exampleRuns.mjs';
import { FakeModel } from '../host/fakeModel.mjs';
import { installHost, installRoot } from '../host/install.mjs';
import { useBuild } from '../host/lock.mjs';
import { build } from '../host/package.mjs';
import { ROOT } from '../host/paths.mjs';
import { Problem } from '../host/problem.mjs';
import { credentialData, saveModelCredential } from '../host/setup.mjs';
import { Stand } from '../host/stand.mjs';
import { step } from '../host/steps.mjs';
import { sendReply, webhookWorkflow } from '../host/workflows.mjs';
import { missingBrowser } from './browser.mjs';
import { Editor } from './editor.mjs';

/** `npm run pictures`: makes the pictures of the documents, from the real n8n on the simulator. */

const FOLDER = join(ROOT, 'docs', 'pictures');
const SCREEN = { viewport: { width: 1280, height: 860 }, deviceScaleFactor: 1.5 };
/** What is empty above the nodes on the canvas. */
const EMPTY = 90;
/** As much of the fields as the open lists take up. */
const PICKER_HEIGHT = 500;
/** Between two pictures in one. */
const GAP = 24;

/** What lies over what is to be seen. */
const HIDDEN = [
	'.el-notification',
	'[data-test-id="panel-drag-button"]',
	'[data-test-id="floating-nodes"]',
	'[data-test-id="floating-node"]',
	'[data-test-id="ndv-backdrop"]',
	'[data-test-id="canvas-node-toolbar"]',
	'[class*="nodeButtonsWrapper"]',
	'.tab-bar-container',
];
const STYLE = `
	${HIDDEN.join(', ')} { display: none !important; }
	* { caret-color: transparent !important; }
`;

const FAN_WRITES = 'Hi Luna! I had the strangest dream about a lighthouse';
const REPLY = "A lighthouse? Now I'm curious! Were you on the shore or up in the light?";

/** Without the note: the names of the nodes would be too small to read beside it. */
function onCanvas(example) {
	const nodes = example.nodes
		.filter(({ type }) => type !== 'n8n-nodes-base.stickyNote')
		.map((node) => (node.webhookId === undefined ? node : { ...node, webhookId: randomUUID() }))
		.map((node) => ({ ...node, position: [node.position[0] * 0.85, node.position[1]] }));
	return { ...example, nodes };
}

class Pictures {
	static async open() {
		const pictures = new Pictures();
		pictures.stand = await Stand.open();
		const { client, simulator, credentials, userFolder, n8n } = pictures.stand;
		pictures.model = await FakeModel.start();
		pictures.model.reply = REPLY;
		credentials.openAiApi = await saveModelCredential(client, pictures.model);
		// Named as n8n names a user's first one.
		credentials[ONLYFANS.credentialType] = await client.saveCredential({
			name: `${ONLYFANS.displayName} account`,
			type: ONLYFANS.credentialType,
			data: credentialData(ONLYFANS, simulator),
		});
		const login = JSON.parse(readFileSync(join(userFolder, 'login.json'), 'utf8'));
		pictures.editor = await Editor.open(n8n.url, login, SCREEN);
		return pictures;
	}

	async close() {
		await this.editor?.close();
		this.model?.close();
		await this.stand?.close();
	}

	/** What is seen in that part of the screen. */
	async shoot(clip) {
		return this.editor.page.screenshot({ clip, style: STYLE });
	}

	/** Opens a workflow that is stored for this alone. */
	async openWorkflow(workflow) {
		// Without pinned data, n8n can't run a single step of a workflow that the editor did not make.
		const saved = await this.stand.save({ ...workflow, pinData: {} });
		await this.editor.openWorkflow(saved);
	}

	async fanWrites(text) {
		await this.stand.simulator.fanWrites(ONLYFANS, ONLYFANS.shortChat, { text });
	}

	/** A reply that an AI wrote, on the canvas: what the fan wrote, and what was sent. */
	async autoReply() {
		const { editor } = this;
		const example = withParameters(readExample('auto-reply-ai'), 'n8n-nodes-base.wait', {
			amount: 1,
		});
		await this.openWorkflow(onCanvas(example));
		await editor.runDuring(() => this.fanWrites(FAN_WRITES));
		await editor.openLog('Write the reply', 'unansweredText');
		const area = await editor.area('canvas-wrapper', 'logs-panel');
		return this.shoot({ ...area, y: area.y + EMPTY, height: area.height - EMPTY });
	}

	/** The trigger after a test event, and Send after a run with it. */
	async triggerAndSend() {
		const { editor } = this;
		const text = '=Hi {{ $json.fanName }}! I will be there.';
		const { nodes, connections, ...rest } = webhookWorkflow(
			ONLYFANS,
			'reply',
			{},
			sendReply(ONLYFANS, text),
		);
		const names = { Trigger: 'When a fan writes', Then: 'Send the reply' };
		const renamed = JSON.parse(
			Object.entries(names).reduce(
				(json, [from, to]) => json.replaceAll(`"${from}"`, `"${to}"`),
				JSON.stringify({ nodes, connections }),
			),
		);
		await this.openWorkflow({ ...rest, ...renamed });
		await editor.openNode(names.Trigger);
		await editor.listenDuring(() => this.fanWrites('Hi Luna, are you around tonight?'));
		await editor.showSchema();
		const trigger = await this.shoot(await editor.area('ndv'));
		await editor.closeNode();
		await editor.openNode(names.Then);
		await editor.execute();
		await editor.showSchema();
		const send = await this.shoot(await editor.area('ndv'));
		await editor.addField('Additional Fields', 'Price (USD)');
		await editor.write('Price (USD)', '2');
		await editor.executeInVain();
		await editor.field('Price (USD)').scrollIntoViewIfNeeded();
		const error = await this.shoot(await editor.area('ndv'));
		return { trigger, send, error };
	}

	/** The lists of Account and Chat, open, and the messages of a chat as a table. */
	async pickersAndList() {
		const { editor, stand } = this;
		await stand.simulator.addMessages(ONLYFANS, ONLYFANS.emptyChat, conversation());
		await editor.newWorkflow();
		await editor.addFirst(ONLYFANS.displayName, 'List messages');
		const shown = async () => {
			const { x, y, width } = await editor.area('node-parameters');
			return this.shoot({ x, y, width: width - 2, height: PICKER_HEIGHT });
		};
		await editor.lookUp('Account');
		const account = await shown();
		await editor.choose('Account', 'Luna Star (@lunastar)');
		await editor.lookUp('Chat');
		const chat = await shown();
		await editor.choose('Chat', 'Alex Novak (@alexn)');
		await editor.execute();
		await editor.table();
		await editor.widenOutput();
		const list = await this.shoot(await editor.area('node-parameters', 'output-panel'));
		return { pickers: await sideBySide([account, chat]), list };
	}
}

/** A conversation of today, oldest message first. */
function conversation() {
	const said = [
		['incoming', 'Hi Luna, I just subscribed!'],
		['outgoing', 'Welcome, Alex! How did you find me?'],
		['incoming', 'A friend showed me your beach pictures'],
		['outgoing', 'Then you will like what I upload tonight'],
		['incoming', 'I will be there. At what time?'],
		['outgoing', 'At nine'],
		['incoming', 'Perfect, see you then'],
		['incoming', 'Can I ask for a song?'],
		['outgoing', 'Of course! Which one?'],
	];
	return said.map(([direction, text], index) => ({
		direction,
		text,
		createdAt: new Date(Date.now() - (said.length - index) * 60_000).toISOString(),
	}));
}

/** Pictures of one height as one, with a gap between them. */
async function sideBySide(pictures) {
	const { width, height } = await sharp(pictures[0]).metadata();
	const gap = GAP * SCREEN.deviceScaleFactor;
	const composed = pictures.map((input, index) => ({
		input,
		left: Math.round(index * (width + gap)),
		top: 0,
	}));
	const canvas = {
		width: Math.round(pictures.length * (width + gap) - gap),
		height,
		channels: 3,
		background: '#ffffff',
	};
	return sharp({ create: canvas }).composite(composed).png().toBuffer();
}

/** Writes the picture as small as it can be without being seen. */
async function write(name, picture) {
	const file = join(FOLDER, `${name}.png`);
	await sharp(picture)
		.png({ palette: true, colours: 128, effort: 10, compressionLevel: 9 })
		.toFile(file);
	console.log(`  docs/pictures/${name}.png  ${Math.ceil(statSync(file).size / 1024)} KB`);
}

async function makeAll() {
	if (missingBrowser().length > 0)
		throw new Problem('The pictures need Chromium (on Debian: apt-get install chromium).');
	await installRoot();
	await installHost();
	await step('Build the package', () => build(useBuild));
	const pictures = await step('Open n8n and Chromium', () => Pictures.open());
	try {
		mkdirSync(FOLDER, { recursive: true });
		await write('auto-reply', await pictures.autoReply());
		const others = { ...(await pictures.triggerAndSend()), ...(await pictures.pickersAndList()) };
		for (const [name, picture] of Object.entries(others)) await write(name, picture);
	} catch (error) {
		if (pictures.editor) console.log(`The screen: ${await pictures.editor.photograph()}`);
		throw error;
	} finally {
		await pictures.close();
	}
	return 0;
}

await endWith(makeAll);
