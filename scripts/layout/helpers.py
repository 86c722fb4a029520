import sys,re
W=sys.argv[1]; S=W+'/nodes/shared/'
open(S+'operation/routing.ts','w').write('''import type { INodePropertyRouting, PreSendAction, DeclarativeRestApiSettings, IExecutePaginationFunctions, INodeExecutionData } from 'n8n-workflow';
import { validate } from './validate';
import type { RequestRules } from './validate';

/** The request of an operation, and what has to hold before it may leave. */
export interface OperationRequest {
	request: DeclarativeRestApiSettings.HttpRequestOptions;
	/** How its fields are read and checked: see `RequestRules`. */
	rules?: RequestRules;
	/** What else completes the checked request. */
	preSend?: PreSendAction[];
}

/** What makes the items of an input item, in the place of n8n's pagination. */
export type Pagination = (this: IExecutePaginationFunctions, requestData: DeclarativeRestApiSettings.ResultOptions) => Promise<INodeExecutionData[]>;

/**
 * The routing of every operation. n8n hands the whole response only to a pagination function, so
 * each operation has one, also where there are no pages: it makes the requests itself, reads their
 * responses, and pairs its items.
 */
export function routing({ request, rules = {}, preSend = [] }: OperationRequest, pagination: Pagination): INodePropertyRouting {
	return {
		request,
		send: { preSend: [validate(rules), ...preSend], paginate: true },
		operations: { pagination },
	};
}
''')
p=S+'operation/singleRequest.ts'; t=open(p).read()
i=t.index('/**\n * The function of an operation that is one request')
t=t[:i]+'''/**
 * The routing of an operation that is one request: it leaves at the account's rate, its response is
 * checked, and `output` makes the item of the response's body. `prepare` completes the validated
 * request. Throws as `throttledRequestBody` does, and where the response cannot be read.
 */
export function singleRequest(pair: Pair, { output, prepare = (request) => request, ...operation }: OperationRequest & { output: Output; prepare?: Prepare }): INodePropertyRouting {
	return routing(operation, async function (requestData) {
		return await runItem(this, async () => {
			const subject = subjectOf(this);
			const request = await prepare(requestOf(requestData), subject, this);
			const body = await throttledRequestBody(this, pair, request, subject);
			const shaped = await output(body, subject, this, request);
			if (shaped === undefined) throw unreadableError(this.getNode(), pair, { statusCode: 200, headers: {}, body: undefined }, subject);
			return (Array.isArray(shaped) ? shaped : [shaped]).map((json) => ({ json }));
		});
	});
}
'''
t=t.replace('type Shape = (','type Output = (')
t="import type { INodePropertyRouting } from 'n8n-workflow';\nimport { routing } from './routing';\nimport type { OperationRequest } from './routing';\n"+t
open(p,'w').write(t)

p=S+'lists/messages.ts'; t=open(p).read()
i=t.index('export function paginateMessages(pair: Pair) {'); j=t.index('\n}\n',i)+3
t=t[:i]+'''export function paginatedMessages(pair: Pair, operation: OperationRequest): INodePropertyRouting {
	return routing({ ...operation, rules: { afterAll: readBounds } }, async function (requestData) {
		return await runItem(this, async () => await collect(this, pair, requestOf(requestData)));
	});
}
'''+t[j:]
t=re.sub(r"/\*\*[^\n]*\*/\nexport const validateMessageList = [^\n]*\n\n?",'',t)
t=t.replace(' * The pagination function of every message list: walks','* The routing of every message list: walks')
t="import type { INodePropertyRouting } from 'n8n-workflow';\nimport { routing } from '../operation/routing';\nimport type { OperationRequest } from '../operation/routing';\n"+t
open(p,'w').write(t)

p=S+'lists/list.ts'; t=open(p).read()
i=t.index('export function paginateList(source: EntrySource) {'); j=t.index('\n}\n',i)+3
body=t[i:j]
body=body.replace('export function paginateList(source: EntrySource) {\n\treturn async function (this: IExecutePaginationFunctions, requestData: DeclarativeRestApiSettings.ResultOptions): Promise<INodeExecutionData[]> {','export function paginatedList(source: EntrySource, operation: OperationRequest): INodePropertyRouting {\n\treturn routing(operation, async function (requestData) {').replace('\n\t};\n}\n','\n\t});\n}\n')
t=t[:i]+body+t[j:]
t=t.replace('The pagination function of a list','The routing of a list')
t="import type { INodePropertyRouting } from 'n8n-workflow';\nimport { routing } from '../operation/routing';\nimport type { OperationRequest } from '../operation/routing';\n"+t
open(p,'w').write(t)

