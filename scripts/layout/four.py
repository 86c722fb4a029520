import sys,re
W=sys.argv[1]; N=W+'/nodes/'
def sub(path, pairs):
    p=N+path; t=open(p).read()
    for a,b in pairs:
        n=re.sub(a,b,t,flags=re.S)
        if n==t: print('no match',path,a[:60])
        t=n
    open(p,'w').write(t)
PAG=r"async pagination\(this: IExecutePaginationFunctions, requestData: DeclarativeRestApiSettings\.ResultOptions\): Promise<INodeExecutionData\[\]> \{.*?\n\t\t\t\},"
sub('OfapiOnlyFans/resources/fan/list.ts',[(r"= paginateList\((fanRows\('\w+', \d+\))\);",r"= \1;"),(PAG,"pagination: paginateList((context) => (context.getNodeParameter('which', 'active') === 'latest' ? LATEST_FANS : FANS)),")])
sub('OfapiFansly/resources/fan/list.ts',[(r"= paginateList\((offsetEntries\(.*?\}\))\);",r"= \1;"),(PAG,"pagination: paginateList((context) => (areFollowers(context) ? FOLLOWERS : SUBSCRIBERS)),")])
sub('ApiFansly/resources/fan/list.ts',[(r"= paginateList\((cursorEntries\(.*?\}\))\);",r"= \1;"),(PAG,"pagination: paginateList((context) => (context.getNodeParameter('which', 'active') === 'followers' ? FOLLOWERS : SUBSCRIBERS)),")])
sub('OfapiOnlyFans/resources/chat/listMedia.ts',[(PAG,"pagination: paginateList((context, request) => mediaRows(subjectOf(context).chat, textOf(recordAt(request.qs).type))),")])
