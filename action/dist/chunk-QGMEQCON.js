import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
import{a as R}from"./chunk-OK2K6COW.js";import{a as g,b as c}from"./chunk-IV456XFF.js";import{Q as p,j as y}from"./chunk-TRPS75D3.js";import{C as m,D as f}from"./chunk-ZDKQFYMU.js";var h=`query OpenPullRequests($owner: String!, $repo: String!, $after: String) {
  rateLimit { cost }
  repository(owner: $owner, name: $repo) {
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
}`,B=`query BranchNames($owner: String!, $repo: String!, $branch: String!) {
  rateLimit { cost }
  repository(owner: $owner, name: $repo) {
    ref(qualifiedName: $branch) { name }
    refs(refPrefix: "refs/heads/", first: 100) { nodes { name } }
  }
}`,b="number state repository { name owner { login } }",k=`query MergeStandings($owner: String!, $repo: String!, $ids: [ID!]!) {
  rateLimit { cost }
  repository(owner: $owner, name: $repo) {
    viewerDefaultMergeMethod mergeCommitAllowed squashMergeAllowed rebaseMergeAllowed
  }
  nodes(ids: $ids) {
    __typename
    ... on PullRequest {
      id reviewDecision mergeable
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
        nodes {
          ${b}
          blockedBy(first: 20) { nodes { ${b} } pageInfo { hasNextPage endCursor } }
        }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
}`;async function W(n,{owner:e,repo:t},r=()=>{}){let i=`read the open pull requests of ${e}/${t}`,a=[];for(let l=null;;){let d=await D(n,{owner:e,repo:t,after:l},i);if(d.data.repository===null)throw R({owner:e,repo:t});let s=c(d.data.repository?.pullRequests,i);if(a.push(...(s.nodes??[]).filter(o=>o!==null).map(o=>T({owner:e,repo:t},o))),r(a.length),s.pageInfo?.hasNextPage!==!0)return a;l=s.pageInfo.endCursor}}async function D(n,e,t){let r=await n.graphql(h,{...e},{tried:t});return g(r,t),r}function T({owner:n,repo:e},t){let{id:r,headRefOid:i,headRefName:a,isCrossRepository:l,baseRefName:d,...s}=t,{author:o,labels:N,commits:A,createdAt:C,number:w,...S}=s,u={owner:n,repo:e,number:w},{title:_,url:$,isDraft:q,updatedAt:I,additions:E,deletions:x,changedFiles:O}=S;return{ref:u,nodeId:r,title:_,url:$,headSha:i,base:d,branch:l?null:a,author:o?.login??null,isBot:o?.__typename==="Bot",isDraft:q,openedAt:C,updatedAt:I,labels:P(N).map(({name:M})=>M),additions:E,deletions:x,changedFiles:O,commits:L(A,u)}}function L(n,e){return n==null||n.pageInfo?.hasNextPage===!0?f(p(`commits of ${y(e)}`)):m(P(n).map(({commit:t})=>t.oid))}var P=n=>(n?.nodes??[]).filter(e=>e!==null);export{B as a,k as b,W as c};
