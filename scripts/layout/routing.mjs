import { Project, Node, SyntaxKind } from 'ts-morph'; import path from 'path';
const root=path.resolve(process.argv[2]); const project=new Project({tsConfigFilePath:root+'/tsconfig.json'});
const files=project.getSourceFiles().filter(f=>/\/nodes\/(OfapiOnlyFans|OfapiFansly|ApiFansly|shared)\//.test(f.getFilePath()));
const get=(o,k)=>o?.getProperty?.(k)?.getInitializer?.();
const IMPORTS={singleRequest:'operation/singleRequest',paginatedMessages:'lists/messages',paginatedList:'lists/list',sending:'send/send',routing:'operation/routing'}; const needs=[]; let n=0; const other=[];
for(const f of files){ let did=false;
 for(const pa of f.getDescendantsOfKind(SyntaxKind.PropertyAssignment)){ if(pa.wasForgotten()||pa.getName()!=='routing') continue; const o=pa.getInitializer(); if(!Node.isObjectLiteralExpression(o)) continue;
  const ops=get(o,'operations'); const pag=get(ops,'pagination'); if(!pag) continue;
  const req=get(o,'request'), send=get(o,'send'); const pre=get(send,'preSend');
  if(!Node.isCallExpression(pag)||!Node.isArrayLiteralExpression(pre)) { other.push(f.getBaseName()); continue; }
  const fn=pag.getExpression().getText(); const args=pag.getArguments().map(a=>a.getText());
  const pres=pre.getElements(); const parts=[`request: ${req.getText()}`]; const rest=[];
  const comment=req.getParent().getLeadingCommentRanges().map(c=>c.getText()).join('\n');
  if(comment) parts[0]=comment+'\n'+parts[0];
  let rules; for(const p of pres){ if(!rules&&Node.isCallExpression(p)&&p.getExpression().getText()==='validate'&&p===pres[0]) rules=p.getArguments()[0]?.getText()??'{}'; else rest.push(p.getText()); }
  if(rules&&rules!=='{}') parts.push(`rules: ${rules}`);
  const msgList=pres[0].getText()==='validateMessageList'; 
  if(rest.length&&!(fn==='paginateMessages'&&msgList)) parts.push(`preSend: [${rest.join(', ')}]`);
  else if(fn==='paginateMessages'&&rest.length>1) parts.push(`preSend: [${rest.slice(1).join(', ')}]`);
  let call, used; 
  if(fn==='singleRequest'){ if(args[1]) parts.push(`output: ${args[1]}`); if(args[2]) parts.push(`prepare: ${args[2]}`); call=`singleRequest(${args[0]}, {\n${parts.join(',\n')},\n})`; used='singleRequest'; }
  else if(fn==='paginateMessages'){ call=`paginatedMessages(${args[0]}, {\n${parts.join(',\n')},\n})`; used='paginatedMessages'; }
  else if(fn==='paginateList'){ call=`paginatedList(${args.join(', ')}, {\n${parts.join(',\n')},\n})`; used='paginatedList'; }
  else if(fn==='sendMessage'){ call=`sending(${args[0]}, {\n${parts.join(',\n')},\n})`; used='sending'; }
  else { call=`routing({\n${parts.join(',\n')},\n}, ${pag.getText()})`; used='routing'; };
  const sec=rules===undefined?' NORULES':''; if(sec&&!msgList) other.push(f.getFilePath().slice(root.length)+sec);
  const at=IMPORTS[used]; needs.push([f,used,at]); pa.setInitializer(call); n++; did=true; }
}
for(const [f,used,at] of needs){ const t=root+'/nodes/shared/'+at; let spec=path.relative(path.dirname(f.getFilePath()),t); if(!spec.startsWith('.')) spec='./'+spec; if(!f.getImportDeclarations().some(i=>!i.isTypeOnly()&&i.getNamedImports().some(x=>x.getName()===used))) f.addImportDeclaration({moduleSpecifier:spec,namedImports:[used]}); }
await project.save();
console.log(n,other.join('\n'));
