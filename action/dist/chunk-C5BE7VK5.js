import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
import{g}from"./chunk-MTUTF4D5.js";import{a as P}from"./chunk-YQZQGOPQ.js";import{a as S,b}from"./chunk-M5EXTAAZ.js";import{E as C,M as I,a as f,c as h,g as l,h as p,k as c,r as y}from"./chunk-Y5TYVERQ.js";import{D as w,I as R,t as m}from"./chunk-EZVGV4BS.js";var _=R("comments","first: 100, after: $after"),E=`query Comments($owner: String!, $repo: String!, $number: Int!, $after: String) {
  rateLimit { cost }
  repository(owner: $owner, name: $repo) {
    issueOrPullRequest(number: $number) { __typename ... on Issue { ${_} } ... on PullRequest { ${_} } }
  }
}`;async function A(t,e,r,o=null){let n=`read the comments of ${l(e)}`,i={owner:e.owner,repo:e.repo,number:e.number,after:o},s=await t.graphql(E,i,{tried:n});S(s,n);let u=b(s.data.repository?.issueOrPullRequest?.comments,n),a=x(u.nodes??[],r);return u.pageInfo?.hasNextPage?[...a,...await A(t,e,r,u.pageInfo.endCursor)]:a}function x(t,e){return t.filter(r=>r!==null).filter(({viewerDidAuthor:r,body:o})=>r&&k(o,e)).map(r=>({id:D(r),nodeId:r.id,url:r.url,body:r.body}))}function k(t,e){let r=c(e)?.kind;return r!==void 0&&c(t)?.kind===r&&q(t).startsWith(q(e))}var q=t=>t.slice(t.indexOf("-->")+3),D=({url:t})=>Number(/#issuecomment-(\d+)$/.exec(t)?.[1]);var z=y(`query PullRequestSweep($owner: String!, $repo: String!, $first: Int!, $after: String) {
  rateLimit { cost }
  repository(owner: $owner, name: $repo) {
    pullRequests(first: $first, after: $after, orderBy: { field: UPDATED_AT, direction: DESC }) {
      nodes { ...PullRequestScalars ...PullRequestHistory }
      pageInfo { hasNextPage endCursor }
    }
  }
}`),J=y(`query PullRequests($ids: [ID!]!) {
  rateLimit { cost }
  nodes(ids: $ids) { __typename ...PullRequestScalars ...PullRequestDetails ...PullRequestHistory }
}`),O="nodes { path changeType } pageInfo { hasNextPage endCursor }",V=`query ChangedPaths($ids: [ID!]!) {
  rateLimit { cost }
  nodes(ids: $ids) { __typename ... on PullRequest { id files(first: 100) { ${O} } } }
}`,X=`query FurtherPaths($id: ID!, $after: String) {
  rateLimit { cost }
  node(id: $id) { __typename ... on PullRequest { id files(first: 100, after: $after) { ${O} } } }
}`,Z=`query BaseCommits($owner: String!, $repo: String!, $since: GitTimestamp!, $after: String) {
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
}`,H=`query SearchIssues($text: String!) {
  rateLimit { cost }
  search(query: $text, type: ISSUE, first: 50) {
    nodes { __typename ... on Issue { id number title state url repository { name owner { login } } } }
  }
}`;async function N(t,e,{repository:r,ids:o}){let n=`${r.owner}/${r.repo}`,i=`repo:${n} is:issue in:title "${e.replaceAll('"',"")}"`,s=`search ${n} for ${e}`;return((await t.graphql(H,{text:i},{tried:s})).data.search.nodes??[]).filter(a=>{let d=a?.title===void 0?null:h(a,o);return d!==null&&f(d)===f(e)})}var T=t=>t.includes("://");async function fe(t,e,r){let{defaultRepository:o}=r,n=p(e,{defaultRepository:o,ids:[]});if(n!==null&&"number"in n)return M(t,n,e);if(o===null)throw $(e,"Name it as owner/repo#12, or say which repository with --repo.");let i=r.patterns??await G(t,o),s=p(e,{defaultRepository:o,ids:i});if(s===null||!("plannedId"in s))throw $(e,`Use #12, owner/repo#12, the issue's address, or a planned id like ${i[0]??"P1.M2.T3"}.`);return L(t,s.plannedId,{repository:o,ids:i})}async function G(t,e){return P(await I(t,e)).config.tasks.ids}async function M(t,e,r){let{owner:o,repo:n,number:i}=e,{data:s}=await t.rest.issues.get({owner:o,repo:n,issue_number:i}).catch(d=>{throw w(d,`read ${l(e)}`)});if(U(r,[g(s.html_url),t.origin]),s.pull_request!==void 0)throw new m("not_found",`${l(e)} is a pull request, not a task.`,"Name the issue that it belongs to.");let[u=o,a=n]=s.repository_url.split("/").slice(-2);return{owner:u,repo:a,number:s.number}}function U(t,e){if(!(!T(t)||e.includes(g(t.trim()))))throw $(t,`It is an address of another host than ${e[0]}, which is the GitHub that is asked.`)}async function L(t,e,r){let o=(await N(t,e,r)).map(C),[n,...i]=o,{owner:s,repo:u}=r.repository;if(n===void 0)throw new m("not_found",`No issue of ${s}/${u} has the planned id ${e} in its title, or you may not see it.`,"Check the spelling, or name the issue by number; GitHub finds a new title only after some seconds.");if(i.length>0){let a=o.map(d=>l(d)).join(", ");throw new m("usage",`${e} fits several issues: ${a}.`,"Name one of them by its number.")}return n}function $(t,e){return new m("usage",`"${t}" does not name an issue.`,e)}export{z as a,J as b,Z as c,A as d,x as e,T as f,fe as g};
