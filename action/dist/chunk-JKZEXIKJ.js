import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
import{k as d}from"./chunk-MTUTF4D5.js";import{e as c,r as i}from"./chunk-Y5TYVERQ.js";import{I as r,t as l}from"./chunk-EZVGV4BS.js";var I=i(`query Tasks($ids: [ID!]!) {
  rateLimit { cost }
  nodes(ids: $ids) { __typename ...TaskFields }
}`),S=`query ChildIds($ids: [ID!]!) {
  rateLimit { cost }
  nodes(ids: $ids) {
    __typename
    ... on Issue { id subIssues(first: 100) { nodes { id } pageInfo { hasNextPage endCursor } } }
  }
}`,w=`query BlockerAssignees($ids: [ID!]!) {
  rateLimit { cost }
  nodes(ids: $ids) { __typename ... on Issue { id ${r("assignedActors")} } }
}`,x=`query IssueFields($ids: [ID!]!) {
  rateLimit { cost }
  nodes(ids: $ids) { __typename ... on Issue { id ${r("issueFieldValues")} } }
}`,_=i(`query RepositoryTasks($owner: String!, $repo: String!, $first: Int!, $after: String) {
  rateLimit { cost }
  repository(owner: $owner, name: $repo) {
    issues(first: $first, after: $after, orderBy: { field: CREATED_AT, direction: ASC }) {
      totalCount
      nodes { ...TaskFields }
      pageInfo { hasNextPage endCursor }
    }
  }
}`,"scalars"),u="fragment Place on Issue { id number repository { name owner { login } } }",R=`query UmbrellasAbove($ids: [ID!]!) {
  rateLimit { cost }
  nodes(ids: $ids) {
    __typename
    ... on Issue {
      ...Ancestors
      blocking(first: 50) { nodes { ...Ancestors } pageInfo { hasNextPage endCursor } }
    }
  }
}
fragment Ancestors on Issue {
  ...Place subIssuesSummary { total }
  parent { ...Place parent { ...Place parent { ...Place parent { ...Place parent { ...Place
    parent { ...Place parent { ...Place parent { ...Place } } } } } } } }
}
${u}`,C=`query UmbrellasNear($ids: [ID!]!) {
  rateLimit { cost }
  nodes(ids: $ids) {
    __typename
    ... on Issue { ...Place body subIssuesSummary { total } parent { ...Place body parent { ...Place } } }
  }
}
${u}`,A=i(`query IssueHistory($owner: String!, $repo: String!, $first: Int!, $after: String) {
  rateLimit { cost }
  repository(owner: $owner, name: $repo) {
    issues(first: $first, after: $after, orderBy: { field: CREATED_AT, direction: ASC }) {
      totalCount
      nodes {
        ...IssueWords
        ${r("labels")}
        ${r("blockedBy")}
      }
      pageInfo { hasNextPage endCursor }
    }
  }
}`);var D=100,k=(e,t)=>`batch/${c(e)}/${e.number}/${t}`;function b(e,t){let n=d(e),o=k(t,0).slice(0,-1),s=n?.startsWith(o)?Number(n.slice(o.length)):Number.NaN;return Number.isInteger(s)&&s>1?s:null}var O=({body:e,parent:t,childrenTotal:n})=>t!==null&&n>0&&b(e,t)!==null;var H=8;async function G({store:e,github:t}){if(e!==void 0)return{...await e(),origin:t.origin};throw new l("store_unavailable","There is no store here, and plans and claims are kept in one.","Run it with the command line, or set DATABASE_URL where Parasol runs.")}var M=({isTimeGiven:e,now:t})=>e===!0?t():null;var p="(?:issue|epic|task|umbrella|ticket|story|feature)",f=`(?:parent(?:[ -]${p})?|epic|umbrella(?: ${p})?)`,m="(?:child(?:ren|[ -](?:issues|tasks|tickets))|sub[ -]?(?:issues|tasks)|phases)",y="(?:blocked[ -](?:by|on)|depends on|dependencies|prerequisites)",a="[ \\t]*(?::|=|\u2192|[ \\t][-\u2013\u2014]+>?[ \\t])[ \\t]*",g=[["parent",new RegExp(`^${f}${a}`,"i")],["parent",/^(?:this(?: (?:issue|task))? is )?an? ?(?:child|sub-?(?:task|issue)) of:?[ \t]+/i],["parent",/^(?:child|sub-?(?:task|issue)) of:?[ \t]+/i],["part_of",/^(?:(?:this(?: (?:issue|task))? )?is )?part of:?[ \t]+/i],["blocked_by",new RegExp(`^(?:(?:this(?: (?:issue|task))? )?is )?${y}(?:${a}|[ \\t]+)`,"i")],["children",new RegExp(`^${m}${a}`,"i")]],h=[["parent",new RegExp(`^${f}$`,"i")],["blocked_by",new RegExp(`^${y}$`,"i")],["children",new RegExp(`^${m}$`,"i")]],$=80;function W(e){let t=e.slice(0,$);for(let[n,o]of g){let[s]=o.exec(t)??[];if(s!==void 0)return{kind:n,length:s.length}}return null}function Y(e){if(e.length>$)return null;let t=e.replace(/^[^\p{L}]+/u,"").replace(/[\s:]*(?:[([][^()[\]]*[)\]])?[\s:]*$/,"");return h.find(([,n])=>n.test(t))?.[0]??null}export{I as a,S as b,w as c,x as d,A as e,D as f,O as g,H as h,W as i,Y as j,G as k,M as l};