p=S+'send/send.ts'; t=open(p).read()
i=t.index('export function sendMessage(pair: Pair) {'); j=t.index('\n}\n',i)+3
t=t[:i]+'''export function sending(pair: Pair, operation: OperationRequest): INodePropertyRouting {
	return routing(operation, sendEach(async (context, request, subject) => await sendItem(context, pair, request, subject)));
}
'''+t[j:]
t=t.replace('/**\n * The function that sends a message, in the place of n8n\'s pagination so that it sees the whole\n * answer','/**\n * The routing of an operation that sends a message to a chat')
t="import type { INodePropertyRouting } from 'n8n-workflow';\nimport { routing } from '../operation/routing';\nimport type { OperationRequest } from '../operation/routing';\n"+t
t=t.replace('sendEach(sendItem: (','sendEach(sendOne: (').replace('return await sendItem(this,','return await sendOne(this,').replace('`sendItem` sends the message of one','`sendOne` sends the message of one')
open(p,'w').write(t)

p=S+'endpoint/parameters.ts'; t=open(p).read()
t=re.sub(r'export function validateEndpoint\(source: EndpointSource\) \{\n\treturn validate\(\{ afterAll: (.*?) \}\);\n\}',r'export function endpointRules(source: EndpointSource): RequestRules {\n\treturn { afterAll: \1 };\n}',t)
t="import type { RequestRules } from '../operation/validate';\n"+t
open(p,'w').write(t)
p=S+'endpoint/fields.ts'; t=open(p).read()
t=re.sub(r'preSend: \[validateEndpoint\(source\)\]','rules: endpointRules(source)',t).replace('validateEndpoint','endpointRules')
open(p,'w').write(t)
import glob,os
for f in glob.glob(W+'/nodes/**/*.ts',recursive=True):
    t=open(f).read(); o=t
    if 'paginatedList(' in t and '/shared/' not in f:
        t=re.sub(r",?\s*afterAll: \(_context, validation\) => readLimit\(validation\),?(\s*)",r",\1",t)
        t=re.sub(r"rules: \{\s*,\s*\}",r"rules: {}",t); t=re.sub(r"\{\s*,",r"{",t)
        t=re.sub(r"\n\s*rules: \{\s*(query: \{\s*\},?)?\s*\},",lambda m: "\nrules: { query: {} }," if m.group(1) else "",t)
    if t!=o: open(f,'w').write(t)
p=S+'lists/list.ts'; t=open(p).read()
t=t.replace('export function paginatedList(source: EntrySource, operation: OperationRequest): INodePropertyRouting {\n\treturn routing(operation, async function (requestData) {','''export function paginatedList(source: EntrySource | ChooseSource, operation: OperationRequest): INodePropertyRouting {
	const rules: RequestRules = {
		...operation.rules,
		afterAll(context, validation) {
			operation.rules?.afterAll?.(context, validation);
			readLimit(validation);
		},
	};
	return routing({ ...operation, rules }, async function (requestData) {''')
t=t.replace("const limit = readLimit(new Validation(this));","const request = requestOf(requestData);\n\t\t\tconst chosen = typeof source === 'function' ? source(this, request) : source;\n\t\t\tconst limit = readLimit(new Validation(this));")
t=t.replace("source.simplify !== undefined && this.get","chosen.simplify !== undefined && this.get").replace("entriesOf(this, source, requestOf(requestData), limit)","entriesOf(this, chosen, request, limit)").replace("(source.simplify?.(entry) ?? entry)","(chosen.simplify?.(entry) ?? entry)")
t=t.replace("/** n8n crashes above","/** The list that an item's fields choose, where an operation has several. */\ntype ChooseSource = (context: IExecutePaginationFunctions, request: IHttpRequestOptions) => EntrySource;\n\n/** n8n crashes above",1)
t="import type { RequestRules } from '../operation/validate';\n"+t
open(p,'w').write(t)
