// Moves top-level declarations of nodes/ to other files and writes every import anew.
import { Project, SyntaxKind, Node, ts } from 'ts-morph';
import path from 'path'; import fs from 'fs';
const moves={};
const root=path.resolve(process.argv[2]); const extra=process.argv[3]?JSON.parse(fs.readFileSync(process.argv[3],'utf8')):{};
Object.assign(moves, extra);
const project=new Project({tsConfigFilePath:root+'/tsconfig.json'});
const nodesDir=root+'/nodes/';
const rel=(f)=>path.relative(nodesDir,f);
const all=project.getSourceFiles().filter(f=>f.getFilePath().startsWith(root+'/')&&!f.getFilePath().includes('node_modules')&&!f.getFilePath().includes('/test/'));
const namesOf=(s)=>{ if(Node.isVariableStatement(s)) return s.getDeclarations().flatMap(d=>Node.isIdentifier(d.getNameNode())?[d.getName()]:d.getNameNode().getElements().map(e=>e.getName())); const n=s.getName?.(); return n?[n]:[]; };
const targetOf=(file,name)=>{ const r=rel(file); const m=moves[r]; if(!m) return file; const [def,over={}]=m; for(const [t,names] of Object.entries(over)) if(names.includes(name)) return nodesDir+t; return nodesDir+def; };
for (const [r,[d,o={}]] of Object.entries(moves)) { const f=project.getSourceFile(nodesDir+r); if(!f){console.log('no file',r);continue;} const names=new Set(f.getStatements().flatMap(namesOf)); for(const ns of Object.values(o)) for(const n of ns) if(!names.has(n)) console.log('no decl',r,n); }
// top-level index: declaration node -> {file,name}
const isTypePos=(id)=>{ let n=id; for(let p=n.getParent();p;n=p,p=p.getParent()){ if(Node.isTypeReference(p)||Node.isTypeQuery(p)) return true; if(Node.isQualifiedName(p)) continue; if(Node.isExpressionWithTypeArguments(p)){ const h=p.getParent(); return !(Node.isHeritageClause(h)&&h.getToken()===SyntaxKind.ExtendsKeyword&&Node.isClassDeclaration(h.getParent())); } if(Node.isPropertyAccessExpression(p)&&p.getExpression()===n) return false; return false; } return false; };
const out=new Map(); // target -> [{text, deps}]
const exportNeeded=new Map(); // target#name -> true
const order=[]; 
for(const f of all){ const file=f.getFilePath();
 for(const s of f.getStatements()){ if(Node.isImportDeclaration(s)) continue;
  const names=namesOf(s); const target=targetOf(file,names[0]??'');
  const deps=[];
  s.forEachDescendant((id)=>{ if(!Node.isIdentifier(id)) return; let sym=id.getSymbol(); if(!sym) return;
   const par=id.getParent(); 
   if(Node.isShorthandPropertyAssignment(par)){ sym=par.getValueSymbol()??sym; }
   let decl0=sym.getDeclarations()[0]; if(!decl0) return;
   if(Node.isImportSpecifier(decl0)||Node.isNamespaceImport(decl0)||Node.isImportClause(decl0)){
     if(decl0.getSourceFile()!==f) return;
     const impDecl=decl0.getFirstAncestorByKind(SyntaxKind.ImportDeclaration);
     const mod=impDecl.getModuleSpecifierValue();
     if(!mod.startsWith('.')){ deps.push({ext:mod,name:Node.isImportSpecifier(decl0)?decl0.getName():Node.isNamespaceImport(decl0)?'*':'default',alias:Node.isImportSpecifier(decl0)?decl0.getAliasNode()?.getText():id.getText(),type:impDecl.isTypeOnly()&&isTypePos(id)||impDecl.isTypeOnly()}); return; }
     const real=sym.getAliasedSymbol()?.getDeclarations()[0]; if(!real) {console.log('unresolved',file,id.getText());return;}
     const rf=real.getSourceFile().getFilePath(); const rn=decl0.getName();
     deps.push({file:targetOf(rf,rn),name:rn,alias:decl0.getAliasNode()?.getText(),type:isTypePos(id)||impDecl.isTypeOnly()}); return; }
   if(decl0.getSourceFile()!==f) return;
   // local top-level?
   const st=Node.isVariableDeclaration(decl0)?decl0.getVariableStatement():decl0;
   if(!st||st.getParent()!==f) { if(Node.isBindingElement(decl0)) {} return; }
   if(st===s) return;
   const t=targetOf(file,decl0.getName()); if(t!==target){ deps.push({file:t,name:decl0.getName(),type:isTypePos(id)||Node.isInterfaceDeclaration(decl0)||Node.isTypeAliasDeclaration(decl0)}); exportNeeded.set(t+'#'+decl0.getName(),true);} });
  const text=s.getFullText().replace(/^\n+/,''); 
  if(!out.has(target)) { out.set(target,[]); }
  out.get(target).push({s,text,names,deps,exported:s.isExported?.()??true});
 } }
