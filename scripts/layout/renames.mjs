import { Project, Node, SyntaxKind } from 'ts-morph';
import path from 'path';
const root=path.resolve(process.argv[2]);
const project=new Project({tsConfigFilePath:root+'/tsconfig.json'});
const top={ exchange:'httpRequest', ask:'requestAtBaseUrl', call:'requestBody', pacedExchange:'throttledRequest', pacedCall:'throttledRequestBody', keyless:'requestWithoutCredentials', judge:'bodyOrThrow', Answer:'HttpResponse', readAnswer:'readResponse', answerTo:'responseTo', act:'singleRequest', settle:'runItem', walk:'paginateMessages', walkRows:'paginateList', rowsOf:'entriesOf', walkPages:'messagePages', WalkedPage:'MessagePage', Pace:'RateLimiter', paceOf:'rateLimiterOf',
 Refusal:'Invalid', Checklist:'Validation', Reader:'Parser', check:'validate', checkRequest:'validateRequest', checkList:'validateMessageList', checkEndpoint:'validateEndpoint', isTurnedAway:'isRejected', refusalError:'rejectedInsideError', recordGatherer:'withIncluded', recordLists:'includedIn', collectIds:'collectIds', RowPage:'EntryPage', RowSource:'EntrySource', ChatRow:'ChatEntry', fanslyRows:'fanslyEntries', fanslyChatRows:'fanslyChatEntries', offsetRows:'offsetEntries', cursorRows:'cursorEntries', chatRows:'chatEntries', deliver:'sendMessage', deliverItem:'sendItem', complaintAbout:'problemWith', collectPages:'collectPages', besideRow:'besideEntry', wordsOf:'textIn', Pieces:'Chunks', pieces:'chunks', isRefused:'isRejected', readChats:'readChats', onlyFansChatRows:'onlyFansChatEntries', onlyFansRows:'onlyFansEntries' };
const props=[['Page','records','included'],['MessageContext','records','included'],['EntryPage','rows','entries'],['ChatPage','rows','entries'],['RequestRules','queryToo','extraQuery'],['RequestRules','together','afterFields'],['RequestRules','wire','beforeSending'],['RequestRules','also','afterAll'],['ChatEvent','records','included'],['Delivery','complaint','problem'],['Pair','isRefusalInside','isRejectedInside'],['Attempt','refusals','invalid'],['EntrySource','size','size']];
const locals={ answer:'response', checklist:'validation', rows:'entries', row:'entry', records:'included', complaint:'problem', refusal:'invalid', asked:'requested', pace:'rateLimiter' };
const files=project.getSourceFiles().filter(f=>f.getFilePath().startsWith(root+'/nodes/'));
let n=0; const opt={usePrefixAndSuffixText:true};
for(const f of files) for(const s of f.getStatements()){
  const ds=Node.isVariableStatement(s)?s.getDeclarations():(s.getName?[s]:[]);
  for(const d of ds){ const name=d.getName?.(); if(!name||!Node.isNode(d)) continue; let to=Object.hasOwn(top,name)?top[name]:undefined;
   if(!to&&/^(MOST|LONGEST)_/.test(name)) to=name.replace(/^(MOST|LONGEST)_ROWS/,'MAX_ENTRIES').replace(/^(MOST|LONGEST)_/,'MAX_');
   if(!to&&name==='MOST') to='MAX_BYTES';
   if(to&&to!==name){ d.getNameNode().rename(to,{renameInStrings:false,renameInComments:false,usePrefixAndSuffixText:false}); n++; } } }
console.log('top',n);
for(const [owner,prop,to] of props){ let hit=0; for(const f of files){ const o=f.getInterface(owner)??f.getClass(owner); const p=o?.getProperty(prop)??o?.getMethod?.(prop); if(p&&prop!==to){ p.getNameNode().rename(to,opt); hit++; } } if(!hit&&prop!==to) console.log('no prop',owner,prop); }
// locals: variables, parameters and binding names
let l=0; const skipped=[];
for(const f of files){ let again=true; while(again){ again=false;
  for(const id of f.getDescendantsOfKind(SyntaxKind.Identifier)){ const name=id.getText(); if(!Object.hasOwn(locals,name)) continue; const par=id.getParent();
   const isDecl=(Node.isVariableDeclaration(par)||Node.isParameterDeclaration(par)||Node.isBindingElement(par))&&par.getNameNode()===id; if(!isDecl) continue;
   const to=locals[name]; const scope=id.getFirstAncestor(a=>Node.isFunctionDeclaration(a)||Node.isMethodDeclaration(a)||Node.isSourceFile(a)||Node.isVariableStatement(a)&&Node.isSourceFile(a.getParent()))??f;
   if(scope.getDescendantsOfKind(SyntaxKind.Identifier).some(x=>x.getText()===to&&!(Node.isPropertyAccessExpression(x.getParent())&&x.getParent().getNameNode()===x)&&!(Node.isPropertyAssignment(x.getParent())&&x.getParent().getNameNode()===x)&&!(Node.isBindingElement(x.getParent())&&x.getParent().getPropertyNameNode()===x))){ const k=f.getBaseName()+':'+name; if(!skipped.includes(k)) skipped.push(k); continue; }
   if(id.wasForgotten()) continue;
   try{ id.rename(to,{usePrefixAndSuffixText:true}); l++; again=true; break; }catch(e){ console.log('x',f.getBaseName(),name,e.message); } } } }
console.log('locals',l,'skipped',skipped.join(' '));
await project.save();
