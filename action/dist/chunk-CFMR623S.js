import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
import{b as h,c as $}from"./chunk-XVDXIJZ7.js";import{a as R,b}from"./chunk-64BJUBUB.js";import{T as g,j as p}from"./chunk-IMR7XDZP.js";import{D as f,E as c}from"./chunk-EHYMI5GJ.js";var w=`query OpenPullRequests($owner: String!, $repo: String!, $after: String) {
  rateLimit { cost }
  repository(owner: $owner, name: $repo) {
    defaultBranchRef { name }
    pullRequests(first: 50, after: $after, states: [OPEN], orderBy: { field: CREATED_AT, direction: ASC }) {
      nodes {
        id number title url headRefOid headRefName isCrossRepository baseRefName isDraft createdAt updatedAt additions deletions changedFiles
        author { __typename login }
        labels(first: 100) { nodes { name } }
        commits(first: 100) { nodes { commit { oid } } pageInfo { hasNextPage endCursor } }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
}`,U=`query BranchNames($owner: String!, $repo: String!, $branch: String!) {
  rateLimit { cost }
  repository(owner: $owner, name: $repo) {
    ref(qualifiedName: $branch) { name }
    refs(refPrefix: "refs/heads/", first: 100) { nodes { name } }
  }
}`,P="number state repository { name owner { login } }",A=`${P} blockedBy(first: 20) { nodes { ${P} } pageInfo { hasNextPage endCursor } }`,v=`query MergeStandings($owner: String!, $repo: String!, $ids: [ID!]!) {
  rateLimit { cost }
  repository(owner: $owner, name: $repo) {
    viewerDefaultMergeMethod mergeCommitAllowed squashMergeAllowed rebaseMergeAllowed
  }
  nodes(ids: $ids) {
    __typename
    ... on PullRequest {
      id reviewDecision mergeable body url
      repository { name owner { login } }
      commits(first: 100) { nodes { commit { message } } pageInfo { hasNextPage endCursor } }
      timelineItems(last: 1, itemTypes: [READY_FOR_REVIEW_EVENT]) {
        nodes { __typename ... on ReadyForReviewEvent { createdAt } }
      }
      statusCheckRollup {
        contexts(first: 100) {
          nodes { __typename ... on CheckRun { name conclusion } ... on StatusContext { context state } }
          pageInfo { hasNextPage endCursor }
        }
      }
      closingIssuesReferences(first: 5) {
        nodes { ${A} }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
}`;function F(r){let e=Array.from({length:r},(n,a)=>a),t=e.map(n=>`$owner${n}: String!, $repo${n}: String!, $number${n}: Int!`).join(", "),o=e.map(n=>`item${n}: repository(owner: $owner${n}, name: $repo${n}) { issueOrPullRequest(number: $number${n}) { __typename ... on Issue { ${A} } } }`);return`query TaskBlockers(${t}) {
  rateLimit { cost }
  ${o.join(`
  `)}
}`}async function z(r,{owner:e,repo:t},o=()=>{}){let n=`read the open pull requests of ${e}/${t}`,a=[];for(let d=null;;){let s=await L(r,{owner:e,repo:t,after:d},n);if(s.data.repository===null)throw $({owner:e,repo:t},s.problems,h);let i=b(s.data.repository?.pullRequests,n),m=s.data.repository?.defaultBranchRef?.name,u=(i.nodes??[]).filter(l=>l!==null);if(a.push(...u.map(l=>k({owner:e,repo:t},l,m))),o(a.length),i.pageInfo?.hasNextPage!==!0)return a;d=i.pageInfo.endCursor}}async function L(r,e,t){let o=await r.graphql(w,{...e},{tried:t});return R(o,t),o}function k({owner:r,repo:e},t,o){let{id:n,headRefOid:a,headRefName:d,isCrossRepository:s,baseRefName:i,...m}=t,{author:u,labels:l,commits:q,createdAt:S,number:_,...C}=m,y={owner:r,repo:e,number:_},{title:I,url:E,isDraft:x,updatedAt:O,additions:M,deletions:B,changedFiles:T}=C;return{ref:y,nodeId:n,title:I,url:E,headSha:a,base:i,isDefaultBase:i===o,branch:s?null:d,author:u?.login??null,isBot:u?.__typename==="Bot",isDraft:x,openedAt:S,updatedAt:O,labels:N(l).map(({name:D})=>D),additions:M,deletions:B,changedFiles:T,commits:G(q,y)}}function G(r,e){return r==null||r.pageInfo?.hasNextPage===!0?c(g(`commits of ${p(e)}`)):f(N(r).map(({commit:t})=>t.oid))}var N=r=>(r?.nodes??[]).filter(e=>e!==null);export{U as a,v as b,F as c,z as d};
