import sys,re,glob
W=sys.argv[1]
M={'values':'model/values','seen':'lists/seen','multipart':'media/multipart','records':'lists/included','textStream':'lists/textStream','errors':'transport/errors','poll':'triggers/poll','recent':'triggers/deduplicate','fileFormats':'lists/fileFormats','check':'parameters/parsers','pace':'operation/rateLimit','findSent':'send/findSent','event':'triggers/event','download':'media/download','upload':'media/upload','request':'transport/request','list':'lists/list','pair':'model/pair','media':'model/media','people':'model/people','webhook':'triggers/webhook','signature':'triggers/signature','secrets':'transport/secrets','messageFile':'lists/messageFile'}
for f in glob.glob(W+'/test/**/*.ts',recursive=True):
    if 'node_modules' in f: continue
    t=open(f).read(); o=t
    t=t.replace("import { dollarsFromThousandths, isoTime, mediaTypeOf, plainText } from '../../dist/nodes/shared/message';","import { dollarsFromThousandths } from '../../dist/nodes/platforms/fansly/values';\nimport { plainText } from '../../dist/nodes/shared/model/html';\nimport { mediaTypeOf } from '../../dist/nodes/shared/model/media';\nimport { isoTime } from '../../dist/nodes/shared/model/time';")
    if 'recordGatherer' in t: t=t.replace('recordGatherer','withIncluded')
    t=re.sub(r"nodes/shared/(\w+)'",lambda m:"nodes/shared/"+M.get(m.group(1),m.group(1))+"'",t)
    if t!=o: open(f,'w').write(t)
