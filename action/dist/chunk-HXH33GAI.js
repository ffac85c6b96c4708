import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
import{a as R}from"./chunk-CDIBD4MQ.js";import{a as g,b as c}from"./chunk-O5YXEKMM.js";import{K as f,o as y}from"./chunk-XP3F2E4M.js";import{N as m,O as p}from"./chunk-WNKVST65.js";var h=`query OpenPullRequests($owner: String!, $repo: String!, $after: String) {
  rateLimit { cost }
  repository(owner: $owner, name: $repo) {
    pullRequests(first: 50, after: $after, states: [OPEN], orderBy: { field: CREATED_AT, direction: ASC }) {
      nodes {
        id number title url headRefOid baseRefName isDraft createdAt updatedAt additions deletions changedFiles
        author { __typename login }
        labels(first: 100) { nodes { name } }
        commits(first: 100) { nodes { commit { oid } } pageInfo { hasNextPage endCursor } }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
}`,b="number state repository { name owner { login } }",D=`query MergeStandings($owner: String!, $repo: String!, $ids: [ID!]!) {
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
}`;async function U(n,{owner:e,repo:t},o=()=>{}){let i=`read the open pull requests of ${e}/${t}`,r=[];for(let a=null;;){let d=await O(n,{owner:e,repo:t,after:a},i);if(d.data.repository===null)throw R({owner:e,repo:t});let s=c(d.data.repository?.pullRequests,i);if(r.push(...(s.nodes??[]).filter(l=>l!==null).map(l=>x({owner:e,repo:t},l))),o(r.length),s.pageInfo?.hasNextPage!==!0)return r;a=s.pageInfo.endCursor}}async function O(n,e,t){let o=await n.graphql(h,{...e},{tried:t});return g(o,t),o}function x({owner:n,repo:e},t){let{id:o,headRefOid:i,baseRefName:r,author:a,labels:d,commits:s,createdAt:l,number:A,..._}=t,u={owner:n,repo:e,number:A},{title:C,url:I,isDraft:q,updatedAt:w,additions:N,deletions:E,changedFiles:S}=_;return{ref:u,nodeId:o,title:C,url:I,headSha:i,base:r,author:a?.login??null,isBot:a?.__typename==="Bot",isDraft:q,openedAt:l,updatedAt:w,labels:P(d).map(({name:$})=>$),additions:N,deletions:E,changedFiles:S,commits:M(s,u)}}function M(n,e){return n==null||n.pageInfo?.hasNextPage===!0?p(f(`commits of ${y(e)}`)):m(P(n).map(({commit:t})=>t.oid))}var P=n=>(n?.nodes??[]).filter(e=>e!==null);export{D as a,U as b};
