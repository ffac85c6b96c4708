import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
var e=(t,o,r,i)=>({on:t,field:o,first:r,args:"",nodes:"",extra:"",within:null,...i}),a="__typename ... on User { login } ... on Bot { login } ... on Mannequin { login }",$=`__typename
      ... on AssignedEvent { createdAt assignee { ${a} } }
      ... on LabeledEvent { createdAt label { name } }
      ... on BlockedByAddedEvent { createdAt blockingIssue { id } }
      ... on CrossReferencedEvent { createdAt source { __typename ... on PullRequest { ...PullRequestScalars } } }`,l="... on Team { combinedSlug }",f=`requestedReviewer { __typename
        ... on User { login } ... on Bot { login } ... on Mannequin { login } ${l} }`,I=`__typename
        ... on CheckRun { name status conclusion url }
        ... on StatusContext { context state targetUrl }`,_=`__typename
        ... on IssueFieldValueCommon { field { __typename ... on IssueFieldCommon { name visibility } } }
        ... on IssueFieldTextValue { value }
        ... on IssueFieldDateValue { value }
        ... on IssueFieldSingleSelectValue { value }
        ... on IssueFieldNumberValue { number: value }`,R={labels:e("Issue","labels",20,{nodes:"name"}),assignedActors:e("Issue","assignedActors",10,{nodes:a}),blockedBy:e("Issue","blockedBy",20,{nodes:"...BlockerScalars"}),closedByPullRequestsReferences:e("Issue","closedByPullRequestsReferences",2,{args:"includeClosedPrs: true",nodes:"...ClosingPullRequest"}),linkedBranches:e("Issue","linkedBranches",5,{nodes:"ref { name repository { name owner { login } } }"}),timelineItems:e("Issue","timelineItems",100,{args:"itemTypes: [ASSIGNED_EVENT, LABELED_EVENT, BLOCKED_BY_ADDED_EVENT, CROSS_REFERENCED_EVENT]",nodes:$}),issueFieldValues:e("Issue","issueFieldValues",100,{nodes:_}),comments:e("Issue","comments",100,{nodes:"id url viewerDidAuthor body author { __typename login }"}),subIssues:e("Issue","subIssues",100,{nodes:"...TaskFields"}),reviewRequests:e("PullRequest","reviewRequests",20,{nodes:f}),latestOpinionatedReviews:e("PullRequest","latestOpinionatedReviews",20,{args:"writersOnly: true",nodes:"author { login } state submittedAt url commit { oid }"}),contexts:e("PullRequest","contexts",20,{within:"statusCheckRollup",nodes:I,extra:"totalCount"}),commits:e("PullRequest","commits",50,{nodes:"commit { oid message committedDate }"})};function u(t,o){let{field:r,first:i,args:c,nodes:g,extra:p}=R[t],y=[o??`first: ${i}`,c].filter(E=>E!=="").join(", ");return`${r}(${y}) { ${p} nodes { ${g} } pageInfo { hasNextPage endCursor } }`}function C(t){return t.replaceAll(l,"")}var s=".github/parasol.yml",n=`object(expression: "HEAD:${s}") { __typename ... on Blob { text isBinary } }`,x=`query Config($owner: String!, $repo: String!) {
  rateLimit { cost }
  repository(owner: $owner, name: $repo) { ${n} defaultBranchRef { name } }
  ownerDefaults: repository(owner: $owner, name: ".github") { ${n} }
}`,m=`oid committedDate url file(path: "${s}") { object { __typename ... on Blob { text isBinary } } }`,b=`associatedPullRequests(first: 10) { nodes { mergedAt baseRefName mergeCommit { ${m} } } }`,L=`query ConfigHistory($owner: String!, $repo: String!) {
  rateLimit { cost }
  repository(owner: $owner, name: $repo) {
    defaultBranchRef {
      name
      target { ... on Commit { history(first: 20, path: "${s}") { nodes { ${m} ${b} } } } }
    }
  }
}`,w=`oid file(path: "${s}") { oid object { __typename ... on Blob { text isBinary } } }`,d="nodes { path } pageInfo { hasNextPage endCursor }",A=`query ConfigChange($owner: String!, $repo: String!, $number: Int!) {
  rateLimit { cost }
  repository(owner: $owner, name: $repo) {
    ${n}
    pullRequest(number: $number) {
      url state headRefOid author { __typename login }
      baseRef { target { ... on Commit { oid file(path: "${s}") { oid } } } }
      commits(last: 1) { nodes { commit { ${w} } } }
      files(first: 100) { ${d} }
      ${u("comments")}
    }
  }
  ownerDefaults: repository(owner: $owner, name: ".github") { ${n} }
}`,N=`query ChangedFiles($owner: String!, $repo: String!, $number: Int!, $after: String) {
  rateLimit { cost }
  repository(owner: $owner, name: $repo) {
    pullRequest(number: $number) { files(first: 100, after: $after) { ${d} } }
  }
}`;export{f as a,R as b,u as c,C as d,n as e,x as f,L as g};
