import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium } from 'playwright-core';
import { chromiumPath } from './browser.mjs';

/** For whatever a person waits for: room for a machine that has other work to do. */
const PATIENCE_MS = 120_000;
const POLL_MS = 200;

/** What n8n asks in vain, of itself or of the internet: not of our making. */
const ASKED_IN_VAIN = [
	// Before somebody has logged in.
	'/rest/login',
	// The fields of a node that has not run: where the items are the provider's own, nobody knows them.
	'/schemas/',
];

/** Repeats what does no harm twice until it has come about. */
async function until(what, hasComeAbout, attempt = () => undefined) {
	for (const deadline = Date.now() + PATIENCE_MS; Date.now() < deadline; await sleep(POLL_MS)) {
		await attempt();
		if (await hasComeAbout()) return;
	}
	throw new Error(`${what}: not within ${PATIENCE_MS / 1000} seconds`);
}

/** n8n's editor as a person sees and uses it: what is meant is found by what is read on the screen. */
export class Editor {
	/** What went wrong behind the screen: errors in the console and requests to n8n that failed. */
	complaints = [];

	/** Opens the editor and logs in. `screen` are Playwright's options for the size of what is seen. */
	static async open(url, login, screen = { viewport: { width: 1280, height: 800 } }) {
		const editor = new Editor();
		editor.url = url;
		editor.browser = await chromium.launch({
			executablePath: chromiumPath(),
			timeout: PATIENCE_MS,
			// Faster where the processor draws.
			args: ['--disable-gpu'],
			// Who started this ends it, and everything else with it.
			handleSIGHUP: false,
			handleSIGINT: false,
			handleSIGTERM: false,
		});
		const context = await editor.browser.newContext({
			...screen,
			locale: 'en-US',
			colorScheme: 'light',
			reducedMotion: 'reduce',
		});
		context.setDefaultTimeout(PATIENCE_MS);
		// The internet is not needed, and may not be there.
		await context.route(
			(address) => address.origin !== url,
			(route) => route.abort(),
		);
		editor.page = await context.newPage();
		editor.#listen();
		await editor.#logIn(login);
		return editor;
	}

	async close() {
		await this.browser.close();
	}

