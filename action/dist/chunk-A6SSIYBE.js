import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
import{b as R,c as h}from"./chunk-XVDXIJZ7.js";import{a as g,b as c}from"./chunk-64BJUBUB.js";import{R as f,j as y}from"./chunk-DMNVQTLU.js";import{D as m,E as p}from"./chunk-EHYMI5GJ.js";var P=`query OpenPullRequests($owner: String!, $repo: String!, $after: String) {
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
}`,b="number state repository { name owner { login } }",U=`query MergeStandings($owner: String!, $repo: String!, $ids: [ID!]!) {
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
}`;async function Y(n,{owner:e,repo:t},r=()=>{}){let l=`read the open pull requests of ${e}/${t}`,a=[];for(let d=null;;){let s=await D(n,{owner:e,repo:t,after:d},l);if(s.data.repository===null)throw h({owner:e,repo:t},s.problems,R);let i=c(s.data.repository?.pullRequests,l);if(a.push(...(i.nodes??[]).filter(o=>o!==null).map(o=>L({owner:e,repo:t},o))),r(a.length),i.pageInfo?.hasNextPage!==!0)return a;d=i.pageInfo.endCursor}}async function D(n,e,t){let r=await n.graphql(P,{...e},{tried:t});return g(r,t),r}function L({owner:n,repo:e},t){let{id:r,headRefOid:l,headRefName:a,isCrossRepository:d,baseRefName:s,...i}=t,{author:o,labels:A,commits:q,createdAt:C,number:w,...S}=i,u={owner:n,repo:e,number:w},{title:_,url:E,isDraft:$,updatedAt:I,additions:x,deletions:O,changedFiles:M}=S;return{ref:u,nodeId:r,title:_,url:E,headSha:l,base:s,branch:d?null:a,author:o?.login??null,isBot:o?.__typename==="Bot",isDraft:$,openedAt:C,updatedAt:I,labels:N(A).map(({name:T})=>T),additions:x,deletions:O,changedFiles:M,commits:G(q,u)}}function G(n,e){return n==null||n.pageInfo?.hasNextPage===!0?p(f(`commits of ${y(e)}`)):m(N(n).map(({commit:t})=>t.oid))}var N=n=>(n?.nodes??[]).filter(e=>e!==null);export{B as a,U as b,Y as c};
