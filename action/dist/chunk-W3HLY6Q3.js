import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
import{c}from"./chunk-SROSIPN2.js";import{F as o,k as a}from"./chunk-KQ22AFY5.js";import{c as t}from"./chunk-RSZWAUZP.js";var I=100,u=(e,s)=>`batch/${a(e)}/${e.number}/${s}`;function l(e,s){let r=c(e),i=u(s,0).slice(0,-1),n=r?.startsWith(i)?Number(r.slice(i.length)):Number.NaN;return Number.isInteger(n)&&n>1?n:null}var y=({body:e,parent:s,childrenTotal:r})=>s!==null&&r>0&&l(e,s)!==null;var b=o(`query Tasks($ids: [ID!]!) {
  rateLimit { cost }
  nodes(ids: $ids) { __typename ...TaskFields }
}`),g=`query ChildIds($ids: [ID!]!) {
  rateLimit { cost }
  nodes(ids: $ids) {
    __typename
    ... on Issue { id subIssues(first: 100) { nodes { id } pageInfo { hasNextPage endCursor } } }
  }
}`,_=`query OutsideBlockers($ids: [ID!]!) {
  rateLimit { cost }
  nodes(ids: $ids) {
    __typename
    ... on Issue {
      id
      ${t("assignedActors")}
      blockedBy(first: 20) { nodes { number state repository { name owner { login } } } }
    }
  }
}`,P=`query IssueFields($ids: [ID!]!) {
  rateLimit { cost }
  nodes(ids: $ids) { __typename ... on Issue { id ${t("issueFieldValues")} } }
}`,A=o(`query RepositoryTasks($owner: String!, $repo: String!, $first: Int!, $after: String) {
  rateLimit { cost }
  repository(owner: $owner, name: $repo) {
    issues(first: $first, after: $after, orderBy: { field: CREATED_AT, direction: ASC }) {
      totalCount
      nodes { ...TaskFields }
      pageInfo { hasNextPage endCursor }
    }
  }
}`,"scalars"),d="fragment Place on Issue { id number repository { name owner { login } } }",E=`query UmbrellasAbove($ids: [ID!]!) {
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
${d}`,x=`query UmbrellasNear($ids: [ID!]!) {
  rateLimit { cost }
  nodes(ids: $ids) {
    __typename
    ... on Issue { ...Place body subIssuesSummary { total } parent { ...Place body parent { ...Place } } }
  }
}
${d}`,L=o(`query IssueHistory($owner: String!, $repo: String!, $first: Int!, $after: String) {
  rateLimit { cost }
  repository(owner: $owner, name: $repo) {
    issues(first: $first, after: $after, orderBy: { field: CREATED_AT, direction: ASC }) {
      totalCount
      nodes {
        ...IssueWords
        ${t("labels")}
        ${t("blockedBy")}
      }
      pageInfo { hasNextPage endCursor }
    }
  }
}`);export{I as a,y as b,b as c,g as d,_ as e,P as f,A as g,L as h};