	#listen() {
		const { page, complaints, url } = this;
		const isOurs = (address) =>
			address.startsWith(url) && !ASKED_IN_VAIN.some((path) => address.includes(path));
		page.on('pageerror', ({ message }) => complaints.push(message));
		page.on('console', (message) => {
			if (message.type() === 'error' && isOurs(message.location().url))
				complaints.push(message.text());
		});
		page.on('response', (response) => {
			if (response.status() >= 400 && isOurs(response.url()))
				complaints.push(`${response.status()} from ${response.url()}`);
		});
	}

	async #logIn({ email, password }) {
		await this.page.goto(`${this.url}/signin`);
		await this.page.locator('input[name=emailOrLdapLoginId]').fill(email);
		await this.page.locator('input[name=password]').fill(password);
		await this.page.keyboard.press('Enter');
		await this.page.waitForURL(/\/home\//);
	}

	/** What is seen, in a file that stays; gives its path. */
	async photograph() {
		const path = join(mkdtempSync(join(tmpdir(), 'creator-chat-editor-')), 'screen.png');
		await this.page.screenshot({ path });
		return path;
	}

	/** What n8n itself calls a thing on the screen. */
	part(id, within = this.page) {
		return within.locator(`[data-test-id="${id}"]`);
	}

	/** The same, where it can be seen. */
	seen(id, text) {
		return this.part(id).filter({ visible: true, hasText: text });
	}

	get panel() {
		return this.part('ndv');
	}

	get output() {
		return this.part('output-panel');
	}

	async newWorkflow() {
		await this.page.goto(`${this.url}/workflow/new`);
		await this.part('canvas-add-button').waitFor();
	}

	async openWorkflow({ id }) {
		await this.page.goto(`${this.url}/workflow/${id}`);
		await this.part('canvas-node').first().waitFor();
		await this.part('zoom-to-fit').click();
		// Waits until it no longer moves.
		await this.part('canvas-node').first().hover({ trial: true });
	}

	/** Looks for the node in the node panel and takes one of its actions or triggers, which opens it. */
	async #choose(node, action) {
		await this.part('node-creator-search-bar').fill(node);
		await this.part('item-iterator-item').filter({ hasText: node }).first().click();
		const entry = this.part('node-creator').getByText(action, { exact: true });
		const actions = this.part('node-creator-category-item').filter({ hasText: 'Actions' });
		await actions.waitFor();
		// They are folded in where there are triggers above them.
		await until(
			`${action} is offered`,
			() => entry.isVisible(),
			async () => (await entry.isVisible()) || actions.click(),
		);
		await entry.click();
		await this.panel.waitFor();
	}

	/** Adds the first node of a workflow. */
	async addFirst(node, action) {
		await this.part('canvas-add-button').click();
		await this.#choose(node, action);
	}

	/** Adds a node after the last one. */
	async addNext(node, action) {
		await this.part('canvas-handle-plus').last().click();
		await this.#choose(node, action);
	}

	async openNode(name) {
		const node = this.page.locator(
			`[data-test-id="canvas-node"][data-node-name=${JSON.stringify(name)}]`,
		);
		const { x, y, width, height } = await node.boundingBox();
		await this.page.mouse.dblclick(x + width / 2, y + height / 2);
		await this.part('node-title-container', this.panel).filter({ hasText: name }).waitFor();
	}

	async closeNode() {
		await this.page.keyboard.press('Escape');
		await this.panel.waitFor({ state: 'hidden' });
	}

	/** A field of what is open, by its label. */
	field(label) {
		const words = new RegExp(`^\\s*${label.replace(/[^\w\s]/g, '\\$&')}\\s*\\*?\\s*$`);
		const title = this.page.locator('label .n8n-text', { hasText: words });
		return this.page
			.locator('[data-test-id="parameter-item"], [data-test-id="credential-connection-parameter"]')
			.filter({ visible: true, has: title })
			.last();
	}

	async write(label, text) {
		await this.field(label).locator('input, textarea').first().fill(text);
	}

	/** The names of the open panel's fields that a person can't tell apart from others. */
	async fieldsWithoutLabel() {
		const fields = this.part('node-parameters').locator(
			'[data-test-id^="parameter-input-"]:not(input, textarea)',
		);
		await fields.first().waitFor();
		return fields.evaluateAll((all) =>
			all
				.filter((field) => field.offsetParent !== null)
				.filter((field) => {
					const item = field.closest('[data-test-id="parameter-item"]');
					const texts = [...(item?.querySelectorAll('label .n8n-text') ?? [])];
					// The switch between Fixed and Expression stands in the label too.
					const own = texts.filter(
						(text) => text.closest('[data-test-id="parameter-options-container"]') === null,
					);
					return !own[0]?.innerText.trim();
				})
				.map((field) => field.dataset.testId.replace('parameter-input-', '')),
		);
	}

	/** Adds a field such as Price to the panel's Additional Fields. */
	async addField(collection, label) {
		await this.part('collection-parameter-add', this.field(collection)).click();
		await this.seen('collection-parameter-option', label).click();
		await this.field(label).waitFor();
	}

	async removeField(label) {
		await this.field(label).hover();
		await this.field(label).getByTitle('Delete').click();
		await this.field(label).waitFor({ state: 'hidden' });
	}

	/** What the list of a field such as Account offers, opened and looked through for some words. */
	async lookUp(label, words) {
		await this.part('rlc-input-container', this.field(label)).click();
		if (words !== undefined) await this.seen('rlc-search').fill(words);
		await this.seen('rlc-item', words).first().waitFor();
		return this.seen('rlc-item').allInnerTexts();
	}

	/** Takes an entry of the list that is open. */
	async choose(label, entry) {
		await this.seen('rlc-item', entry).click();
		await until(`${label} is ${entry}`, async () =>
			(await this.part('rlc-input', this.field(label)).inputValue()).includes(entry),
		);
	}

	/** Drags a field of the input, as the schema shows it, onto a field of the panel. */
	async drag(name, label) {
		const from = this.part('ndv-input-panel').locator(`.draggable [data-name="${name}"]`);
		const isThere = async () => (await this.field(label).innerText()).includes(`$json.${name}`);
		await until(`${name} is in ${label}`, isThere, async () => {
			if (!(await isThere())) await from.dragTo(this.field(label), { steps: 10 });
		});
	}

	/** Makes a credential for the open node: n8n tests it, and closes the dialog when it works. */
	async makeCredential(values) {
		await this.part('node-credentials-select').click();
		await this.seen('node-credentials-select-item-new').click();
		const dialog = this.part('credential-edit-dialog');
		await dialog.waitFor();
		for (const [label, value] of Object.entries(values)) await this.write(label, value);
		await this.part('credential-save-button').click();
		await dialog.waitFor({ state: 'hidden' });
	}

	/** What n8n says when the open node's credential is looked at. */
	async credentialTest() {
		await this.part('credential-edit-button').click();
		const dialog = this.part('credential-edit-dialog');
		const verdict = this.part('credentials-config-container-test-success');
		await verdict.waitFor();
		const text = await verdict.innerText();
		await this.page.getByLabel('Close this dialog').filter({ visible: true }).click();
		await dialog.waitFor({ state: 'hidden' });
		return text;
	}

	/** Runs the open node and waits for its items. */
	async execute() {
		await this.part('node-execute-button').click();
		await this.part('ndv-items-count', this.output).waitFor();
	}

	/** Runs the open node, which has something to complain of; gives the text. */
	async executeInVain() {
		await this.part('node-execute-button').click();
		await this.part('node-error-message', this.output).waitFor();
		return this.output.innerText();
	}

	/** Has the open trigger listen for a test event, and waits for what comes of the work. */
	async listenDuring(work) {
		await this.part('trigger-execute-button').click();
		await this.part('trigger-listening').waitFor();
		await work();
		await this.part('trigger-listening').waitFor({ state: 'hidden' });
		await this.part('ndv-items-count', this.output).waitFor();
	}

	/** Runs the open workflow, whose trigger waits for what the work brings about, with the log open. */
	async runDuring(work) {
		await this.part('logs-overview-header').click();
		await this.part('execute-workflow-button').click();
		await this.part('stop-execution-waiting-for-webhook-button').waitFor();
		await work();
		await this.part('logs-overview-status').filter({ hasText: 'Success' }).waitFor();
	}

	/** Opens what the log has of a node, input beside output, at a field of the input. */
	async openLog(node, field) {
		const details = this.part('log-details').filter({ hasText: node });
		// A second click would close it again.
		await until(
			`the log of ${node} is open`,
			() => details.isVisible(),
			() => this.part('logs-overview-body').getByText(node, { exact: true }).click(),
		);
		await details.getByText('Input', { exact: true }).click();
		for (const side of ['log-details-input', 'log-details-output']) await this.showSchema(side);
		await details.locator(`[data-name="${field}"]`).scrollIntoViewIfNeeded();
		await this.part('zoom-to-fit').click();
		await this.part('canvas-node').first().hover({ trial: true });
	}

	/** Shows the items of that part of the screen as a schema. */
	async showSchema(part = 'output-panel') {
		const schema = this.part('radio-button-schema', this.part(part));
		// Shown only under the pointer, in the log.
		await this.part(part).hover();
		await schema.click();
		await this.part('run-data-schema-item', this.part(part)).first().waitFor();
	}

	/** Moves the open node's fields to the left, for a table that is wide. */
	async widenOutput() {
		const { x, y, width, height } = await this.part('panel-drag-button').boundingBox();
		await this.page.mouse.move(x + width / 2, y + height / 2);
		await this.page.mouse.down();
		await this.page.mouse.move(0, y, { steps: 10 });
		await this.page.mouse.up();
	}

	/** The part of the screen that these take up together. */
	async area(...parts) {
		const boxes = await Promise.all(parts.map((part) => this.part(part).first().boundingBox()));
		const x = Math.min(...boxes.map((box) => box.x));
		const y = Math.min(...boxes.map((box) => box.y));
		const right = Math.max(...boxes.map((box) => box.x + box.width));
		const bottom = Math.max(...boxes.map((box) => box.y + box.height));
		return { x, y, width: right - x, height: bottom - y };
	}

	/** The output as a table: its head, and its rows. */
	async table() {
		await this.part('radio-button-table', this.output).click();
		const rows = this.output.locator('table tr');
		await rows.nth(1).waitFor();
		const texts = await rows.evaluateAll((all) =>
			all.map(({ cells }) => [...cells].map(({ innerText }) => innerText.trim())),
		);
		const [head, ...body] = texts;
		return body.map((cells) => Object.fromEntries(head.map((name, index) => [name, cells[index]])));
	}

	async publish() {
		await this.part('workflow-open-publish-modal-button').click();
		await this.part('workflow-publish-button').click();
		await this.page.getByRole('button', { name: 'Got it' }).click();
	}

	/** How the newest execution of the open workflow ended, in the words of the list. */
	async newestExecution() {
		await this.page.getByText('Executions', { exact: true }).click();
		const newest = this.part('current-executions-list').locator(
			'[data-test-id^="execution-details-"]',
		);
		await newest.first().waitFor();
		await until('the execution ends', async () =>
			/Succeeded|Error/.test(await newest.first().innerText()),
		);
		return newest.first().innerText();
	}
}
