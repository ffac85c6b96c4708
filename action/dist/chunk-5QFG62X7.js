import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
import{a as h}from"./chunk-X523AACE.js";import{K as y,V as w,h as m,ia as S,j as $,o as f,p,v as c}from"./chunk-4QJAGZ64.js";import{F as R,L as P,u as l}from"./chunk-WNKVST65.js";var D=y(`query PullRequestSweep($owner: String!, $repo: String!, $first: Int!, $after: String) {
  rateLimit { cost }
  repository(owner: $owner, name: $repo) {
    pullRequests(first: $first, after: $after, orderBy: { field: UPDATED_AT, direction: DESC }) {
      nodes { ...PullRequestScalars ...PullRequestHistory }
      pageInfo { hasNextPage endCursor }
    }
  }
}`),N=y(`query PullRequests($ids: [ID!]!) {
  rateLimit { cost }
  nodes(ids: $ids) { __typename ...PullRequestScalars ...PullRequestDetails ...PullRequestHistory }
}`),_="nodes { path changeType } pageInfo { hasNextPage endCursor }",T=`query ChangedPaths($ids: [ID!]!) {
  rateLimit { cost }
  nodes(ids: $ids) { __typename ... on PullRequest { id files(first: 100) { ${_} } } }
}`,x=`query FurtherPaths($id: ID!, $after: String) {
  rateLimit { cost }
  node(id: $id) { __typename ... on PullRequest { id files(first: 100, after: $after) { ${_} } } }
}`,U=`query BaseCommits($owner: String!, $repo: String!, $since: GitTimestamp!, $after: String) {
  rateLimit { cost }
  repository(owner: $owner, name: $repo) {
    defaultBranchRef {
      target {
        __typename
        ... on Commit {
          history(first: 100, since: $since, after: $after) {
            totalCount
            nodes { oid message committedDate }
            pageInfo { hasNextPage endCursor }
          }
        }
      }
    }
  }
}`,C=`query SearchIssues($text: String!) {
  rateLimit { cost }
  search(query: $text, type: ISSUE, first: 50) {
    nodes { __typename ... on Issue { id number title state url repository { name owner { login } } } }
  }
}`;async function I(t,e,{repository:n,ids:r}){let s=`${n.owner}/${n.repo}`,i=`repo:${s} is:issue in:title "${e.replaceAll('"',"")}"`,o=`search ${s} for ${e}`;return((await t.graphql(C,{text:i},{tried:o})).data.search.nodes??[]).filter(a=>{let u=a?.title===void 0?null:$(a,r);return u!==null&&m(u)===m(e)})}var b=t=>t.includes("://");async function J(t,e,n){let{defaultRepository:r}=n,s=p(e,{defaultRepository:r,ids:[]});if(s!==null&&"number"in s)return H(t,s,e);if(r===null)throw g(e,"Name it as owner/repo#12, or say which repository with --repo.");let i=n.patterns??await q(t,r),o=p(e,{defaultRepository:r,ids:i});if(o===null||!("plannedId"in o))throw g(e,`Use #12, owner/repo#12, the issue's address, or a planned id like ${i[0]??"P1.M2.T3"}.`);return O(t,o.plannedId,{repository:r,ids:i})}async function q(t,e){return h(await S(t,e)).config.tasks.ids}async function H(t,e,n){let{owner:r,repo:s,number:i}=e,{data:o}=await t.rest.issues.get({owner:r,repo:s,issue_number:i}).catch(u=>{throw R(u,`read ${f(e)}`)});if(L(n,[c(o.html_url),t.origin]),o.pull_request!==void 0)throw new l("not_found",`${f(e)} is a pull request, not a task.`,"Name the issue that it belongs to.");let[d=r,a=s]=o.repository_url.split("/").slice(-2);return{owner:d,repo:a,number:o.number}}function L(t,e){if(!(!b(t)||e.includes(c(t.trim()))))throw g(t,`It is an address of another host than ${e[0]}, which is the GitHub that is asked.`)}async function O(t,e,n){let r=(await I(t,e,n)).map(w),[s,...i]=r,{owner:o,repo:d}=n.repository;if(s===void 0)throw new l("not_found",`No issue of ${o}/${d} has the planned id ${e} in its title, or you may not see it.`,"Check the spelling, or name the issue by number; GitHub finds a new title only after some seconds.");if(i.length>0){let a=r.map(u=>f(u)).join(", ");throw new l("usage",`${e} fits several issues: ${a}.`,"Name one of them by its number.")}return s}function g(t,e){return new l("usage",`"${t}" does not name an issue.`,e)}var E=P("comments","first: 100, after: $after"),Z=`query Comments($owner: String!, $repo: String!, $number: Int!, $after: String) {
  rateLimit { cost }
  repository(owner: $owner, name: $repo) {
    issueOrPullRequest(number: $number) { __typename ... on Issue { ${E} } ... on PullRequest { ${E} } }
  }
}`,ee=`query LastComments($ids: [ID!]!) {
  rateLimit { cost }
  nodes(ids: $ids) { __typename ... on Issue { id ...Last } ... on PullRequest { id ...LastOfPull } }
}
fragment Last on Issue { comments(last: 100) { nodes { ...Words } pageInfo { hasPreviousPage } } }
fragment LastOfPull on PullRequest { comments(last: 100) { nodes { ...Words } pageInfo { hasPreviousPage } } }
fragment Words on IssueComment { url body createdAt author { __typename login } }`;export{D as a,N as b,U as c,b as d,J as e,Z as f,ee as g};