// text of statement with leading comments
const finalFiles=new Map();
for(const [target,stmts] of out){ const ext=new Map(), int=new Map(); const seenNames=new Map();
 for(const {names} of stmts) for(const n of names){ if(seenNames.has(n)) console.log('COLLISION',rel(target),n); seenNames.set(n,1);} 
 const add=(m,k,n,type)=>{ if(!m.has(k)) m.set(k,new Map()); const g=m.get(k); g.set(n,(g.get(n)??true)&&type); };
 for(const {deps} of stmts) for(const d of deps){ const n=d.alias&&d.alias!==d.name?`${d.name} as ${d.alias}`:d.name; if(d.ext) add(ext,d.ext,d.name==='*'?'* as '+d.alias:d.name==='default'?'default '+d.alias:n,d.type); else if(d.file!==target) add(int,d.file,n,d.type); }
 const lines=[]; const emit=(spec,g)=>{ const star=[...g].filter(([n])=>n.startsWith('* as')); for(const [n,t] of star) lines.push(`import ${t?'type ':''}${n} from '${spec}';`); const def=[...g].filter(([n])=>n.startsWith('default ')); for(const [n,t] of def) lines.push(`import ${t?'type ':''}${n.slice(8)} from '${spec}';`); const rest=[...g].filter(([n])=>!/^(\* as|default )/.test(n)).sort(([a],[b])=>a.localeCompare(b)); const v=rest.filter(([,t])=>!t).map(([n])=>n), ty=rest.filter(([,t])=>t).map(([n])=>n); if(v.length) lines.push(`import { ${v.join(', ')} } from '${spec}';`); if(ty.length) lines.push(`import type { ${ty.join(', ')} } from '${spec}';`); };
 for(const k of [...ext.keys()].sort((a,b)=>a.localeCompare(b))) emit(k,ext.get(k));
 const spec=(t)=>{ let r=path.relative(path.dirname(target),t).replace(/\.ts$/,''); if(!r.startsWith('.')) r='./'+r; return r.replace(/\/index$/,''); };
 const depth=(s)=>-(s.match(/\.\.\//g)?.length??0);
 for(const t of [...int.keys()].sort((a,b)=>depth(spec(a))-depth(spec(b))||spec(a).localeCompare(spec(b)))) emit(spec(t),int.get(t));
 let body='';
 for(const x of stmts){ let t=x.text; const need=x.names.some(n=>exportNeeded.has(target+'#'+n)); if(need&&!x.exported){ const start=x.s.getStart()-x.s.getFullStart()-(x.s.getFullText().length-x.text.length); t=t.slice(0,start)+'export '+t.slice(start);} body+=(body?(''+(/^\n/.test(x.s.getFullText().replace(/^\n/,''))||x.s.getFullText().startsWith('\n\n')?'\n':'')):'')+t+'\n'; }
 finalFiles.set(target,(lines.length?lines.join('\n')+'\n\n':'')+body); }
for(const f of all){ const file=f.getFilePath(); if(!finalFiles.has(file)&&moves[rel(file)]) fs.rmSync(file); }
for(const [t,text] of finalFiles){ const isNodes=t.startsWith(root+'/nodes/')||t.startsWith(root+'/credentials/'); if(!isNodes) continue; fs.mkdirSync(path.dirname(t),{recursive:true}); fs.writeFileSync(t,text); }
for(const d of ['nodes/Ofapi']) { try{ fs.rmdirSync(root+'/'+d);}catch{} }
